"""``manage.py load_demo``: a consultation that works in both languages, loaded once."""

import json
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from wagtail.images.models import Image
from wagtail.models import Page, Site
from wagtail_localize.models import Translation

from core.models import Term
from home.demonstration.accounts import ACCOUNTS
from submissions.models import (
    Answer,
    Campaign,
    Code,
    Consultation,
    Contribution,
    Debate,
    Decision,
    Idea,
    IdeaStatus,
    Mail,
    Passage,
    Phase,
    Publication,
    Question,
    QuestionKind,
    Questionnaire,
    Redaction,
    Tally,
    Vote,
    VoteEvent,
)
from tests.fixtures.database import DEMO_PASSWORD
from themes.models import ThemePage

LANGUAGES = ["en", "fr"]
THEMES = 5


def everything() -> dict[str, int]:
    counted = (
        *(Page, Translation, Image, Site, User),
        *(Debate, Questionnaire, Idea, Vote, VoteEvent, Contribution, Answer, Decision),
        *(Publication, Redaction, Passage, Code, Campaign, Term),
    )
    return {model.__name__: model._default_manager.count() for model in counted}


def test_loading_twice_doubles_nothing(demonstration: None) -> None:
    before = everything()
    call_command("load_demo", verbosity=0, stdout=StringIO())
    assert everything() == before


def test_what_an_editor_changed_since_is_left_as_it_is(demonstration: None) -> None:
    page = ThemePage.objects.filter(locale__language_code="en").first()
    page.title = "Changed"
    page.save_revision().publish()
    Consultation.objects.update(controller="Somebody else")
    call_command("load_demo", verbosity=0, stdout=StringIO())
    assert ThemePage.objects.get(pk=page.pk).title == "Changed"
    assert Consultation.objects.get().controller == "Somebody else"


def test_it_is_open_on_the_day_it_is_loaded(demonstration: None) -> None:
    consultation = Consultation.objects.with_clock().get()
    assert consultation.phase_at(consultation.now) is Phase.OPEN
    assert consultation.demonstration
    assert Debate.objects.open_at().count() == THEMES
    assert Questionnaire.objects.open_at().count() == THEMES


def test_every_page_is_live_and_translated(demonstration: None) -> None:
    pages = Page.objects.filter(depth__gt=1)
    assert not pages.filter(live=False).exists()
    assert not pages.filter(alias_of__isnull=False).exists()
    for page in pages.select_related("locale"):
        translated = page.get_translations(inclusive=True).values_list(
            "locale__language_code", flat=True
        )
        assert sorted(translated) == LANGUAGES, page.title


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_answers_and_says_that_it_is_synthetic(
    demonstration: None, client: Client, language: str
) -> None:
    for page in Page.objects.filter(depth__gt=1, locale__language_code=language):
        answer: Any = client.get(page.get_url())
        assert answer.status_code == 200, page.title
        assert "badge" in answer.content.decode()
        assert f'<html lang="{language}"' in answer.content.decode()


def test_its_glossary_says_each_term_in_every_language(demonstration: None) -> None:
    terms = Term.objects.prefetch_related("wordings")
    assert terms
    for term in terms:
        assert sorted(wording.language for wording in term.wordings.all()) == LANGUAGES


def test_tallies_equal_a_recount(demonstration: None) -> None:
    for tally in Tally.objects.all():
        votes = Vote.objects.filter(idea_id=tally.idea_id)
        assert tally.votes == votes.count()
        assert tally.agree == votes.filter(choice="agree").count()
    assert Tally.objects.filter(votes__gt=0).count() > Idea.objects.published().count() / 2


def test_ideas_stand_in_every_status(demonstration: None) -> None:
    statuses = set(Idea.objects.values_list("status", flat=True))
    assert {IdeaStatus.PUBLISHED, IdeaStatus.AWAITING, IdeaStatus.REFUSED} <= statuses
    assert Decision.objects.filter(kind="refuse").exclude(reason="").exists()


def test_contributions_are_coded_redacted_and_published(demonstration: None) -> None:
    live = Publication.objects.live()
    assert live.count() == 11
    assert not live.exclude(contribution__synthetic=True).exists()
    assert Code.objects.count() == 4
    assert Passage.objects.filter(lost=False, codes__isnull=False).distinct().count() == 5
    redaction = Redaction.objects.get()
    shown = live.get(contribution=redaction.answer.contribution)
    assert redaction.quote not in json.dumps(shown.content, ensure_ascii=False)
    assert shown.agreed_at is not None


def test_a_campaign_is_found_and_said_to_be_one(demonstration: None) -> None:
    campaign = Campaign.objects.get()
    assert campaign.confirmed_at is not None
    assert campaign.members.count() == 4


def test_nobody_invented_is_written_to(demonstration: None) -> None:
    assert not Mail.objects.exists()


def test_every_kind_and_every_rule_of_a_question_is_there(demonstration: None) -> None:
    asked = Question.objects.asked()
    assert {question.kind for question in asked} == set(QuestionKind.values)
    assert asked.filter(follows__isnull=False).distinct().count() == 3
    assert {row.level for row in Questionnaire.objects.all()} == {True}


def test_there_is_an_account_for_each_role(demonstration: None) -> None:
    for account in ACCOUNTS:
        user = User.objects.get(username=account.username)
        assert user.check_password(DEMO_PASSWORD)
        assert user.is_superuser == (account.username == "admin")
        assert {group.name for group in user.groups.all()} == set(account.groups)
