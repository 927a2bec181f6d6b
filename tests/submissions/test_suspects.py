"""Clusters are found, shown to organisers and judged; nothing is deleted, both totals are shown."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page, Site

from core.clock import database_now
from home.roles import EDITORS, ORGANISERS, grant_roles, moderators_of, translators_of
from submissions.debate.own_copy import everything_about
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
from submissions.suspects.retention import forget_clusters
from tests.factories import idea, open_consultation, participant
from tests.submissions.casting import cast
from tests.submissions.conftest import Visitor, address
from tests.submissions.desk import desk_of, staff

pytestmark = pytest.mark.django_db

LIST = "/admin/suspects/"
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
    return desk_of(staff("olga", "judge_participant"))


def newcomers(consultation: Consultation, many: int, origin: bytes = b"o" * 32) -> list[Any]:
    """So many who began one minute after the other, the last of them now."""
    found = [participant(consultation) for _number in range(many)]
    for minutes, who in enumerate(reversed(found)):
        at = database_now() - timedelta(minutes=minutes)
        Origin.objects.create(participant=who, origin_hash=origin, at=at)
    return found


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


def judge(desk: Client, cluster: Cluster, judgement: str, *who: Participant, reason="Bots.") -> Any:
    sent = {"judgement": judgement, "reason": reason, "who": [str(one.pk) for one in who]}
    return desk.post(f"{LIST}{cluster.pk}/", sent)


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


# --- Judging --------------------------------------------------------------------------------------


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
