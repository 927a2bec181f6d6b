"""Moderation: the queue, the decisions, who may take them, and what readers then see."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from core.clock import database_now
from submissions.models import Debate, Decision, DecisionKind, Idea, IdeaStatus, RefusalReason
from submissions.moderation.services import AlreadyDecided, decide
from submissions.signals import idea_published, idea_unpublished
from tests.factories import idea
from tests.submissions.conftest import Visitor, address
from tests.submissions.desk import QUEUE, decide_on, desk_of, moderator_of, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator(db: None) -> User:
    return moderator_of("ada", "en", "fr")


@pytest.fixture
def desk(moderator: User) -> Client:
    """The moderator's browser."""
    return desk_of(moderator)


@pytest.fixture
def waiting(debate: Debate) -> Idea:
    return idea(debate, "We should plant trees in streets.", status=IdeaStatus.AWAITING)


# --- Services -------------------------------------------------------------------------------------


def test_publishing_shows_the_idea_from_then_on(waiting: Idea, moderator: User):
    before = database_now()
    decision = decide(waiting, DecisionKind.PUBLISH, moderator)
    assert waiting.status == IdeaStatus.PUBLISHED
    assert waiting.published_at and waiting.published_at >= before
    assert (decision.moderator, decision.kind, decision.reason) == (moderator, "publish", "")
    assert Visitor().get(address("idea", waiting.pk)).status_code == 200


def test_refusing_keeps_the_reason(waiting: Idea, moderator: User):
    decide(waiting, DecisionKind.REFUSE, moderator, RefusalReason.OFF_TOPIC)
    waiting.refresh_from_db()
    assert waiting.status == IdeaStatus.REFUSED
    assert waiting.published_at is None
    assert Decision.objects.get().reason == RefusalReason.OFF_TOPIC


def test_a_published_idea_can_be_withdrawn_and_is_gone(
    debate: Debate, moderator: User, voter: Visitor
):
    shown = idea(debate)
    voter.vote(shown, "agree")
    decide(shown, DecisionKind.WITHDRAW, moderator, RefusalReason.UNLAWFUL)
    assert voter.get(address("idea", shown.pk)).status_code == 410
    assert shown.votes.count() == 1


def test_a_refusal_without_a_reason_cannot_be_stored(waiting: Idea, moderator: User):
    with pytest.raises(IntegrityError), transaction.atomic():
        decide(waiting, DecisionKind.REFUSE, moderator)
    waiting.refresh_from_db()
    assert waiting.status == IdeaStatus.AWAITING


IMPOSSIBLE = [
    (IdeaStatus.PUBLISHED, DecisionKind.PUBLISH),
    (IdeaStatus.PUBLISHED, DecisionKind.REFUSE),
    (IdeaStatus.REFUSED, DecisionKind.PUBLISH),
    (IdeaStatus.REFUSED, DecisionKind.WITHDRAW),
    (IdeaStatus.WITHDRAWN, DecisionKind.PUBLISH),
    (IdeaStatus.AWAITING, DecisionKind.WITHDRAW),
]


@pytest.mark.parametrize(("status", "kind"), IMPOSSIBLE)
def test_what_was_decided_is_not_decided_again(
    debate: Debate, moderator: User, status: IdeaStatus, kind: DecisionKind
):
    one = idea(debate, status=status)
    with pytest.raises(AlreadyDecided):
        decide(one, kind, moderator, RefusalReason.OTHER)
    one.refresh_from_db()
    assert one.status == status
    assert not Decision.objects.exists()


def test_each_decision_is_a_line_of_the_audit_log_without_the_words(waiting: Idea, moderator: User):
    decide(waiting, DecisionKind.REFUSE, moderator, RefusalReason.PARTISAN)
    line = ModelLogEntry.objects.get()
    assert (line.action, line.user) == ("submissions.refuse_idea", moderator)
    assert line.data == {"reason": "partisan"}
    assert "trees" not in line.label


def test_readers_see_the_new_count_at_once(
    debate: Debate, waiting: Idea, moderator: User, django_capture_on_commit_callbacks
):
    ideas = address("ideas", debate.pk)
    assert "0 ideas published" in Visitor().get(ideas).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        decide(waiting, DecisionKind.PUBLISH, moderator)
    assert "1 idea published" in Visitor().get(ideas).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        decide(waiting, DecisionKind.WITHDRAW, moderator, RefusalReason.OTHER)
    assert "0 ideas published" in Visitor().get(ideas).content.decode()


