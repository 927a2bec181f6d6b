"""Clusters are found, shown to organisers and judged; nothing is deleted, both totals are shown."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, Site

from core.clock import database_now
from submissions.debate.tallies import refresh_tallies
from submissions.limits import keys
from submissions.models import (
    Cluster,
    ClusterKind,
    ClusterMember,
    Consultation,
    Debate,
    Idea,
    Origin,
    Participant,
    Tally,
    Vote,
    VoteEvent,
)
from submissions.suspects.finding import find_clusters
from tests.factories import idea, open_consultation, participant
from tests.submissions.casting import cast
from tests.submissions.conftest import Visitor, address
from tests.submissions.suspecting import LIST, judge, newcomers, organiser_desk

pytestmark = pytest.mark.django_db

SCHOOL = "198.51.100.7"


@pytest.fixture(autouse=True)
def one_key():
    """The day's, as in a process that has drawn it."""
    keys._remembered.clear()
    keys._remembered[timezone.now().date()] = b"k" * 32
    yield
    keys._remembered.clear()


@pytest.fixture
def organiser() -> Client:
    return organiser_desk()


def members(kind: ClusterKind) -> set[Any]:
    cluster = Cluster.objects.get(kind=kind)
    return set(cluster.members.values_list("participant", flat=True))


def voted(
    who: Participant, ideas: list[Idea], choice: str = "agree", *, seconds: float = 5
) -> None:
    """``who`` votes on ``ideas``, one vote each so many seconds."""
    start = database_now() - timedelta(minutes=30)
    for number, one in enumerate(ideas):
        cast(one, who, choice)
        at = start + timedelta(seconds=seconds * number)
        VoteEvent.objects.filter(participant=who, idea=one).update(at=at)


# --- Case 5 ---------------------------------------------------------------------------------------


def test_a_cookie_cleared_twenty_times_is_accepted_shown_and_can_be_set_aside(  # case 5
    debate: Debate, organiser: Client
):
    wanted, honest = idea(debate), Visitor(REMOTE_ADDR="203.0.113.9")
    honest.start(debate)
    honest.vote(wanted, "disagree")
    for _number in range(20):
        browser = Visitor(REMOTE_ADDR=SCHOOL)
        assert browser.start(debate).status_code == 302
        assert browser.vote(wanted, "agree").status_code == 302
    refresh_tallies()
    assert (Tally.objects.get().agree, Tally.objects.get().disagree) == (20, 1)
    organiser.post(f"{LIST}look-again/")
    cluster = Cluster.objects.get(kind=ClusterKind.NEWCOMERS)
    assert cluster.members.count() == 20
    page = organiser.get(f"{LIST}{cluster.pk}/").content.decode()
    assert "20 agree, 1 disagree, 0 neutral" in page
    assert "0 agree, 1 disagree, 0 neutral" in page
    assert SCHOOL not in page
    assert judge(organiser, cluster, "aside_all").status_code == 302
    refresh_tallies(touched_within=timedelta(0))
    tally = Tally.objects.get()
    assert (tally.agree, tally.disagree, tally.counted, tally.votes) == (0, 1, 1, 21)
    assert Vote.objects.count() == VoteEvent.objects.count() == 21
    shown = honest.get(address("idea", wanted.pk)).content.decode()
    assert "1 vote counted, out of 21 received" in shown
    shown = honest.get(address("ideas", debate.pk)).content.decode()
    assert "1 vote counted, out of 21 received" in shown


# --- What is found --------------------------------------------------------------------------------


def test_newcomers_are_shown_from_the_number_that_the_consultation_says(consultation: Consultation):
    few = newcomers(consultation, consultation.newcomers_shown - 1)
    find_clusters()
    assert not Cluster.objects.exists()
    last = participant(consultation)
    Origin.objects.create(participant=last, origin_hash=b"o" * 32)
    newcomers(consultation, 3, b"p" * 32)
    assert find_clusters() == consultation.newcomers_shown
    assert members(ClusterKind.NEWCOMERS) == {one.pk for one in [*few, last]}


