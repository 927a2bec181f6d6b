"""The reading view: what is shown, whose it is to read, notes, versions, history."""

from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from submissions.contributions.staff import notes, passages, readings
from submissions.contributions.staff.differences import compared
from submissions.contributions.staff.places import Place
from submissions.contributions.staff.queue import neighbours
from submissions.models import (
    Contribution,
    ContributionState,
    Note,
    Passage,
    Reading,
    ReadingState,
)
from tests.submissions.dossiers import text_of
from tests.submissions.libraries import Room, desk_of, member_of_staff, room

READER = ("view_contribution", "change_reading", "add_passage", "add_note")
LIST = reverse("contributions:index")


@pytest.fixture
def where(db: None) -> Room:
    return room()


@pytest.fixture
def one(where: Room) -> Contribution:
    return where.contribution()


@pytest.fixture
def ada(db: None) -> Any:
    return member_of_staff("ada", *READER)


@pytest.fixture
def grace(db: None) -> Any:
    return member_of_staff("grace", *READER)


@pytest.fixture
def desk(ada: Any) -> Client:
    return desk_of(ada)


def page_of(one: Contribution, query: str = "") -> str:
    return reverse("contributions:inspect", args=[one.pk]) + query


def act(desk: Client, one: Contribution, what: str, **more: Any) -> Any:
    return desk.post(page_of(one, more.pop("query", "")), {"act": what, **more})


def reading_of(one: Contribution) -> tuple[Any, ...]:
    reading = Reading.objects.get(contribution=one)
    return reading.state, reading.assignee and reading.assignee.username, reading.version_read


# --- What is shown --------------------------------------------------------------------------------


def test_each_question_stands_beside_its_answer_in_the_language_answered(where, desk):
    one = where.contribution("Ouvrir les modèles.", language="fr", short="Un projet")
    html = text_of(desk.get(page_of(one)))
    assert html.index("[fr] Name one project.") < html.index("Un projet")
    assert html.index("Un projet") < html.index("[fr] What do you propose")
    assert 'lang="fr" dir="auto">Ouvrir les modèles.</div>' in html


def test_choices_and_scales_are_said_in_the_readers_language(where, one, ada, desk):
    where.answer(one, kind="scale", number=4, language="fr")
    answer = where.answer(one, kind="one_choice", language="fr")
    answer.choices.add(where.question("one_choice").choices.get(position=1))
    html = text_of(desk.get(page_of(one)))
    assert "Schools</li>" in html
    assert "Not at all" in html
    UserProfile.objects.update_or_create(user=ada, defaults={"preferred_language": "fr"})
    assert "[fr] Schools</li>" in text_of(desk.get(page_of(one)))


def test_a_ranking_is_numbered_by_its_ranks_alone(where, one, desk):
    ranking = where.questionnaire.questions.create(kind="ranking", block_id=uuid4(), position=9)
    ranking.wordings.create(version=1, language="en", label="In order?")
    choice = ranking.choices.create(item_id=uuid4(), position=0)
    choice.labels.create(language="en", text="Rivers")
    where.answer(one, kind="ranking").ticks.create(choice=choice, place=1)
    page = BeautifulSoup(desk.get(page_of(one)).content, "html.parser")
    ranks = page.select(".reading-ranks")
    assert [line.get_text(strip=True) for line in ranks] == ["1. Rivers"]


def test_questions_that_were_not_answered_are_named(where, one, desk):
    html = text_of(desk.get(page_of(one)))
    left = html[html.index("Not answered") :]
    for words in ("Name one project.", "Which comes first?", "How open?"):
        assert words in left
    assert "What do you propose?" not in left


def test_an_answer_to_older_words_is_shown_under_those_words(where, one, desk):
    question = where.question()
    for wording in list(question.wordings.filter(version=1)):
        wording.pk, wording.version, wording.label = None, 2, "Quite another question?"
        wording.save()
    question.version = 2
    question.save()
    html = text_of(desk.get(page_of(one)))
    assert "What do you propose?" in html
    assert "Quite another question?" not in html
    assert "Answers version 1 of the question, whose words are above; the newest is 2." in html


def test_files_consents_versions_and_hashes_are_shown(where, one, desk):
    where.file(one, "Annexe 1.pdf")
    where.file(one, "answer.odt", kind="odt", question=where.question("scale"))
    html = text_of(desk.get(page_of(one)))
    for words in ("Annexe 1.pdf", "answer.odt", "Version 2026-11", one.versions.get().sha256):
        assert words in html


