"""Campaigns: texts that several contributions share are found, judged and said, never hidden."""

import random
import time
from html import unescape

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from wagtail.models import ModelLogEntry

from submissions.contributions.campaigns.finding import (
    ALIKE,
    find_campaigns,
    groups_of,
    look_for_campaigns,
)
from submissions.contributions.campaigns.judging import confirm, dismiss, judge_member
from submissions.contributions.campaigns.sketches import likeness, sketch_of
from submissions.models import (
    AnswerPublication,
    Campaign,
    CampaignMember,
    Contribution,
    Membership,
    TextSketch,
)
from tests.submissions.libraries import Room, desk_of, organiser, reviewer, room

WORDS = [f"word{number}" for number in range(3000)]


def text(seed: int, words: int = 120) -> str:
    """A text of its own."""
    return " ".join(random.Random(seed).choices(WORDS, k=words))


def nearly(said: str, every: int) -> str:
    """The same with another word here and there."""
    parts = said.split()
    parts[::every] = [f"other{number}" for number in range(len(parts[::every]))]
    return " ".join(parts)


# --- Sketches -------------------------------------------------------------------------------------


def test_how_near_two_texts_are():
    said = text(1, 400)
    own = sketch_of(said)
    assert own is not None
    assert likeness(own, sketch_of(said.upper().replace(" ", ",  "))) == 1
    assert likeness(own, sketch_of(nearly(said, 25))) > ALIKE
    assert likeness(own, sketch_of("Dear Sir, " + said + " Yours, Camille")) > ALIKE
    assert likeness(own, sketch_of(nearly(said, 4))) < ALIKE
    assert likeness(own, sketch_of(text(2, 400))) < 0.1


def test_a_short_text_is_compared_with_none():
    assert sketch_of("Open the models that public money pays for.") is None


def test_many_texts_are_grouped_in_little_time():
    sketches = []
    campaign = text(0, 200)
    for number in range(300):
        said = nearly(campaign, 30 + number) if number % 10 == 0 else text(number + 1, 200)
        sketches.append((number, number, sketch_of(said)))
    begun = time.process_time()
    (group,) = groups_of(sketches)
    assert set(group.nearness) == set(range(0, 300, 10))
    assert time.process_time() - begun < 5


def test_who_shares_one_answer_with_some_and_another_with_others_joins_both():
    one, other = sketch_of(text(1)), sketch_of(text(2))
    sketches = [(1, 1, one), (2, 2, one), (2, 3, other), (3, 4, other), (4, 5, sketch_of(text(3)))]
    (group,) = groups_of(sketches)
    assert set(group.nearness) == {1, 2, 3}


# --- Rows -----------------------------------------------------------------------------------------


@pytest.fixture
def here(db) -> Room:
    return room()


def sent(here: Room, *texts: str) -> list[Contribution]:
    return [
        here.contribution(said, name=f"N{number}", email=f"{number}@example.org", draft=False)
        for number, said in enumerate(texts)
    ]


def look(here: Room) -> int:
    return find_campaigns(here.where.consultation)


def members() -> set[str]:
    return set(CampaignMember.objects.values_list("contribution__name", flat=True))


@pytest.mark.django_db
def test_the_same_text_is_found_and_others_are_not(here):
    sent(here, text(1), nearly(text(1), 40), text(2))
    assert look(here) == 2
    assert members() == {"N0", "N1"}
    assert look(here) == 0
    assert Campaign.objects.count() == 1


@pytest.mark.django_db
def test_who_comes_later_joins_and_is_judged_first(here):
    sent(here, text(1), text(1))
    look(here)
    campaign = Campaign.objects.get()
    confirm(campaign, organiser())
    here.contribution(text(1), name="Late", email="late@example.org", draft=False)
    assert look(here) == 1
    late = CampaignMember.objects.get(contribution__name="Late")
    assert (late.campaign, late.judgement) == (campaign, Membership.FOUND)
    confirm(campaign, organiser())
    late.refresh_from_db()
    assert late.judgement == Membership.OF_IT


