"""The desk: order, tabs, spelling, spam, and posts that mean nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry

from core.clock import database_now
from submissions.models import (
    Debate,
    Decision,
    DecisionKind,
    Idea,
    IdeaStatus,
    IdeaText,
    Notice,
    RefusalReason,
)
from submissions.moderation import corrections
from submissions.moderation.services import decide, escalate, undo
from tests.factories import idea, participant, translation_of
from tests.submissions.desk import QUEUE, decide_on, desk_of

pytestmark = pytest.mark.django_db
NASTY = [
    "<script>alert(1)</script> We should test.",
    '"><img src=x onerror=alert(1)> We should.',
    "{{ 7|add:7 }} {% debug %} We should test.",
    "javascript:alert(1)// We should test it.",
]


@pytest.fixture
def desk(ada: User) -> Client:
    return desk_of(ada)


@pytest.fixture
def waiting(debate: Debate) -> Idea:
    return idea(debate, "We should teech music in scools.", status=IdeaStatus.AWAITING)


def age(one: Idea, hours: float) -> None:
    Idea.objects.filter(pk=one.pk).update(created_at=database_now() - timedelta(hours=hours))


# --- The queue ------------------------------------------------------------------------------------


def test_the_tabs_count_and_hold_what_they_say(desk: Client, debate: Debate, ada: User):
    late, asked, fresh = (idea(debate, status=IdeaStatus.AWAITING) for _number in range(3))
    age(late, 50)
    escalate(asked, ada, "Is this partisan?")
    idea(debate)
    idea(debate, status=IdeaStatus.WITHDRAWN)
    page = desk.get(QUEUE)
    assert [tab["count"] for tab in page.context["tabs"]] == [3, 1, 1, 0, 1, 0, 1]
    assert [one.pk for one in page.context["object_list"]] == [late.pk, asked.pk, fresh.pk]
    for queue, wanted in (("overdue", late), ("escalated", asked)):
        listed = desk.get(QUEUE, {"queue": queue}).context["object_list"]
        assert [one.pk for one in listed] == [wanted.pk]


def test_both_languages_text_is_shown_approved_or_not(desk: Client, waiting: Idea):
    translation_of(waiting, "Il faut enseigner la musique.", "fr", approved=False)
    for url in (QUEUE, f"{QUEUE}{waiting.pk}/"):
        page = desk.get(url).content.decode()
        assert '<span lang="fr" dir="auto">Il faut enseigner la musique.</span>' in page
    assert "not approved" in page


def test_three_hundred_ideas_cost_the_queries_of_one(desk: Client, debate: Debate):
    def queries(url: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert desk.get(url).status_code == 200
        return len(seen)

    first, _second = (idea(debate, status=IdeaStatus.AWAITING) for _number in range(2))
    urls = (QUEUE, f"{QUEUE}{first.pk}/")
    few = [(queries(url), queries(url))[1] for url in urls]
    ideas = Idea.objects.bulk_create(
        Idea(debate=debate, language="en", status=IdeaStatus.AWAITING) for _number in range(298)
    )
    IdeaText.objects.bulk_create(
        IdeaText(idea=one, language="en", text="We should count queries.") for one in ideas
    )
    assert [queries(url) for url in urls] == few


@pytest.mark.parametrize(
    "query",
    [
        {"author__email__startswith": "a"},
        {"_connector": "OR"},
        {"order_by": "password"},
        {"ordering": "password"},
        {"queue": "secret"},
        {"queue": "awaiting\x00"},
        {"language\x00": "en"},
    ],
)
def test_only_known_filters_are_taken(
    desk: Client, waiting: Idea, query: dict[str, str]
):  # case 48
    for url in (QUEUE, f"{QUEUE}results/", f"{QUEUE}{waiting.pk}/", f"{QUEUE}spam/"):
        assert desk.get(url, query).status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        {"language": "xx\x00"},
        {"debate": "1e9"},
        {"debate": "9" * 40},
        {"q": "\x00"},
        {"p": "999999"},
        {"p": "-1"},
        {"after": "٣"},
        {"after": "9" * 40},
    ],
)
def test_odd_values_are_no_fault_of_ours(desk: Client, waiting: Idea, query: dict[str, str]):
    assert desk.get(QUEUE, query).status_code in {200, 400, 404}
    assert desk.get(f"{QUEUE}{waiting.pk}/", query).status_code in {200, 400}


# --- Spelling -------------------------------------------------------------------------------------

WRITTEN = "We should teech music in scools."
MENDED = "We should teach music in schools."


def test_spelling_is_mended_beside_the_authors_words(desk: Client, waiting: Idea):
    sent = {"seen": WRITTEN, "text": MENDED}
    shown = decide_on(desk, waiting, "correct", **sent)
    assert shown.status_code == 200
    assert "<del>teech</del><ins>teach</ins>" in shown.content.decode()
    assert not Decision.objects.exists()
    assert decide_on(desk, waiting, "correct", **sent, confirmed=MENDED).status_code == 302
    text = IdeaText.objects.get()
    assert (text.text, text.as_written) == (MENDED, WRITTEN)
    assert ModelLogEntry.objects.get().action == "submissions.correct_idea"
    assert "music" not in str(ModelLogEntry.objects.values())
    assert "<del>scools</del><ins>schools</ins>" in (
        desk.get(f"{QUEUE}{waiting.pk}/").content.decode()
    )


@pytest.mark.parametrize(
    "text",
    [
        "We should ban music in schools.",
        "We should not teach music in schools.",
        "We should teech music in prisons.",
        "We should teech music in scools, and abolish exams everywhere.",
        "We shouldn't teech music in scools.",
    ],
)
def test_more_than_spelling_is_refused(desk: Client, waiting: Idea, ada: User, text: str):
    answer = decide_on(desk, waiting, "correct", seen=WRITTEN, text=text, confirmed=text)
    assert answer.status_code == 422
    assert "more than the spelling" in answer.content.decode()
    with pytest.raises(corrections.MoreThanSpelling):
        corrections.correct(waiting, ada, text, seen=WRITTEN)
    assert IdeaText.objects.get().text == WRITTEN


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Il faut ouvrir les donnees de sante", "Il faut ouvrir les données de santé."),
        ("IL FAUT PLANTER DES ARBRES", "Il faut planter des arbres"),
        ("We should of course , test", "We should, of course, test"),
        ("Faut aider les ecole rural", "Faut aider les écoles rurales"),
        ("We should let all citizen vote", "We should let all citizens vote"),
    ],
)
def test_accents_capitals_signs_and_letters_are_spelling(before: str, after: str):
    assert corrections.only_spelling(before, after)


def test_the_rules_of_writing_hold_for_a_correction(desk: Client, waiting: Idea):
    for text in ("", "x" * 200, "Bad\x07 text", "\u202e"):
        answer = decide_on(desk, waiting, "correct", seen=WRITTEN, text=text)
        assert answer.status_code == 422
    assert decide_on(desk, waiting, "correct").status_code == 422
    assert decide_on(desk, waiting, "correct", text=MENDED).status_code == 422


def test_two_who_mend_at_once_do_not_overwrite_each_other(desk: Client, waiting: Idea, grace: User):
    corrections.correct(waiting, grace, "We should teech music in schools.", seen=WRITTEN)
    late = decide_on(desk, waiting, "correct", seen=WRITTEN, text=MENDED, confirmed=MENDED)
    assert late.status_code == 409
    page = late.content.decode()
    assert "by Grace: Mend the spelling." in page
    assert "You had typed:" in page
    assert MENDED in page


def test_mended_back_nothing_was_mended(waiting: Idea, ada: User):
    corrections.correct(waiting, ada, MENDED, seen=WRITTEN)
    corrections.correct(waiting, ada, WRITTEN, seen=MENDED)
    assert IdeaText.objects.get().as_written == ""
    assert corrections.correct(waiting, ada, WRITTEN, seen=WRITTEN) is None


# --- Spam -----------------------------------------------------------------------------------------


def test_spam_goes_in_one_press_with_a_row_each(desk: Client, debate: Debate, ada: User):
    ideas = [idea(debate, f"Buy number {n} now.", status=IdeaStatus.AWAITING) for n in range(3)]
    shown = desk.get(f"{QUEUE}spam/", {"id": [one.pk for one in ideas]})
    assert all(one.original.text in shown.content.decode() for one in ideas if one.original)
    assert not Decision.objects.exists()
    sent = {"id": [ideas[0].pk, ideas[1].pk], "reason": "advertising"}
    answer = desk.post(f"{QUEUE}spam/", sent)
    assert "2 ideas are refused as spam." in desk.get(answer["Location"]).content.decode()
    assert (
        list(Decision.objects.values_list("kind", "reason", "moderator"))
        == [("refuse", "advertising", ada.pk)] * 2
    )
    assert Idea.objects.awaiting().count() == 1


@pytest.mark.parametrize("reason", ["", "partisan", "off_topic", "already_said", "x\x00"])
def test_an_opinion_is_never_refused_in_bulk(desk: Client, waiting: Idea, reason: str):
    answer = desk.post(f"{QUEUE}spam/", {"id": waiting.pk, "reason": reason})
    assert answer.status_code == 422
    assert not Decision.objects.exists()


def test_what_was_decided_meanwhile_is_left_alone(desk: Client, waiting: Idea, grace: User):
    decide(waiting, DecisionKind.PUBLISH, grace)
    desk.post(f"{QUEUE}spam/", {"id": waiting.pk, "reason": "advertising"})
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("sent", [{}, {"id": ["x", "-1", "9" * 40, "9" * 5000, "\x00"]}])
def test_ticking_nothing_is_told(desk: Client, sent: dict[str, Any]):
    for ask in (desk.get, desk.post):
        answer = ask(f"{QUEUE}spam/", sent)
        assert answer.status_code == 302
        assert "Tick the ideas" in desk.get(answer["Location"]).content.decode()


# --- What stays -----------------------------------------------------------------------------------


def test_nobody_edits_or_deletes_a_decision_not_even_the_database(waiting: Idea, ada: User):
    decision = decide(waiting, DecisionKind.REFUSE, ada, RefusalReason.OTHER)
    rows = Decision.objects.filter(pk=decision.pk)
    for change in (
        lambda: rows.update(reason="insulting"),
        lambda: rows.update(decided_at=database_now()),
        lambda: rows.update(moderator=None, kind="publish"),
        lambda: Notice.objects.all().delete() and rows._raw_delete(rows.db),
        decision.save,
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    ada.delete()
    decision.refresh_from_db()
    assert (decision.moderator, decision.reason) == (None, "other")


def test_the_history_tells_everything_to_staff_only(
    desk: Client, waiting: Idea, ada: User, grace: User
):
    escalate(waiting, grace, "Seen on a poster?")
    corrections.correct(waiting, ada, MENDED, seen=WRITTEN)
    refusal = decide(waiting, DecisionKind.REFUSE, ada, RefusalReason.OTHER)
    undo(waiting, refusal, grace)
    decide(waiting, DecisionKind.PUBLISH, grace)
    page = desk.get(f"{QUEUE}{waiting.pk}/").content.decode()
    history = page[page.index("desk-history") :]
    for words in (
        "Received",
        "Ask another moderator, Grace",
        "Seen on a poster?",
        "Mend the spelling, Ada",
        "<s>Refuse (Another reason)</s> (undone)",
        "Undo the last decision (Refuse), Grace",
        "Publish, Grace",
        "Not sent: the decision was undone",
        "Waiting",
    ):
        assert words in history


@pytest.mark.parametrize("words", NASTY)
def test_words_are_words_everywhere_on_the_desk(  # case 51
    desk: Client, debate: Debate, ada: User, words: str
):
    one = idea(
        debate,
        words,
        status=IdeaStatus.AWAITING,
        organisation=words,
        author=participant(debate.consultation),
    )
    escalate(one, ada, words)
    pages = [
        desk.get(QUEUE),
        desk.get(QUEUE, {"q": words}),
        desk.get(f"{QUEUE}{one.pk}/"),
        desk.get(f"{QUEUE}spam/", {"id": one.pk}),
        decide_on(desk, one, "refuse", words),
        decide_on(desk, one, "correct", seen=words, text=words + " " + words),
        decide_on(desk, one, "undo", decision=words),
    ]
    for page in pages:
        html = page.content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "7|add:7 }} {% debug" in html or "add:7" not in words


@pytest.mark.parametrize("kind", [*DecisionKind.values, "", "x", "\x00"])
@pytest.mark.parametrize("status", [s for s in IdeaStatus if s != IdeaStatus.UNCONFIRMED])
def test_no_post_is_a_fault(desk: Client, debate: Debate, kind: str, status: IdeaStatus):
    one = idea(debate, status=status)
    for sent in (
        {},
        {"reason": "\x00", "note": "\x00", "text": "\x00", "seen": "\x00", "decision": "\x00"},
        {"reason": "other", "note": "Why", "text": "x", "seen": "x", "confirmed": "x"},
    ):
        answer = desk.post(f"{QUEUE}{one.pk}/", {"kind": kind, **sent})
        assert answer.status_code in {302, 409, 422}