def test_reading_needs_as_many_queries_for_much_as_for_little(where, desk, ada):
    little, much = where.contribution(), where.contribution(short="x")
    for kind in ("one_choice", "several_choices"):
        answer = where.answer(much, kind=kind)
        answer.choices.set(where.question(kind).choices.all()[:1])
        little_answer = where.answer(little, kind=kind)
        little_answer.choices.set(where.question(kind).choices.all()[:1])
    for answer in much.answers.exclude(text=""):
        passages.mark(answer, Place(0, 1), [], ada, quote=answer.text[0])
    passages.mark(little.answers.exclude(text="").get(), Place(0, 1), [], ada, quote="M")
    for number in range(3):
        notes.add(much, ada, f"Note {number}")
        where.version(much)
    notes.add(little, ada, "Note")
    desk.get(page_of(much))
    with CaptureQueriesContext(connection) as few:
        desk.get(page_of(little))
    with CaptureQueriesContext(connection) as many:
        desk.get(page_of(much))
    assert len(many) <= len(few)


def test_a_withdrawn_contribution_is_shown_as_such_and_nothing_can_be_done(one, desk):
    Contribution.objects.filter(pk=one.pk).update(
        state=ContributionState.WITHDRAWN, name="", organisation="", role="", country=""
    )
    one.answers.all().delete()
    html = text_of(desk.get(page_of(one)))
    assert "Its author has withdrawn this contribution" in html
    assert 'value="read"' not in html
    for what in ("take", "read", "code", "note"):
        assert act(desk, one, what, version=1, note="x").status_code == 409
    assert not Note.objects.exists()


# --- Whose it is ----------------------------------------------------------------------------------


def test_it_is_taken_given_read_and_read_again(one, desk, ada, grace):
    act(desk, one, "take")
    assert reading_of(one) == (ReadingState.BEING_READ, "ada", None)
    act(desk, one, "give", to=grace.pk, seen=ada.pk)
    assert reading_of(one) == (ReadingState.TO_READ, "grace", None)
    act(desk, one, "give_back", seen=grace.pk)
    assert reading_of(one) == (ReadingState.TO_READ, None, None)
    act(desk, one, "read", version=1)
    assert reading_of(one) == (ReadingState.READ, "ada", 1)
    act(desk, one, "read_again")
    assert reading_of(one) == (ReadingState.BEING_READ, "ada", 1)


def test_of_two_who_take_it_the_second_is_told_who_was_quicker(one, desk, grace):
    act(desk_of(grace), one, "take")
    response = act(desk, one, "take", note="kept")
    assert response.status_code == 409
    html = text_of(response)
    assert "grace reads it." in html
    assert reading_of(one)[1] == "grace"