def test_listeners_hear_of_it_once_it_is_committed(
    waiting: Idea, moderator: User, django_capture_on_commit_callbacks
):
    heard = []

    def listen(sender: type, signal: object, idea: Idea, **_more: object) -> None:
        heard.append((signal, idea.status))

    for signal in (idea_published, idea_unpublished):
        signal.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            decide(waiting, DecisionKind.PUBLISH, moderator)
            assert not heard
        with django_capture_on_commit_callbacks(execute=True):
            decide(waiting, DecisionKind.WITHDRAW, moderator, RefusalReason.OTHER)
    finally:
        for signal in (idea_published, idea_unpublished):
            signal.disconnect(listen)
    assert heard == [(idea_published, "published"), (idea_unpublished, "withdrawn")]


# --- The queue ------------------------------------------------------------------------------------


def test_the_queue_is_what_waits_the_oldest_first(desk: Client, debate: Debate):
    first = idea(debate, "The first that came.", status=IdeaStatus.AWAITING)
    second = idea(debate, "The second that came.", status=IdeaStatus.AWAITING)
    Idea.objects.filter(pk=second.pk).update(created_at=database_now() - timedelta(days=1))
    idea(debate, "Published long ago.")
    page = desk.get(QUEUE)
    assert [one.pk for one in page.context["object_list"]] == [second.pk, first.pk]
    assert "Published long ago." not in page.content.decode()


def test_a_broken_promise_is_marked(desk: Client, waiting: Idea):
    assert "Overdue:" not in desk.get(QUEUE).content.decode()
    Idea.objects.update(created_at=database_now() - timedelta(hours=49))
    page = desk.get(QUEUE).content.decode()
    assert "Overdue: due 1 hour ago" in page
    assert "2 days ago" in page
    assert "Overdue" in desk.get(f"{QUEUE}{waiting.pk}/").content.decode()


def test_the_queue_tells_language_and_debate(desk: Client, debate: Debate):
    idea(debate, "Il faut planter des arbres.", "fr", IdeaStatus.AWAITING)
    page = desk.get(QUEUE).content.decode()
    assert 'lang="fr"' in page
    assert "Français" in page
    assert "Ideas en" in page


def test_the_queue_can_be_filtered_and_searched(desk: Client, debate: Debate):
    idea(debate, "Il faut planter des arbres.", "fr", IdeaStatus.AWAITING)
    idea(debate, "We should open libraries.", "en", IdeaStatus.AWAITING)
    published = idea(debate, "We should close libraries.", "en")
    assert len(desk.get(QUEUE, {"language": "fr"}).context["object_list"]) == 1
    assert len(desk.get(QUEUE, {"q": "LIBRARIES"}).context["object_list"]) == 1
    assert list(desk.get(QUEUE, {"queue": "published"}).context["object_list"]) == [published]
    assert desk.get(f"{QUEUE}results/", {"queue": "published"}).status_code == 200


def test_the_queue_needs_the_same_queries_however_long(desk: Client, debate: Debate):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            desk.get(QUEUE)
        return len(seen)

    idea(debate, status=IdeaStatus.AWAITING)
    queries()
    few = queries()
    for _number in range(20):
        idea(debate, status=IdeaStatus.AWAITING)
    assert queries() == few


def test_the_menu_says_how_many_wait(desk: Client, debate: Debate):
    def menu() -> str:
        return desk.get(reverse("wagtailadmin_home")).content.decode()

    assert "Moderation" in menu()
    assert "Moderation (" not in menu()
    idea(debate, status=IdeaStatus.AWAITING)
    idea(debate, status=IdeaStatus.AWAITING)
    assert "Moderation (2)" in menu()


def test_the_queue_speaks_the_moderators_language(desk: Client, moderator: User, waiting: Idea):
    profile = UserProfile.get_for_user(moderator)
    profile.preferred_language = "fr"
    profile.save()
    for url in (QUEUE, f"{QUEUE}{waiting.pk}/"):
        assert '<html lang="fr"' in desk.get(url).content.decode()


