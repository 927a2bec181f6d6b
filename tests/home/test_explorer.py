"""The columns of the explorer of pages: what they say, to whom, in how many queries."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.admin.widgets.button import ButtonWithDropdownFromHook
from wagtail.models import Page

from core.models import PageTranslation, TranslationState
from home.roles import EDITORS, grant_roles, publishers_of, translators_of
from submissions.models import (
    Answer,
    Contribution,
    ContributionState,
    Debate,
    IdeaStatus,
    Questionnaire,
)
from tests.factories import (
    BilingualSite,
    StandardPageFactory,
    ThemePageFactory,
    bilingual_site,
    bilingual_theme,
    debate_block,
    idea,
    published,
    questionnaire_block,
    translate,
)
from themes.models import ThemeIndexPage, ThemePage

pytestmark = pytest.mark.django_db

NAMES = ("theme", "language", "translation", "owner", "submissions")


@pytest.fixture
def where() -> BilingualSite:
    site = bilingual_site()
    grant_roles()
    return site


def client_of(group: str, language: str = "en") -> Client:
    user = User.objects.create_user(group, password="x" * 12)
    user.groups.set(Group.objects.filter(name=group))
    client = Client(headers={"accept-language": language})
    client.force_login(user)
    return client


def rows(client: Client, address: str) -> dict[str, dict[str, str]]:
    """What stands in our columns, by the title of the page."""
    response = client.get(address)
    assert response.status_code == 200
    table: Any = BeautifulSoup(response.content, "html.parser").select_one("table.explorer")
    found = {}
    for row in table.select("tbody tr"):
        title = row.select_one(".title-wrapper").get_text(" ", strip=True)
        cells = row.select("td.wide-only")[: len(NAMES)]  # then those that Wagtail has
        said = [" ".join(cell.get_text(" ", strip=True).split()) for cell in cells]
        found[title] = dict(zip(NAMES, said, strict=True))
    return found


def under(page: Page) -> str:
    return reverse("wagtailadmin_explore", args=[page.pk])


def contribution(page: Page, **fields: Any) -> Contribution:
    """One that answers every question on ``page``."""
    form = Questionnaire.objects.get(translation_key=page.translation_key)
    made = Contribution.objects.create(
        consultation=form.consultation,
        language="en",
        respondent_type="academic",
        name="Camille Noël",
        country="FR",
        **fields,
    )
    for question in form.questions.all():
        Answer.objects.create(
            contribution=made, question=question, version=question.version, language="en"
        )
    return made


def filled(page: ThemePage) -> None:
    """Two ideas that were received, one that nobody confirmed; one contribution, one withdrawn."""
    debate = Debate.objects.get(translation_key=page.translation_key)
    idea(debate)
    idea(debate, status=IdeaStatus.AWAITING)
    idea(debate, status=IdeaStatus.UNCONFIRMED)
    contribution(page)
    contribution(page, state=ContributionState.WITHDRAWN)


def test_a_list_tells_what_stands_where(where: BilingualSite) -> None:
    page, page_fr = bilingual_theme(where)
    filled(page)
    owner = User.objects.create_user("ada", first_name="Ada", last_name="Lovelace")
    Page.objects.filter(pk=page.pk).update(owner=owner)
    below = StandardPageFactory(parent=page, title="More about it")
    editor = client_of(EDITORS)
    assert rows(editor, under(where.themes))[page.title] == {
        "theme": page.title,
        "language": "English",
        "translation": "Français – Published",
        "owner": "Ada Lovelace",
        "submissions": "2 ideas 1 contribution",
    }
    told = rows(editor, under(where.themes_fr))[page_fr.title]
    assert (told["language"], told["translation"]) == ("Français", "Published")
    assert told["submissions"] == "2 ideas 1 contribution"
    told = rows(editor, under(page))[below.title]
    assert told == dict.fromkeys(NAMES, "") | {"theme": page.title, "language": "English"}


def test_a_source_that_changed_is_told_unless_nothing_is_translated_yet(
    where: BilingualSite,
) -> None:
    _page, page_fr = bilingual_theme(where)
    editor = client_of(EDITORS)
    works = PageTranslation.objects.of(page_fr)
    works.update(state=TranslationState.READY, source_changed_at=page_fr.first_published_at)
    [told] = rows(editor, under(where.themes_fr)).values()
    assert told["translation"] == "Ready for review Source changed"
    [told] = rows(editor, under(where.themes)).values()
    assert told["translation"] == "Français – Ready for review Source changed"
    works.update(state=TranslationState.NEW)
    [told] = rows(editor, under(where.themes_fr)).values()
    assert told["translation"] == "To translate"


def test_a_translator_sees_numbers_and_nobodys_words(where: BilingualSite) -> None:
    page, _page_fr = bilingual_theme(where)
    filled(page)
    translator = client_of(translators_of("French"), "fr")
    [told] = rows(translator, under(where.themes_fr)).values()
    assert told["submissions"] == "2 idées 1 contribution"
    assert b"We should plant a tree" not in translator.get(under(where.themes_fr)).content


def test_a_form_that_was_taken_off_is_told_of_while_something_was_sent(
    where: BilingualSite,
) -> None:
    page, _page_fr = bilingual_theme(where)
    editor = client_of(EDITORS)
    [told] = rows(editor, under(where.themes)).values()
    assert told["submissions"] == "0 ideas 0 contributions"
    idea(Debate.objects.get())
    for model in (Debate, Questionnaire):
        model.objects.update(retired_at=page.first_published_at)
    [told] = rows(editor, under(where.themes)).values()
    assert told["submissions"] == "1 idea"


def test_what_is_found_and_all_pages_of_a_type_have_the_columns(
    where: BilingualSite, admin_client: Client
) -> None:
    page, _page_fr = bilingual_theme(where)
    of_type = reverse("wagtailadmin_pages:type_use", args=["themes", "themepage"])
    assert {row["language"] for row in rows(admin_client, of_type).values()} == {
        "English",
        "Français",
    }
    sought = f"{under(where.home)}results/?q={page.title}"
    assert page.title in {row["theme"] for row in rows(admin_client, sought).values()}
    assert admin_client.get(f"{under(where.themes)}?ordering=ord").status_code == 200
    assert admin_client.get(under(Page.get_first_root_node())).status_code == 200


@pytest.mark.parametrize(
    ("group", "offered"),
    [
        (EDITORS, {"Edit", "View live", "Add child page", "Copy", "History"}),
        (publishers_of("English"), {"Edit", "View live", "Unpublish", "History"}),
    ],
)
def test_the_menus_of_a_live_page_offer_nothing_that_is_refused(
    where: BilingualSite, group: str, offered: set[str]
) -> None:
    page = published(ThemePageFactory(parent=where.themes))
    asked = {"Move", "Copy", "Delete", "Unpublish", "Sort menu order", "Add child page"}
    client = client_of(group)
    row = BeautifulSoup(client.get(under(where.themes)).content, "html.parser")
    menu = {link.get_text(strip=True) for link in row.select("table.explorer tbody a")}
    assert menu & {*asked, "Edit", "View live", "History"} == offered
    edited = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content
    header = BeautifulSoup(edited, "html.parser").select("header a")
    assert {link.get_text(strip=True) for link in header} & asked == offered & asked


def test_pages_are_put_in_order_by_who_may_and_where_there_are_two(
    where: BilingualSite,
) -> None:
    def offered(user: User) -> bool:
        page = ThemeIndexPage.objects.get(pk=where.themes.pk)
        return page.permissions_for_user(user).can_reorder_children()

    user = User.objects.create_user("both")
    user.groups.set(Group.objects.filter(name__in=[EDITORS, publishers_of("English")]))
    first = published(ThemePageFactory(parent=where.themes))
    assert not offered(user)
    second = ThemePageFactory(parent=where.themes)
    assert offered(user)

    client = Client()
    client.force_login(user)
    address = reverse("wagtailadmin_pages:set_page_position", args=[second.pk])
    assert client.post(f"{address}?position=0").status_code == 200
    assert list(ThemePage.objects.order_by("path")) == [second, first]

    user.groups.set(Group.objects.filter(name=publishers_of("English")))
    assert not offered(User.objects.get(pk=user.pk))


def test_a_live_page_that_one_may_not_take_away_costs_no_query(
    where: BilingualSite, django_assert_num_queries: Any
) -> None:
    page = published(ThemePageFactory(parent=where.themes))
    user = User.objects.create_user("ada")
    user.groups.set(Group.objects.filter(name=EDITORS))
    held = page.permissions_for_user(user)
    with django_assert_num_queries(0):
        assert not held.can_delete()
        assert not held.can_move()


def test_the_number_of_queries_does_not_grow(
    where: BilingualSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Wagtail and wagtail-localize ask six times for the menu of each row, with our columns or
    # without: the rest of the list is held to be constant.
    monkeypatch.setattr(ButtonWithDropdownFromHook, "dropdown_buttons", [])
    editor, translator = client_of(EDITORS), client_of(translators_of("French"), "fr")
    lists = [(editor, where.themes), (editor, where.themes_fr), (translator, where.themes_fr)]

    def queries(themes: int) -> list[int]:
        while ThemePage.objects.child_of(where.themes).count() < themes:
            owner = User.objects.create_user(f"owner {User.objects.count()}")
            body = [debate_block(), questionnaire_block()]
            page = published(ThemePageFactory(parent=where.themes, body=body, owner=owner))
            page_fr = translate(page)
            Page.objects.filter(pk=page_fr.pk).update(owner=owner)
            filled(page)
            where.themes.refresh_from_db()
        counts = []
        for client, tree in lists:
            client.get(under(tree))
            with CaptureQueriesContext(connection) as captured:
                assert len(rows(client, under(tree))) == themes
            counts.append(len(captured))
        return counts

    assert queries(3) == queries(30)