@pytest.mark.django_db(transaction=True)
def test_two_who_take_it_at_the_same_moment(where, one, ada, grace):
    barrier, outcomes = Barrier(2), []

    def take(user: Any) -> None:
        barrier.wait(5)
        try:
            readings.assign(one, user, user, seen=None)
            outcomes.append(user.username)
        except readings.Meanwhile as quicker:
            outcomes.append(f"told of {quicker.reading.assignee}")
        finally:
            connections.close_all()

    threads = [Thread(target=take, args=[user]) for user in (ada, grace)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    (winner,) = [outcome for outcome in outcomes if not outcome.startswith("told")]
    assert sorted(outcomes) == sorted([winner, f"told of {winner}"])
    assert reading_of(one)[1] == winner


@pytest.mark.parametrize(
    ("what", "more"),
    [("give", {"to": ""}), ("give", {"to": "x"}), ("nothing", {}), ("note", {"note": " "})],
)
def test_a_post_that_means_nothing_is_told(one, desk, what, more):
    assert act(desk, one, what, **more).status_code == 422


def test_who_is_no_reader_can_not_be_given_anything(one, desk):
    stranger = member_of_staff("stranger", "view_contribution")
    assert act(desk, one, "give", to=stranger.pk).status_code == 422


def test_marking_as_read_leads_to_the_next_that_waits_in_the_lists_order(where, desk, ada, grace):
    rows = {name: where.contribution(name=name) for name in "ABCDE"}
    readings.assign(rows["B"], grace, grace, seen=None)
    readings.mark_read(rows["C"], ada, version=1)
    query = "?ordering=name"
    response = act(desk, rows["A"], "read", version=1, query=query)
    assert response.url == page_of(rows["D"], query)
    act(desk, rows["D"], "read", version=1, query=query)
    response = act(desk, rows["E"], "read", version=1, query=query)
    assert response.url == LIST + query


def test_previous_and_next_follow_the_list_and_its_filters(where, ada):
    rows = [where.contribution(name=name) for name in "ABC"]
    around = neighbours(Contribution.objects.order_by("name"), rows[1].pk, ada)
    assert (around.place, around.of) == (2, 3)
    assert (around.previous, around.next) == (rows[0].pk, rows[2].pk)
    first = neighbours(Contribution.objects.order_by("name"), rows[0].pk, ada)
    assert (first.previous, first.next) == (None, rows[1].pk)
    outside = neighbours(Contribution.objects.filter(name="C"), rows[0].pk, ada)
    assert (outside.place, outside.next_to_read) == (None, rows[2].pk)


# --- A newer version ------------------------------------------------------------------------------


def send_again(where: Room, one: Contribution, text: str) -> None:
    where.answer(one, text)
    where.version(one)
    Reading.objects.filter(contribution=one).update(state=ReadingState.TO_READ)


def test_a_newer_version_is_to_be_read_again_with_what_changed_shown(where, one, desk):
    where.answer(one, "Open the models. And the data.")
    one.versions.all().delete()
    where.version(one)
    act(desk, one, "read", version=1)
    assert "What changed since it was read" not in text_of(desk.get(page_of(one)))
    send_again(where, one, "Open the weights. And the data.")
    html = text_of(desk.get(page_of(one)))
    assert "What changed since it was read" in html
    assert "<del>models</del>" in html
    assert "<ins>weights</ins>" in html
    versions = text_of(desk.get(reverse("contributions:versions", args=[one.pk])))
    assert "<ins>weights</ins>" in versions
    assert one.versions.first().sha256 in versions


def test_what_came_while_one_read_is_not_marked_as_read(where, one, desk):
    send_again(where, one, "Else.")
    response = act(desk, one, "read", version=1)
    assert response.status_code == 409
    assert "A newer version came while you read" in text_of(response)
    assert reading_of_or_none(one) != ReadingState.READ


def reading_of_or_none(one: Contribution) -> Any:
    return Reading.objects.filter(contribution=one).values_list("state", flat=True).first()


@pytest.mark.parametrize("query", ["?before=9", "?after=x", "?before=0"])
def test_a_version_that_there_is_not_is_not_found(one, desk, query):
    url = reverse("contributions:versions", args=[one.pk]) + query
    assert desk.get(url).status_code == 404


def test_long_texts_are_compared_in_no_time():
    before = "The same words again and again, and again. " * 2000
    after = before.replace("again.", "at last.", 5) + "End. " * 3000
    pieces = compared(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "put") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "taken") == after


# --- Notes and history ----------------------------------------------------------------------------


def test_notes_are_ones_own_to_change_and_everybodys_to_read(one, desk, grace):
    act(desk, one, "note", note="Compare with the ministry’s.")
    note = Note.objects.get()
    url = reverse("contributions:note", args=[one.pk, note.pk])
    colleague = desk_of(grace)
    assert "Compare with the ministry’s." in text_of(colleague.get(page_of(one)))
    for post in ({"act": "change", "note": "Mine"}, {"act": "remove"}):
        assert colleague.post(url, post).status_code == 302
    note.refresh_from_db()
    assert note.text == "Compare with the ministry’s."
    assert desk.post(url, {"act": "change", "note": ""}).status_code == 422
    desk.post(url, {"act": "change", "note": "Better."})
    note.refresh_from_db()
    assert note.text == "Better."
    grace.is_superuser = True
    grace.save()
    desk_of(grace).post(url, {"act": "remove"})
    assert not Note.objects.exists()


def test_every_act_is_in_the_history_without_a_word_of_it(one, desk, ada):
    act(desk, one, "take")
    act(desk, one, "note", note="Canary note")
    text = one.answers.get().text
    act(desk, one, "mark", words=text[:30])
    passage = Passage.objects.get()
    desk.post(reverse("contributions:passage", args=[one.pk, passage.pk]), {"act": "unmark"})
    act(desk, one, "read", version=1)
    logged = ModelLogEntry.objects.for_instance(one)
    assert [entry.action.removeprefix("submissions.") for entry in logged.order_by("pk")] == [
        "assign_contribution",
        "add_note",
        "mark_passage",
        "unmark_passage",
        "read_contribution",
    ]
    assert {entry.user for entry in logged} == {ada}
    kept = str([(entry.data, entry.label) for entry in logged])
    assert "Canary" not in kept
    assert text[:30] not in kept
    html = text_of(desk.get(reverse("contributions:history", args=[one.pk])))
    assert html.index("Contribution marked as read") < html.index("Passage marked no more")
    assert "to ada" in html
