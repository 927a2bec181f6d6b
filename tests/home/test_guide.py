"""The editors' guide: whole in every language, linked without a gap, read by staff alone."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from core.typography import typeset
from home.guide.pages import CONTENTS, GUIDE, languages, names
from home.guide.screens import PAGES, page_for
from home.roles import REVIEWERS, grant_roles
from tests.browser.staff import PASSWORD, account
from tests.factories import bilingual_site

LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
ROLES = ("editor", "publisher", "translator", "moderator", "reviewer", "organiser", "admin")
LARGEST = 150_000  # bytes of a picture: staff read the guide on trains, too

pytestmark = pytest.mark.django_db


def everything() -> list[Path]:
    return [path for code in languages() for path in sorted((GUIDE / code).glob("*.md"))]


def signed_in(client: Client, *groups: str) -> Client:
    user = account("guided", *groups)
    assert client.login(username=user.username, password=PASSWORD)
    return client


@pytest.fixture
def staff(client: Client) -> Client:
    bilingual_site()
    grant_roles()
    return signed_in(client, REVIEWERS)


def test_each_page_stands_in_each_language_with_the_same_steps_and_pictures() -> None:
    assert languages() == ["en", "fr"]
    assert names("en") == names("fr")
    for name in names("en"):
        shapes = []
        for code in languages():
            text = (GUIDE / code / f"{name}.md").read_text(encoding="utf-8")
            steps = len(re.findall(r"^\d+\. ", text, re.MULTILINE))
            pictures = [target for _alternative, target in PICTURE.findall(text)]
            shapes.append((steps, text.count("\n## "), text.count("\n- "), pictures))
        assert shapes[0] == shapes[1], name
        assert 2 < shapes[0][0] < 10, f"{name}: short numbered steps"


def test_each_page_stands_once_in_the_contents() -> None:
    for code in languages():
        text = (GUIDE / code / f"{CONTENTS}.md").read_text(encoding="utf-8")
        tasks = re.findall(r"^- \[[^\]]+\]\(([a-z-]+)\.md\)$", text, re.MULTILINE)
        assert sorted(tasks) == names(code)


def test_the_contents_say_who_does_which_task() -> None:
    for code in languages():
        text = (GUIDE / code / f"{CONTENTS}.md").read_text(encoding="utf-8")
        rows = [line for line in text.splitlines() if line.startswith("| ")]
        assert len(rows) == len(ROLES) + 1  # and their head
        named = {one.removesuffix(".md") for row in rows for one in LINK.findall(row)}
        assert named == set(names(code)), code


@pytest.mark.parametrize("page", everything(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_its_links_lead_to_pages_and_its_pictures_are_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in LINK.findall(text):
        assert target.startswith("https://") or (page.parent / target).is_file(), target
    for alternative, target in PICTURE.findall(text):
        assert alternative
        path = page.parent / target
        assert path.read_bytes().startswith(b"\x89PNG"), target
        assert path.stat().st_size < LARGEST, target


def test_no_picture_is_left_over() -> None:
    for code in languages():
        shown = {
            Path(target).name
            for path in (GUIDE / code).glob("*.md")
            for _alternative, target in PICTURE.findall(path.read_text(encoding="utf-8"))
        }
        assert shown == {path.name for path in (GUIDE / code / "pictures").glob("*.png")}


@pytest.mark.parametrize("page", sorted((GUIDE / "fr").glob("*.md")), ids=lambda path: path.stem)
def test_french_is_spaced_as_french_is(page: Path) -> None:
    text = re.sub(
        r"`[^`]*`|\]\([^)]*\)",
        "x",
        page.read_text(encoding="utf-8"),
    )
    assert text == typeset(text, "fr")
    assert "'" not in text


def view_names() -> set[str]:
    """All names of views with their namespaces, and the namespaces themselves."""
    found: set[str] = set()

    def walk(patterns: list[URLPattern | URLResolver], before: str) -> None:
        for one in patterns:
            if isinstance(one, URLResolver):
                inner = f"{before}{one.namespace}:" if one.namespace else before
                found.add(inner.rstrip(":"))
                walk(one.url_patterns, inner)
            else:
                found.add(before + (one.name or one.lookup_str))

    walk(get_resolver().url_patterns, "")
    return found


def test_each_screen_that_has_a_page_is_a_screen_and_has_the_page() -> None:
    assert set(PAGES) <= view_names()
    assert set(PAGES.values()) <= set(names("en"))


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("/admin/pages/add/home/standardpage/2/", "write-a-theme-page"),
        ("/admin/pages/2/edit/", "write-a-theme-page"),
        ("/admin/workplace/", "follow-translations"),
        ("/admin/workplace/where/", "find-a-text"),
        ("/admin/pages/2/", "write-a-theme-page"),
        ("/admin/localize/submit/page/2/", "translate-a-page"),
        ("/admin/contributions/codes/add/", "code-contributions"),
        ("/admin/", "follow-the-consultation"),
    ],
)
def test_an_address_of_the_admin_finds_its_page(address: str, page: str) -> None:
    assert page_for(resolve(address)) == page


OURS = ("core.", "submissions.", "themes.", "home.", "search.")
# Their answers are files, redirections, or the guide itself.
NO_SCREEN = {
    *("contribution_export_again", "contribution_export_file", "contribution_file"),
    *("guide:index", "guide:page", "guide:picture", "signed_in", "staff_language"),
}


def test_each_screen_of_ours_in_the_admin_has_its_page() -> None:
    without: set[str] = set()

    def walk(patterns: list[URLPattern | URLResolver], before: str, namespace: str) -> None:
        for one in patterns:
            address = before + str(one.pattern)
            if isinstance(one, URLResolver):
                inner = f"{namespace}{one.namespace}:" if one.namespace else namespace
                walk(one.url_patterns, address, inner)
            elif address.startswith("admin/") and one.callback.__module__.startswith(OURS):
                name, space = namespace + (one.name or one.lookup_str), namespace.rstrip(":")
                if one.name and name not in PAGES and space not in PAGES:
                    without.add(name)

    walk(get_resolver().url_patterns, "", "")
    assert without == NO_SCREEN


def test_a_task_is_found_by_its_words_whatever_their_accents(staff: Client) -> None:
    answer = staff.get(reverse("guide:index"), {"q": "schedule PAGE"})
    assert answer.context["found"][0][1].name == "schedule-a-page"
    french = staff.get(reverse("guide:index"), {"q": "deja traduit", "language": "fr"})
    urls = [url for url, _one in french.context["found"]]
    assert f"{reverse('guide:page', args=['use-po-files'])}?language=fr" in urls
    assert (
        "1 page</strong>"
        in staff.get(reverse("guide:index"), {"q": "captions webvtt"}).content.decode()
    )
    table = staff.get(reverse("guide:index"), {"q": "editors submit publish none"})
    lines = {one.name: one.line for _url, one in table.context["found"]}
    assert lines["accounts-and-roles"].startswith("Editors | write pages")
    assert not lines["accounts-and-roles"].endswith("|")


@pytest.mark.parametrize("asked", ["zeppelin", "<b>", "\x00", "a" * 5000, "' ''", "%s"])
def test_what_is_not_in_the_guide_is_said_to_be_missing(staff: Client, asked: str) -> None:
    answer = staff.get(reverse("guide:index"), {"q": asked})
    assert answer.status_code == 200
    if asked != "' ''":
        assert "No page of the guide has all these words" in answer.content.decode()


def test_staff_of_any_role_read_every_page_in_their_language(staff: Client) -> None:
    for name in names("en"):
        for code in languages():
            answer = staff.get(f"{reverse('guide:page', args=[name])}?language={code}")
            assert answer.status_code == 200
            title = (GUIDE / code / f"{name}.md").read_text(encoding="utf-8").splitlines()[0]
            assert title.removeprefix("# ") in answer.content.decode()
    french = staff.get(reverse("guide:index"), headers={"accept-language": "fr"})
    assert "Guide, tâche par tâche" in french.content.decode()


def test_links_of_a_page_lead_within_the_admin_in_the_language_that_is_read(
    staff: Client,
) -> None:
    url = reverse("guide:page", args=["moderate-ideas"])
    picture = staff.get(url).context["page"].html
    assert 'src="/admin/guide/en/pictures/moderate-idea.png"' in picture
    french = staff.get(reverse("guide:index") + "?language=fr").context["page"].html
    assert f'href="{url}?language=fr"' in french


def test_a_picture_is_served_to_staff(staff: Client) -> None:
    answer = staff.get(reverse("guide:picture", args=["en", "moderate-idea"]))
    assert answer["Content-Type"] == "image/png"
    assert answer.getvalue().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "address",
    [
        "/admin/guide/nothing/",
        "/admin/guide/?language=de",
        "/admin/guide/?language=../..",
        "/admin/guide/en/pictures/nothing.png",
        "/admin/guide/de/pictures/moderate-idea.png",
    ],
)
def test_what_there_is_not_is_not_found(staff: Client, address: str) -> None:
    assert staff.get(address).status_code == 404


def test_who_is_not_of_the_staff_is_led_to_the_door(client: Client) -> None:
    bilingual_site()
    for address in ("/admin/guide/", "/admin/guide/en/pictures/moderate-idea.png"):
        assert client.get(address).headers["Location"].startswith("/admin/login/")


def test_the_help_menu_leads_to_the_guide_and_to_the_page_of_the_screen(staff: Client) -> None:
    home = staff.get("/admin/").content.decode()
    assert reverse("guide:index") in home
    assert reverse("guide:page", args=["follow-the-consultation"]) in home
    contributions = staff.get("/admin/contributions/").content.decode()
    assert reverse("guide:page", args=["read-contributions"]) in contributions
    assert "Editor Guide" not in contributions
