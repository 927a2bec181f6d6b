"""Wordings that administrators mend: what is taken, what is refused, what is read."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, ngettext, override

from core.models import InterfaceWording
from core.wordings.catalogue import Key, Message
from core.wordings.checks import faults
from core.wordings.files import Report, look, po_of
from core.wordings.files import take as take_as_seen
from core.wordings.overlay import bring_in_step
from core.wordings.services import MendedMeanwhileError, UnfitWordingError, mend, mendable

HOME: Key = ("", "Moderators")
COUNTED = "%(number)s report of a reader settled"


def change(by: User, language: str, key: Key, *words: str, **options: Any) -> None:
    mend(language, {key: list(words)}, by, **options)
    bring_in_step()  # as the commit does


def test_what_is_mended_is_read_and_can_be_had_back(administrator: User) -> None:
    with override("fr"):
        released = gettext("Moderators")
    change(administrator, "fr", HOME, "Les modérateurs")
    with override("fr"):
        assert gettext("Moderators") == "Les modérateurs"
    with override("en"):
        assert gettext("Moderators") == "Moderators"
    change(administrator, "fr", HOME, released)
    with override("fr"):
        assert gettext("Moderators") == released


def test_the_source_language_is_mended_too(administrator: User) -> None:
    change(administrator, "en", HOME, "Those who moderate")
    with override("en"):
        assert gettext("Moderators") == "Those who moderate"


def test_plural_forms(administrator: User) -> None:
    change(administrator, "fr", ("", COUNTED), "%(number)s clos", "%(number)s clos en tout")
    with override("fr"):
        said = [ngettext(COUNTED, "%(number)s reports of readers settled", n) for n in (0, 1, 2)]
    assert said == ["%(number)s clos", "%(number)s clos", "%(number)s clos en tout"]


@pytest.mark.parametrize(
    "words",
    [
        "Bonjour",  # its placeholder is missing
        "%(nom)s et %(name)s",
        "<bdi>%(name)s",
        "%(name)s",
        "<bdi>%(name)s</bdi> à 100 %",
        '<bdi>%(name)s</bdi> "ici"',
        "<b>%(name)s</b>",
        "</bdi>%(name)s<bdi>",
        "<bdi>%(name)s</bdi><script>alert(1)</script>",
        "",
        "<bdi>%(name)s</bdi>\x0b",
    ],
)
def test_what_would_break_a_page_is_refused(words: str) -> None:
    message = Message("", "From <bdi>%(name)s</bdi>", "", ("",))
    assert list(faults(message, [words], "fr"))
    assert not list(faults(message, ["Par <bdi>%(name)s</bdi>"], "fr"))


def test_addresses_and_consents_stay_as_they_are() -> None:
    known = mendable("fr")
    assert not [one for one in known.values() if one.context == "url"]
    assert not [one for one in known if one[1].startswith("Your votes and ideas are recorded")]


def test_two_who_mend_one_wording(administrator: User) -> None:
    change(administrator, "fr", HOME, "Les modérateurs")
    with pytest.raises(MendedMeanwhileError):
        change(administrator, "fr", HOME, "Modération", seen={HOME: ["Modérateurs"]})


def test_nothing_is_mended_when_one_is_unfit(administrator: User) -> None:
    with pytest.raises(UnfitWordingError):
        mend("fr", {HOME: ["Les modérateurs"], ("", COUNTED): ["%(x)s", "y"]}, administrator)
    assert not InterfaceWording.objects.exists()


def take(language: str, content: bytes, by: User) -> Report:
    """As somebody takes it who has just read what it would change."""
    return take_as_seen(language, content, by, look(language, content).token)


@pytest.mark.django_db
def test_a_file_goes_out_and_in_again(administrator: User) -> None:
    report = take("fr", po_of("fr").encode(), administrator)
    assert (report.changes, report.refused, report.left_out) == ([], [], [])
    assert report.same > 1000


def file(language: str, *entries: str) -> bytes:
    head = (
        f'msgid ""\nmsgstr "Language: {language}\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
    )
    return (head + "\n\n".join(entries) + "\n").encode()


GOOD = 'msgid "Moderators"\nmsgstr "Les modérateurs"'
BAD = f'msgid "{COUNTED}"\nmsgid_plural "x"\nmsgstr[0] "%(x)s"\nmsgstr[1] "y"'


CHARSET = file("fr", GOOD).replace(b"utf-8", b"latin-1").replace(b"UTF-8", b"latin-1")
FORMS = file("fr", GOOD).replace(b"\\nContent", b"\\nPlural-Forms: nplurals=3;\\nContent")
PLURAL = BAD.replace('"x"', '"%(number)s reports of readers settled"').replace("(x)", "(number)")
HTML = f'msgctxt ""\n{GOOD}'.replace("Les", "<script>alert(1)</script>Les")
OTHER_PLURAL = BAD.replace("%(x)s", "%(number)s").replace('"y"', '"%(number)s y"')


@pytest.mark.parametrize(
    ("content", "line"),
    [
        pytest.param(b"\xff\xfe", 1, id="not UTF-8"),
        pytest.param(b"no file at all", 0, id="no PO file"),
        pytest.param(b"/etc/hostname", 0, id="the name of a file"),
        pytest.param(b"", 0, id="empty"),
        pytest.param(GOOD.encode() + b"\n", 1, id="no header"),
        pytest.param(CHARSET, 1, id="another encoding"),
        pytest.param(file("de", GOOD), 1, id="another language"),
        pytest.param(file("", GOOD), 1, id="no language"),
        pytest.param(FORMS, 1, id="other plural forms"),
        pytest.param(file("fr", GOOD, 'msgid "open'), 7, id="a string that doesn't end"),
        pytest.param(file("fr", GOOD, PLURAL), 7, id="a placeholder is missing"),
        pytest.param(file("fr", GOOD, BAD), 7, id="another placeholder"),
        pytest.param(file("fr", GOOD, OTHER_PLURAL), 7, id="another plural"),
        pytest.param(file("fr", HTML), 4, id="HTML"),
        pytest.param(file("fr", GOOD, GOOD.replace("Les", "Nos")), 7, id="twice"),
    ],
)
def test_a_file_that_is_unfit_changes_nothing(
    administrator: User, content: bytes, line: int
) -> None:
    report = take("fr", content, administrator)
    assert [line for line, _message, _why in report.refused][:1] == [line]
    assert all(why for _line, _message, why in report.refused)
    assert not InterfaceWording.objects.exists()


def test_a_file_says_what_was_left_out(administrator: User) -> None:
    unknown = 'msgid "Nobody says this"\nmsgstr "x"'
    report = take("fr", file("fr", GOOD, unknown), administrator)
    assert len(report.changes) == 1
    assert [message for _line, message, _why in report.left_out] == ["Nobody says this"]


def test_a_third_language_has_wordings_without_a_catalogue(
    administrator: User, settings: Any
) -> None:
    settings.LANGUAGES = [*settings.LANGUAGES, ("es", "Spanish")]
    change(administrator, "es", HOME, "Moderadores")
    with override("es"):
        assert gettext("Moderators") == "Moderadores"


def test_an_administrator_looks_for_words_and_mends_them(
    administrator: User, admin_client: Client
) -> None:
    found = admin_client.get(reverse("wordings:index", args=["fr"]), {"q": "3 signalements"})
    assert COUNTED.replace("%(number)s ", "") in found.content.decode()
    address = reverse("wordings:wording", args=["fr"]) + "?context=&message=Moderators"
    page = admin_client.get(address)
    seen = page.context["seen"]
    refused = admin_client.post(address, {"words": "<b>", "seen": seen})
    assert refused.status_code == 422
    kept = admin_client.post(address, {"words": "Les modérateurs", "seen": seen})
    assert kept.status_code == 302
    late = admin_client.post(address, {"words": "Modération", "seen": seen})
    assert late.status_code == 409
    line = admin_client.get(address).context["history"][0]
    admin_client.post(address, {"undo": line.pk, "seen": "Les modérateurs"})
    assert not InterfaceWording.objects.exclude(words=[]).exists()


def test_a_wording_says_its_language_and_leads_back(
    administrator: User, admin_client: Client
) -> None:
    address = reverse("wordings:wording", args=["fr"]) + "?context=&message=Moderators"
    change(administrator, "fr", HOME, "Les modérateurs")
    shown = admin_client.get(address)
    (line,) = BeautifulSoup(shown.content, "html.parser").select(".wording-change")
    assert "Modérateurs → Les modérateurs" in line.text  # as released, before anybody mended it
    assert line.time is not None
    for page in (shown, admin_client.get(reverse("wordings:import", args=["fr"]))):
        assert "Français" in page.context["page_title"]
        assert page.context["breadcrumbs_items"][1]["url"] == reverse("wordings:index", args=["fr"])
        assert page.context["breadcrumbs_items"][2]["label"].endswith(" – Français")


def test_others_are_refused(client: Client, django_user_model: type[User], db: None) -> None:
    client.force_login(django_user_model.objects.create_user("someone", password="x"))
    for name in ("index", "wording", "export", "import"):
        assert client.get(reverse(f"wordings:{name}", args=["fr"])).status_code in {302, 403}
