"""One's own votes: a list to read again, from which they are changed or undone."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.clock import database_now
from submissions.debate.own_votes import VOTES_A_PAGE
from submissions.models import Debate, Idea, IdeaStatus, Participant, Vote, VoteEvent
from tests.factories import idea, participant, translation_of
from tests.submissions.conftest import Visitor, address

pytestmark = pytest.mark.django_db

LIST = address("own_votes")
FRENCH = address("own_votes", language="fr")


def voted(me: Participant, of: Idea, choice: str = "agree", **fields: object) -> Vote:
    return Vote.objects.create(idea=of, participant=me, choice=choice, read_in="en", **fields)


def undo_form(page: str, of: Idea) -> dict[str, str]:
    """What the button beside the vote sends."""
    form = page.split(f'action="{address("undo", of.pk)}"')[1].split("</form>", maxsplit=1)[0]
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))


def test_each_vote_stands_with_its_words_and_what_was_added(
    voter: Visitor, me: Participant, debate: Debate
):
    one = idea(debate)
    voted(me, one, "disagree", qualifications=["no_way", "unrealistic"])
    page = voter.get(LIST).content.decode()
    assert one.original.text in page
    assert f'href="{address("idea", one.pk)}"' in page
    for said in ("Disagree", "No way", "Unrealistic", "Said on", "A theme"):
        assert said in page
    assert "no-store" in voter.get(LIST)["Cache-Control"]


def test_nobody_sees_anothers_votes(voter: Visitor, debate: Debate):
    theirs = idea(debate, "We should keep what others say apart.")
    voted(participant(debate.consultation), theirs)
    assert "apart" not in voter.get(LIST).content.decode()
    nobody = Visitor().get(LIST)
    assert "You have not voted yet." in nobody.content.decode()
    assert not nobody.cookies


def test_words_come_in_a_language_that_is_read(voter: Visitor, me: Participant, debate: Debate):
    one = idea(debate, "We should plant trees.")
    translation_of(one, "Il faut planter des arbres.", "fr")
    draft = idea(debate, "We should wait.")
    translation_of(draft, "Il faut un brouillon.", "fr", approved=False)
    voted(me, one)
    voted(me, draft)
    assert "We should plant trees." in voter.get(LIST).content.decode()
    french = voter.get(FRENCH).content.decode()
    assert 'lang="fr" dir="auto"' in french
    assert "Il faut planter des arbres." in french
    assert "We should wait." in french
    assert "brouillon" not in french
    Participant.objects.update(reads=["fr"])
    assert "Il faut planter des arbres." in voter.get(LIST).content.decode()


@pytest.mark.parametrize("status", [IdeaStatus.WITHDRAWN, IdeaStatus.REFUSED, IdeaStatus.AWAITING])
def test_an_idea_that_is_public_no_more_is_shown_without_words(
    voter: Visitor, me: Participant, debate: Debate, status: IdeaStatus
):
    gone = idea(debate, "We should hide the canary.")
    voted(me, gone)
    Idea.objects.update(status=status)
    page = voter.get(LIST).content.decode()
    assert f"Idea {gone.pk} is public no more." in page
    assert "canary" not in page
    assert address("undo", gone.pk) not in page


def test_undo_leads_back_to_the_list_where_one_was_in_it(
    voter: Visitor, me: Participant, debate: Debate
):
    first, second = idea(debate), idea(debate)
    voted(me, first)
    before = voted(me, second).pk
    page = voter.get(LIST, {"before": before}).content.decode()
    answer = voter.post(address("undo", first.pk), undo_form(page, first))
    assert answer["Location"] == f"{LIST}?undone={first.pk}&before={before}"
    assert list(Vote.objects.values_list("idea", flat=True)) == [second.pk]
    assert VoteEvent.objects.get().kind == "undone"
    told = voter.get(answer["Location"]).content.decode()
    assert f"Your vote on idea {first.pk} is undone." in told
    voted(me, first)  # cast again since: an old address says nothing false
    assert "is undone" not in voter.get(answer["Location"]).content.decode()
    for asked in ({"undone": second.pk + 99}, {"kept": second.pk + 99}):
        assert f"idea {second.pk + 99}" not in voter.get(LIST, asked).content.decode()


def test_in_a_closed_debate_the_list_says_so_and_offers_no_undo(
    voter: Visitor, me: Participant, debate: Debate
):
    one = idea(debate)
    voted(me, one)
    form = undo_form(voter.get(LIST).content.decode(), one)
    Debate.objects.update(closes_at=database_now() - timedelta(seconds=1))
    page = voter.get(LIST).content.decode()
    assert "The debate is closed: this vote stays as it is." in page
    assert address("undo", one.pk) not in page
    answer = voter.post(address("undo", one.pk), form)  # from a page opened before
    assert answer["Location"] == f"{LIST}?kept={one.pk}"
    assert "could not be undone" in voter.get(answer["Location"]).content.decode()
    assert Vote.objects.exists()


def test_undoing_a_vote_on_an_idea_that_was_withdrawn_meanwhile_is_told(
    voter: Visitor, me: Participant, debate: Debate
):
    one = idea(debate)
    voted(me, one)
    form = undo_form(voter.get(LIST).content.decode(), one)
    Idea.objects.update(status=IdeaStatus.WITHDRAWN)
    answer = voter.post(address("undo", one.pk), form)
    assert answer["Location"] == f"{LIST}?kept={one.pk}"


def test_pages_follow_each_other_without_gap_or_overlap_at_one_cost(
    voter: Visitor, me: Participant, debate: Debate
):
    for _each in range(2 * VOTES_A_PAGE + 1):
        translation_of(one := idea(debate), "Il faut planter.", "fr")
        voted(me, one)
    where: str | None = LIST
    seen: list[str] = []
    costs = []
    while where:
        with CaptureQueriesContext(connection) as queries:
            page = voter.get(where).content.decode()
        costs.append(len(queries))
        seen += re.findall(r'id="vote-(\d+)"', page)
        older = re.search(r'href="(\?before=\d+)" rel="next"', page)
        where = f"{LIST}{older[1]}" if older else None
    newest_first = [str(vote.idea_id) for vote in Vote.objects.order_by("-pk")]
    assert seen == newest_first
    Vote.objects.exclude(pk__in=Vote.objects.values("pk")[:1]).delete()
    with CaptureQueriesContext(connection) as queries:
        voter.get(LIST)
    assert {*costs, len(queries)} == {costs[0]}
    assert costs[0] <= 12


@pytest.mark.parametrize("asked", ["before=x", "before=", "before=1%00", f"before={'9' * 30}"])
def test_a_place_that_is_none_is_not_found(voter: Visitor, asked: str):  # case 68
    assert voter.get(f"{LIST}?{asked}").status_code == 404


def test_a_place_of_anothers_vote_tells_nothing(voter: Visitor, me: Participant, debate: Debate):
    one = idea(debate)
    voted(me, one)
    theirs = voted(participant(debate.consultation), one)
    assert f'id="vote-{one.pk}"' in voter.get(LIST, {"before": theirs.pk}).content.decode()
