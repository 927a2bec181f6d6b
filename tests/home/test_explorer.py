"""The columns of the explorer of pages: what they say, to whom, in how many queries."""

from operator import gt
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from core.models import PageTranslation, TranslationState
from core.page_rights import look_below
from home.approval.workflows import keep_workflows
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


def test_a_draft_above_a_live_page_is_not_taken_away_by_who_does_not_publish(
    where: BilingualSite, django_assert_num_queries: Any
) -> None:
    _leaf, over_draft, over_live = (ThemePageFactory(parent=where.themes) for _n in range(3))
    StandardPageFactory(parent=over_draft)
    published(StandardPageFactory(parent=over_live))
    user = User.objects.create_user("ada")
    user.groups.set(Group.objects.filter(name=EDITORS))
    pages = list(ThemePage.objects.child_of(where.themes))
    assert [page.permissions_for_user(user).can_move() for page in pages] == [True, True, False]
    assert [page.permissions_for_user(user).can_delete() for page in pages] == [True, False, False]
    with django_assert_num_queries(1):
        look_below(pages)
    with django_assert_num_queries(0):
        held = [page.permissions_for_user(user) for page in pages]
        assert [(one.can_move(), one.can_delete()) for one in held] == [
            (True, True),
            (True, False),
            (False, False),
        ]


def test_an_account_that_was_closed_has_no_rights_and_no_fault(where: BilingualSite) -> None:
    page = ThemePageFactory(parent=where.themes)
    for user in (
        User.objects.create_user("ada", is_active=False),
        User.objects.create_superuser("root", is_active=False),
    ):
        user.groups.set(Group.objects.filter(name=EDITORS))
        held = page.permissions_for_user(user)
        rights = (held.can_delete, held.can_move, held.can_copy, held.can_edit, held.can_unpublish)
        assert not any(may() for may in rights)


def a_row_of_each_kind(where: BilingualSite, editor: User) -> None:
    """A theme in both languages that waits for a review, and a draft with a page below it."""
    number = User.objects.count()
    owner = User.objects.create_user(f"owner {number}")
    body, title = [debate_block(), questionnaire_block()], f"Question {number}"
    page = published(ThemePageFactory(parent=where.themes, body=body, owner=owner, title=title))
    page_fr = translate(page)
    Page.objects.filter(pk=page_fr.pk).update(owner=owner)
    filled(page)
    for one in ThemePage.objects.filter(pk__in=[page.pk, page_fr.pk]):
        one.title += " once more"
        one.save_revision()
        one.get_workflow().start(one, owner)
    draft = ThemePageFactory(parent=where.themes, owner=editor, title=f"{title}, again")
    StandardPageFactory(parent=draft, owner=editor)
    where.themes.refresh_from_db()


@pytest.mark.parametrize("of_many", [6, pytest.param(50, marks=pytest.mark.more)])
def test_the_number_of_queries_does_not_grow(where: BilingualSite, of_many: int) -> None:
    keep_workflows()
    admin, both = Client(), client_of(publishers_of("French"))
    admin.force_login(User.objects.create_superuser("root"))
    User.objects.get(username=publishers_of("French")).groups.add(Group.objects.get(name=EDITORS))
    editor, publisher = client_of(EDITORS), client_of(publishers_of("English"))
    translator = client_of(translators_of("French"), "fr")
    elsewhere = (
        reverse("wagtailadmin_pages:type_use", args=["themes", "themepage"]) + "?ordering=title",
        "/admin/pages/search/?q=Question",
        f"/admin/choose-page/{where.themes.pk}/",
        "/admin/choose-page/search/?q=Question",
    )
    lists = [
        *((client, under(where.themes)) for client in (admin, editor, publisher, both)),
        *((client, under(where.themes_fr)) for client in (admin, editor, translator, both)),
        *((client, address) for client in (editor, translator) for address in elsewhere),
    ]

    def asked(themes: int) -> tuple[list[int], list[int]]:
        """How many queries each list took, and how many rows it showed."""
        while ThemePage.objects.child_of(where.themes).count() < themes:
            a_row_of_each_kind(where, User.objects.get(username=EDITORS))
        queries, shown = [], []
        for client, address in lists:
            with CaptureQueriesContext(connection) as captured:
                answer = client.get(address)
            assert answer.status_code == 200
            queries.append(len(captured))
            shown.append(answer.content.count(b"<tr"))
        return queries, shown

    asked(2)  # what a process reads once
    few, rows_of_few = asked(2)
    assert max(few) <= 63  # as docs/architecture.md says
    many, rows_of_many = asked(of_many)
    assert many == few
    assert all(map(gt, rows_of_many, rows_of_few))
