"""What an editor reads, beside a page's body, about its debates and questionnaires."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from core.clock import database_now
from submissions.models import Debate, Questionnaire
from tests.factories import (
    BilingualSite,
    ThemePageFactory,
    bilingual_site,
    bilingual_theme,
    debate_block,
    open_consultation,
    published,
    questionnaire_block,
)
from themes.models import ThemePage

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def where() -> BilingualSite:
    return bilingual_site()


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("root", "root@example.org", "x"))
    return client


def states(admin: Client, page: ThemePage) -> list[Any]:
    """The parts of the panel, one for each form."""
    response = admin.get(reverse("wagtailadmin_pages:edit", args=(page.pk,)))
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").select("[aria-labelledby^=form-block-]")


def said(part: Any) -> str:
    return " ".join(part.get_text(" ").split())


def test_an_open_debate_says_until_when_and_leads_to_its_rules(
    admin: Client, where: BilingualSite
) -> None:
    page, _french = bilingual_theme(where, debate_block("Your ideas"))
    (part,) = states(admin, page)
    assert said(part.h3) == "Debate – Your ideas Open"
    assert "It takes submissions until" in said(part)
    row = Debate.objects.get()
    assert part.a["href"] == reverse("debates:edit", args=(row.pk,))


def test_a_questionnaire_leads_to_its_own_rules(admin: Client, where: BilingualSite) -> None:
    page, _french = bilingual_theme(where, questionnaire_block())
    (part,) = states(admin, page)
    row = Questionnaire.objects.get()
    assert part.a["href"] == reverse("questionnaires:edit", args=(row.pk,))


def test_before_it_opens_the_editor_reads_when(admin: Client, where: BilingualSite) -> None:
    page, _french = bilingual_theme(where, debate_block())
    now = database_now()
    open_consultation(where.site, opens_at=now + DAY, closes_at=now + 9 * DAY)
    (part,) = states(admin, page)
    assert "Not open" in said(part.h3)
    assert "It opens on" in said(part)


def test_without_an_opening_time_it_waits_for_one(admin: Client, where: BilingualSite) -> None:
    page, _french = bilingual_theme(where, debate_block())
    open_consultation(where.site, opens_at=None, closes_at=None)
    (part,) = states(admin, page)
    assert "It opens with the consultation, which has no opening time yet." in said(part)


def test_a_form_that_is_not_level_says_what_differs(admin: Client, where: BilingualSite) -> None:
    page = published(ThemePageFactory(parent=where.themes, body=[debate_block()]))
    (part,) = states(admin, page)
    assert "It opens once it is the same form in every language." in said(part)
    assert [item.text for item in part.select("li")] == ["Not published in French."]
    assert Debate.objects.with_state().get().is_open is False  # nothing says neither yes nor no


def test_a_difference_shows_while_the_form_stays_open(admin: Client, where: BilingualSite) -> None:
    page, _french = bilingual_theme(where, questionnaire_block())
    page.body[0].value["questions"].append(("short_text", {"label": "One more?"}))
    page = published(page)
    (part,) = states(admin, page)
    assert "Open" in said(part.h3)
    assert "“One more?” is missing" in said(part)


def test_a_form_opened_by_hand_waits_for_somebody(admin: Client, where: BilingualSite) -> None:
    page, _french = bilingual_theme(where, debate_block())
    Debate.objects.update(opens_by_hand=True, opened_at=None)
    (part,) = states(admin, page)
    assert "It waits for somebody to open it." in said(part)


def test_a_closed_form_says_since_when(admin: Client, where: BilingualSite) -> None:
    page, _french = bilingual_theme(where, debate_block())
    now = database_now()
    open_consultation(where.site, opens_at=now - 9 * DAY, closes_at=now - DAY)
    (part,) = states(admin, page)
    assert "It closed on" in said(part)


def test_a_block_taken_off_the_page_is_retired(admin: Client, where: BilingualSite) -> None:
    page, _french = bilingual_theme(where, debate_block())
    page.body = []
    page = published(page)
    (part,) = states(admin, page)
    assert "Retired" in said(part.h3)
    assert "What was sent through it is kept." in said(part)


def test_a_live_form_without_its_row_is_pointed_out(admin: Client, where: BilingualSite) -> None:
    page, _french = bilingual_theme(where, debate_block())
    Debate.objects.all().delete()
    response = admin.get(reverse("wagtailadmin_pages:edit", args=(page.pk,)))
    assert "A form of this page is not registered: it takes no submissions." in (
        response.content.decode()
    )


def test_a_new_page_says_that_forms_appear_once_published(
    admin: Client, where: BilingualSite
) -> None:
    page = ThemePageFactory(parent=where.themes, body=[debate_block()])
    response = admin.get(reverse("wagtailadmin_pages:edit", args=(page.pk,)))
    assert "appears here once the page is published" in response.content.decode()
    assert "is not registered" not in response.content.decode()
