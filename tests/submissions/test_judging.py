"""Organisers set the participants of a cluster aside and take them back; nobody else may."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry

from core.clock import database_now
from home.roles import EDITORS, ORGANISERS, grant_roles, moderators_of, translators_of
from submissions.debate.own_copy import everything_about
from submissions.debate.tallies import refresh_tallies
from submissions.models import (
    Cluster,
    ClusterKind,
    Consultation,
    Debate,
    Participant,
    Tally,
    Vote,
)
from submissions.suspects import finding
from submissions.suspects.finding import find_clusters
from submissions.suspects.retention import forget_clusters
from tests.factories import idea, participant
from tests.submissions.casting import cast
from tests.submissions.desk import desk_of
from tests.submissions.suspecting import LIST, judge, newcomers, organiser_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser() -> Client:
    return organiser_desk()


@pytest.fixture
def cluster(consultation: Consultation, debate: Debate) -> Cluster:
    """Ten newcomers, each with a vote on one idea."""
    wanted = idea(debate)
    for who in newcomers(consultation, 10):
        cast(wanted, who)
    find_clusters()
    refresh_tallies()
    return Cluster.objects.get()


def test_some_are_set_aside_and_taken_back(cluster: Cluster, organiser: Client):
    some = list(Participant.objects.order_by("pk")[:3])
    assert judge(organiser, cluster, "aside", *some).status_code == 302
    assert set(Participant.objects.filter(suspect=True)) == set(some)
    refresh_tallies(touched_within=timedelta(0))
    assert (Tally.objects.get().agree, Tally.objects.get().votes) == (7, 10)
    page = organiser.get(f"{LIST}{cluster.pk}/").content.decode()
    assert "10 agree, 0 disagree, 0 neutral" in page
    judge(organiser, cluster, "back", some[0], reason="She called us.")
    refresh_tallies(touched_within=timedelta(0))
    assert Tally.objects.get().agree == 8
    judge(organiser, cluster, "back_all")
    assert not Participant.objects.filter(suspect=True).exists()
    assert Vote.objects.count() == 10


def test_each_judgement_is_a_line_with_its_reason_and_without_names(
    cluster: Cluster, organiser: Client
):
    judge(organiser, cluster, "aside_all", reason="One <b>hand</b>.")
    judge(organiser, cluster, "back_all", reason="A school.")
    lines = ModelLogEntry.objects.for_instance(cluster).order_by("pk")
    assert [(line.action, line.data, line.user.username) for line in lines] == [
        ("submissions.set_aside", {"reason": "One <b>hand</b>.", "participants": 10}, "olga"),
        ("submissions.take_back", {"reason": "A school.", "participants": 10}, "olga"),
    ]
    page = organiser.get(f"{LIST}{cluster.pk}/").content.decode()
    assert "A school." in page and "One &lt;b&gt;hand&lt;/b&gt;." in page  # case 51
    judge(organiser, cluster, "back_all", reason="Again.")
    assert lines.count() == 2  # nothing changed


@pytest.mark.parametrize(
    "sent",
    [
        {"judgement": "aside_all", "reason": ""},
        {"judgement": "aside_all", "reason": " "},
        {"judgement": "aside", "reason": "Why"},
        {"judgement": "aside", "reason": "Why", "who": "garbage"},
        {"judgement": "delete_all", "reason": "Why"},
        {"reason": "Why"},
    ],
)
def test_what_can_not_be_judged_changes_nothing_and_says_so(
    cluster: Cluster, organiser: Client, sent: dict[str, str]
):
    answer = organiser.post(f"{LIST}{cluster.pk}/", sent)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not Participant.objects.filter(suspect=True).exists()


def test_who_is_not_of_the_cluster_is_not_judged_by_it(
    cluster: Cluster, organiser: Client, consultation: Consultation
):
    stranger = participant(consultation)
    assert judge(organiser, cluster, "aside", stranger).status_code == 422
    judge(organiser, cluster, "aside_all")
    stranger.refresh_from_db()
    assert not stranger.suspect


def test_a_guest_who_became_somebody_is_judged_as_them(
    cluster: Cluster, organiser: Client, consultation: Consultation
):
    guest, known = Participant.objects.first(), participant(consultation)
    Participant.objects.filter(pk=guest.pk).update(became=known)
    judge(organiser, cluster, "aside_all")
    known.refresh_from_db()
    assert known.suspect
    assert Cluster.objects.with_size().get().aside == 10


def test_who_is_set_aside_goes_on_voting_and_is_not_counted(
    cluster: Cluster, organiser: Client, debate: Debate
):
    judge(organiser, cluster, "aside_all")
    another = idea(debate)
    assert cast(another, Participant.objects.filter(suspect=True).first()) == "cast"
    refresh_tallies()
    tally = Tally.objects.get(idea=another)
    assert (tally.counted, tally.votes) == (0, 1)


def test_their_copy_of_what_is_kept_tells_them(cluster: Cluster):  # case 61
    told = everything_about(Participant.objects.first())
    assert [seen["kind"] for seen in told["seen_in_suspicions"]] == [ClusterKind.NEWCOMERS]


def test_a_copy_tells_what_was_seen_of_a_guest_they_were(cluster: Cluster):  # case 61
    guest = Participant.objects.earliest("pk")
    known = participant(guest.consultation)
    Participant.objects.filter(pk=guest.pk).update(became=known)
    assert len(everything_about(known)["seen_in_suspicions"]) == 1


def test_a_look_that_takes_too_long_is_told_and_changes_nothing(
    cluster: Cluster, organiser: Client, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(finding, "MOST_SECONDS", 0.05)
    monkeypatch.setattr(finding, "ONE_AT_A_TIME", "SELECT pg_sleep(5)")
    answer = organiser.post(f"{LIST}look-again/", follow=True)
    assert answer.status_code == 200
    assert "took too long" in answer.content.decode()


def test_erased_they_leave_the_cluster(cluster: Cluster, organiser: Client):
    Participant.objects.first().delete()
    assert organiser.get(f"{LIST}{cluster.pk}/").status_code == 200
    assert Cluster.objects.with_size().get().size == 9


def test_clusters_are_forgotten_and_judgements_are_not(cluster: Cluster, organiser: Client):
    judge(organiser, cluster, "aside_all")
    forget_clusters(database_now() + timedelta(days=89))
    assert Cluster.objects.exists()
    forget_clusters(database_now() + timedelta(days=91))
    assert not Cluster.objects.exists()
    assert Participant.objects.filter(suspect=True).count() == 10
    assert ModelLogEntry.objects.filter(action="submissions.set_aside").exists()


def test_the_pages_take_as_many_queries_for_many_as_for_few(
    cluster: Cluster, organiser: Client, consultation: Consultation, debate: Debate
):
    def queries(path: str) -> int:
        organiser.get(path)
        with CaptureQueriesContext(connection) as ran:
            assert organiser.get(path).status_code == 200
        return len(ran)

    page = f"{LIST}{cluster.pk}/"
    few = (queries(LIST), queries(page))
    for who in newcomers(consultation, 20):
        cast(idea(debate), who)
    for number in range(3):
        newcomers(consultation, 10, bytes([number]) * 32)
    find_clusters()
    assert (queries(LIST), queries(page)) == few


# --- Who may --------------------------------------------------------------------------------------

ROLES = {
    ORGANISERS: 200,
    EDITORS: 302,
    translators_of("French"): 302,
    moderators_of("French"): 302,
    moderators_of("English"): 302,
}


@pytest.mark.parametrize(("role", "status"), ROLES.items())
def test_only_organisers_see_and_judge(cluster: Cluster, role: str, status: int):  # case 45
    grant_roles()
    user = User.objects.create_user("somebody", "s@example.org", "secret")
    user.groups.add(Group.objects.get(name=role))
    desk = desk_of(user)
    assert desk.get(LIST).status_code == status
    assert desk.get(f"{LIST}{cluster.pk}/").status_code == status
    judge(desk, cluster, "aside_all")
    assert Participant.objects.filter(suspect=True).exists() is (status == 200)
    assert ("/admin/suspects/" in desk.get("/admin/").content.decode()) is (status == 200)


def test_an_administrator_may_and_a_visitor_may_not(cluster: Cluster):
    admin = User.objects.create_superuser("admin", "a@example.org", "secret")
    assert desk_of(admin).get(LIST).status_code == 200
    assert Client().get(LIST).status_code == 302
    assert Client().post(f"{LIST}look-again/").status_code == 302


@pytest.mark.parametrize("address_of", ["999999/", "0/"])
def test_what_is_not_there_is_a_404(organiser: Client, address_of: str):
    assert organiser.get(LIST + address_of).status_code == 404