def test_newcomers_over_several_hours_are_no_cluster(consultation: Consultation):
    people = newcomers(consultation, 20)
    for number, who in enumerate(people):
        at = database_now() - timedelta(minutes=8 * number)
        Origin.objects.filter(participant=who).update(at=at)
    find_clusters()
    assert not Cluster.objects.exists()


def test_found_again_it_is_the_same_cluster_with_who_came_since(consultation: Consultation):
    newcomers(consultation, 12)
    assert find_clusters() == 12
    assert find_clusters() == 0
    late = participant(consultation)
    Origin.objects.create(participant=late, origin_hash=b"o" * 32)
    assert find_clusters() == 1
    assert Cluster.objects.count() == 1
    assert ClusterMember.objects.count() == 13


def test_the_same_votes_in_any_order_are_alike(consultation: Consultation, debate: Debate):
    ideas = [idea(debate) for _number in range(12)]
    alike = [participant(consultation) for _number in range(3)]
    for number, who in enumerate(alike):
        voted(who, ideas[number:10] + ideas[:number])
    other = participant(consultation)
    voted(other, ideas[:9])
    voted(other, ideas[9:10], "disagree")
    voted(participant(consultation), ideas[:9])
    find_clusters()
    assert members(ClusterKind.ALIKE) == {one.pk for one in alike}


def test_ten_in_a_row_are_alike_whatever_else_was_said(consultation: Consultation, debate: Debate):
    ideas = [idea(debate) for _number in range(20)]
    alike = [participant(consultation) for _number in range(4)]
    for number, who in enumerate(alike):
        voted(who, ideas[4 - number : 15 + number])
    find_clusters()
    find_clusters()
    assert Cluster.objects.count() == 1
    assert members(ClusterKind.ALIKE) == {one.pk for one in alike}


def test_two_who_agree_are_no_cluster(consultation: Consultation, debate: Debate):
    ideas = [idea(debate) for _number in range(12)]
    for _number in range(2):
        voted(participant(consultation), ideas)
    find_clusters()
    assert not Cluster.objects.exists()


def test_votes_without_a_card_are_shown_and_counted_for_staff(  # case 8
    consultation: Consultation, debate: Debate, organiser: Client
):
    forger, hasty = participant(consultation), participant(consultation)
    for _number in range(3):
        cast(idea(debate), forger, key_valid=False)
    cast(idea(debate), hasty, key_valid=False)
    assert organiser.get(LIST).context["standing"].untrusted == 4
    find_clusters()
    assert members(ClusterKind.UNTRUSTED) == {forger.pk}
    cast(idea(debate), hasty, key_valid=False)
    page = organiser.get(LIST)
    assert page.context["standing"].untrusted == 5
    refresh_tallies()
    assert sum(tally.counted for tally in Tally.objects.all()) == 0


def test_twenty_votes_in_a_few_seconds_are_shown(consultation: Consultation, debate: Debate):
    ideas = [idea(debate) for _number in range(21)]
    machine, quick = participant(consultation), participant(consultation)
    voted(machine, ideas, seconds=0.5)
    voted(quick, ideas[:20], "disagree", seconds=2)
    find_clusters()
    assert members(ClusterKind.SPEED) == {machine.pk}


def test_what_was_long_ago_is_not_looked_at(consultation: Consultation):
    newcomers(consultation, 20)
    Origin.objects.update(at=database_now() - timedelta(hours=4))
    assert find_clusters() == 0


def test_another_consultations_newcomers_are_another_cluster(consultation: Consultation):
    other = Site.objects.create(hostname="other.test", root_page=Page.objects.get(depth=2))
    newcomers(consultation, 9)
    newcomers(open_consultation(other), 9)
    find_clusters()
    assert not Cluster.objects.exists()


def test_looking_takes_four_statements_however_many_there_are(
    consultation: Consultation, debate: Debate
):
    with CaptureQueriesContext(connection) as few:
        find_clusters()
    newcomers(consultation, 30)
    with CaptureQueriesContext(connection) as many:
        find_clusters()
    assert len(few) == len(many)