# --- The decision ---------------------------------------------------------------------------------


def test_publishing_from_the_desk(desk: Client, waiting: Idea, moderator: User):
    response = decide_on(desk, waiting, "publish")
    assert response["Location"] == f"{QUEUE}?after={Decision.objects.get().pk}"
    assert f"Idea {waiting.pk} is published." in desk.get(response["Location"]).content.decode()
    assert Decision.objects.get().moderator == moderator


def test_refusing_asks_for_a_reason_of_the_list(desk: Client, waiting: Idea):
    for reason in ("", "because"):
        response = decide_on(desk, waiting, "refuse", reason)
        assert response.status_code == 422
        assert "Choose a reason" in response.content.decode()
    assert not Decision.objects.exists()
    assert decide_on(desk, waiting, "refuse", "insulting").status_code == 302
    assert Decision.objects.get().reason == "insulting"


def test_a_published_idea_offers_to_be_withdrawn_and_nothing_else(desk: Client, debate: Debate):
    shown = idea(debate)
    page = desk.get(f"{QUEUE}{shown.pk}/").content.decode()
    assert 'value="withdraw"' in page
    assert 'value="publish"' not in page
    assert 'value="refuse"' not in page


@pytest.mark.parametrize("status", [IdeaStatus.REFUSED, IdeaStatus.WITHDRAWN])
def test_a_decided_idea_offers_nothing(desk: Client, debate: Debate, status: IdeaStatus):
    page = desk.get(f"{QUEUE}{idea(debate, status=status).pk}/").content.decode()
    assert 'name="kind"' not in page


def test_who_was_quicker_is_told_and_nothing_is_overwritten(desk: Client, waiting: Idea):
    decide(waiting, DecisionKind.REFUSE, staff("grace"), RefusalReason.OFF_TOPIC)
    response = decide_on(desk, waiting, "publish")
    assert response.status_code == 409
    page = response.content.decode()
    assert "Nothing was changed: decided on" in page
    assert "by Grace: Refuse." in page
    waiting.refresh_from_db()
    assert waiting.status == IdeaStatus.REFUSED
    assert Decision.objects.count() == 1


def test_an_idea_imported_as_decided_says_so(desk: Client, debate: Debate):
    imported = idea(debate, status=IdeaStatus.WITHDRAWN)
    response = decide_on(desk, imported, "publish")
    assert "decided on in the meantime" in response.content.decode()


@pytest.mark.parametrize("kind", ["", "delete", "publish\x00"])
def test_a_decision_that_is_none_changes_nothing(desk: Client, waiting: Idea, kind: str):
    assert decide_on(desk, waiting, kind).status_code == 422
    assert not Decision.objects.exists()


def test_a_citizens_words_are_words_in_the_admin_too(desk: Client, debate: Debate):
    one = idea(debate, "<script>alert(1)</script>", status=IdeaStatus.AWAITING)
    for url in (QUEUE, f"{QUEUE}{one.pk}/"):
        assert "<script>alert(1)" not in desk.get(url).content.decode()


def test_moderators_see_no_results(desk: Client, voter: Visitor, debate: Debate):
    shown = idea(debate)
    voter.vote(shown, "agree")
    page = desk.get(f"{QUEUE}{shown.pk}/").content.decode()
    assert "tally" not in page


# --- Who may --------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["", "results/", "{pk}/"])
def test_others_of_the_staff_are_refused(waiting: Idea, path: str):
    other = Client()
    other.force_login(staff("editor", "change_debate"))
    url = QUEUE + path.format(pk=waiting.pk)
    for response in (other.get(url), other.post(url, {"kind": "publish"})):
        assert response.status_code == 302
        assert response["Location"] == reverse("wagtailadmin_home")
    waiting.refresh_from_db()
    assert waiting.status == IdeaStatus.AWAITING
    assert b"Moderation" not in other.get(reverse("wagtailadmin_home")).content


def test_strangers_are_asked_to_log_in(waiting: Idea):
    response = Client().post(f"{QUEUE}{waiting.pk}/", {"kind": "publish"})
    assert reverse("wagtailadmin_login") in response["Location"]


def test_a_decision_needs_the_token(moderator: User, waiting: Idea):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(moderator)
    assert decide_on(careful, waiting, "publish").status_code == 403