@pytest.mark.django_db
def test_who_was_judged_not_of_it_is_not_found_again(here):
    sent(here, text(1), text(1), text(1))
    look(here)
    member = CampaignMember.objects.get(contribution__name="N2")
    judge_member(member, organiser(), of_it=False)
    confirm(member.campaign, organiser())
    here.contribution(text(2), email="x@example.org", draft=False)
    look(here)
    member.refresh_from_db()
    assert member.judgement == Membership.NOT_OF_IT


@pytest.mark.django_db
def test_what_is_none_is_not_found_again(here):
    sent(here, text(1), text(1))
    look(here)
    campaign = Campaign.objects.get()
    dismiss(campaign, organiser())
    here.contribution(text(1), name="Late", email="late@example.org", draft=False)
    look(here)
    campaign.refresh_from_db()
    assert campaign.dismissed_at
    assert not campaign.confirmed_at
    assert Campaign.objects.count() == 1


@pytest.mark.django_db
def test_who_changes_their_text_leaves(here):
    rows = sent(here, text(1), text(1), text(1))
    look(here)
    here.answer(rows[2], text(9))
    look(here)
    assert members() == {"N0", "N1"}


@pytest.mark.django_db
@pytest.mark.parametrize("kept_by", ["its author", "its question"])
def test_what_is_not_for_the_public_is_not_compared(here, kept_by):
    rows = sent(here, text(1), text(1))
    if kept_by == "its author":
        rows[0].answers.update(may_publish=False)
    else:
        question = here.question()
        question.publication = AnswerPublication.NEVER
        question.save()
    assert look(here) == 0
    assert TextSketch.objects.count() == (1 if kept_by == "its author" else 0)


@pytest.mark.django_db
def test_each_judgement_leaves_a_line(here):
    sent(here, text(1), text(1))
    look(here)
    campaign = Campaign.objects.get()
    confirm(campaign, organiser())
    dismiss(campaign, organiser())
    judge_member(campaign.members.all()[0], organiser(), of_it=False)
    assert ModelLogEntry.objects.for_instance(campaign).count() == 3


# --- The admin ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_staff_find_judge_and_compare(here):
    sent(here, text(1), nearly(text(1), 40))
    desk = desk_of(organiser())
    assert "look-again" in desk.get(reverse("campaigns:index")).content.decode()
    desk.post(reverse("campaigns:look_again"))
    assert not Campaign.objects.exists()  # no page waits for it
    asked = DBTaskResult.objects.get(task_path__endswith="look_for_campaigns")
    look_for_campaigns.call(*asked.args_kwargs["args"])
    campaign = Campaign.objects.get()
    assert "To be judged" in desk.get(reverse("campaigns:index")).content.decode()
    url = reverse("campaigns:campaign", args=[campaign.pk])
    assert "Side by side" in desk.get(url).content.decode()
    member = CampaignMember.objects.get(contribution__name="N1")
    compare = reverse("campaigns:compare", args=[campaign.pk, member.pk])
    html = unescape(desk.get(compare).content.decode())
    assert "<del>" in html
    assert "<ins>other0</ins>" in html
    desk.post(url, {"act": "out", "member": member.pk})
    member.refresh_from_db()
    assert member.judgement == Membership.NOT_OF_IT
    desk.post(url, {"act": "confirm"})
    campaign.refresh_from_db()
    assert campaign.confirmed_at
    desk.post(url, {"act": "dismiss"})
    campaign.refresh_from_db()
    assert not campaign.confirmed_at


@pytest.mark.django_db
def test_who_may_not_publish_judges_nothing(here):
    sent(here, text(1), text(1))
    look(here)
    campaign = Campaign.objects.get()
    desk = desk_of(reviewer())
    url = reverse("campaigns:campaign", args=[campaign.pk])
    assert desk.get(url).status_code == 200
    assert "look-again" not in desk.get(reverse("campaigns:index")).content.decode()
    desk.post(url, {"act": "confirm"})
    desk.post(reverse("campaigns:look_again"))
    campaign.refresh_from_db()
    assert not campaign.confirmed_at
