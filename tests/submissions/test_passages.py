"""Passages: where words stand, whatever a browser counts; where they stand after a new version."""

import re
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from submissions.contributions.staff import passages, places
from submissions.contributions.staff.places import FoundOften, NotFound, Place
from submissions.contributions.staff.scheme import services as scheme
from submissions.contributions.staff.scheme.services import Words
from submissions.models import Code, Contribution, Passage, Reading, ReadingState, Redaction
from tests.submissions.libraries import Room, desk_of, member_of_staff, room

WORDS = st.text(st.sampled_from("ab é\n👩\u200d🔬."), max_size=30)


# --- Places, without a database -------------------------------------------------------------------


@given(WORDS, st.data())
def test_runs_joined_are_the_text_and_each_mark_covers_its_words(text: str, data: Any):
    marks = []
    for pk in range(data.draw(st.integers(0, 4))):
        if text:
            start = data.draw(st.integers(0, len(text) - 1))
            end = data.draw(st.integers(start + 1, len(text)))
            marks.append(SimpleNamespace(pk=pk, start=start, end=end))
    runs = places.runs(text, marks)
    assert "".join(run.text for run in runs) == text
    for mark in marks:
        covered = "".join(run.text for run in runs if mark.pk in run.marks)
        assert covered == text[mark.start : mark.end]
        assert sum(mark.pk in run.begins for run in runs) == 1


@given(WORDS, WORDS, WORDS, st.data())
def test_words_outside_the_change_keep_their_place(head: str, tail: str, other: str, data: Any):
    middle = data.draw(WORDS)
    before, after = head + middle + tail, head + other + tail
    if head:
        start = data.draw(st.integers(0, len(head) - 1))
        place = Place(start, data.draw(st.integers(start + 1, len(head))))
        assert places.moved(before, after, place) == place
    if tail:
        start = data.draw(st.integers(0, len(tail) - 1))
        end = data.draw(st.integers(start + 1, len(tail)))
        shift = len(head + middle)
        moved = places.moved(before, after, Place(shift + start, shift + end))
        assert moved is not None
        assert after[moved.start : moved.end] == tail[start:end]


@given(WORDS, WORDS, st.data())
def test_what_is_moved_has_its_words_and_what_is_lost_is_nowhere_alone(
    before: str, after: str, data: Any
):
    if not before:
        return
    start = data.draw(st.integers(0, len(before) - 1))
    place = Place(start, data.draw(st.integers(start + 1, len(before))))
    quote = before[place.start : place.end]
    moved = places.moved(before, after, place)
    if moved is not None:
        assert after[moved.start : moved.end] == quote
    else:
        assert places.once(after, quote) is None


@given(WORDS, st.data())
def test_a_selection_that_a_browser_counts_in_code_points_is_found(text: str, data: Any):
    """The browser shows each CR LF as one line end."""
    source = text.replace("\n", "\r\n") if data.draw(st.booleans()) else text
    shown = source.replace("\r\n", "\n")
    if not shown.strip():
        return
    start = data.draw(st.integers(0, len(shown) - 1))
    end = data.draw(st.integers(start + 1, len(shown)))
    words = shown[start:end]
    if not words.strip():
        return
    place = places.as_selected(source, start, end, words)
    assert source[place.start : place.end].split() == words.split()
    assert source[place.start : place.end].strip() == source[place.start : place.end]


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Open the  models\r\nnow", "the models now", "the  models\r\nnow"),
        ("A 👩\u200d🔬 knows", "👩\u200d🔬 knows", "👩\u200d🔬 knows"),
        ("a+b (c)", "+b (c", "+b (c"),
    ],
)
def test_pasted_words_are_found_whatever_spaces_became(text: str, words: str, found: str):
    place = places.find(text, words)
    assert text[place.start : place.end] == found


def test_words_that_stand_twice_or_nowhere_are_told():
    with pytest.raises(FoundOften) as often:
        places.find("aaa", "aa")
    assert often.value.times == 2
    for words in ("x", "  ", ""):
        with pytest.raises(NotFound):
            places.find("aaa", words)


def test_a_selection_whose_words_moved_meanwhile_is_looked_for():
    assert places.as_selected("Now. Open the models.", 0, 4, "Open") == Place(5, 9)
    with pytest.raises(NotFound):
        places.as_selected("Now.", 0, 4, "Open")


# --- Marking --------------------------------------------------------------------------------------

EMOJI = "😀 We ask 👩\u200d🔬 and 👨\u200d🔬: open the models. Open the data."


@pytest.fixture
def where(db: None) -> Room:
    return room()


@pytest.fixture
def one(where: Room) -> Contribution:
    return where.contribution(EMOJI)


@pytest.fixture
def codes(where: Room) -> list[Code]:
    user = member_of_staff("maker")
    return [
        scheme.add(where.where.consultation, {"en": Words(en), "fr": Words(fr)}, None, user)
        for en, fr in (("Openness", "Ouverture"), ("Trust", "Confiance"))
    ]


@pytest.fixture
def reader(where: Room) -> Client:
    return desk_of(member_of_staff("ada", "view_contribution", "change_reading", "add_passage"))


def page_of(one: Contribution) -> str:
    return reverse("contributions:inspect", args=[one.pk])


def mark(reader: Client, one: Contribution, words: str, *codes: Code, **more: Any) -> Any:
    data = {"act": "mark", "words": words, "codes": [code.pk for code in codes], **more}
    return reader.post(page_of(one), data)


def test_a_passage_is_kept_by_code_points_with_its_quote_and_codes(reader, one, codes):
    answer = one.answers.get()
    start = EMOJI.index("open the models")
    chosen = {"answer": answer.pk, "start": start, "end": start + 15}
    response = mark(reader, one, "open the models", *codes, **chosen)
    passage = Passage.objects.get()
    assert response.status_code == 302
    assert response.url.endswith(f"#passage-{passage.pk}")
    assert EMOJI[passage.start : passage.end] == passage.quote == "open the models"
    assert set(passage.codes.all()) == set(codes)
    assert passage.by.username == "ada"
    html = unescape(reader.get(page_of(one)).content.decode())
    assert f'<mark data-depth="1" id="at-{passage.pk}">open the models</mark>' in html
    assert "Openness" in html


def test_pasted_words_are_found_without_javascript(reader, one):
    assert mark(reader, one, " ask 👩\u200d🔬  and ").status_code == 302
    assert Passage.objects.get().quote == "ask 👩\u200d🔬 and"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("", "Select words in an answer"),
        ("  ", "Select words in an answer"),
        ("nowhere", "These words don’t stand in the answer"),
        ("pen the", "These words stand there 2 times"),
        ("x" * 20_001, "too long for a passage"),
    ],
)
def test_words_that_can_not_be_marked_are_told_and_given_back(reader, one, words, told):
    response = mark(reader, one, words)
    html = unescape(response.content.decode())
    assert response.status_code == 422
    assert told in html
    assert words.strip() in html
    assert not Passage.objects.exists()


@pytest.mark.parametrize(
    "more",
    [
        {"answer": "x"},
        {"answer": "0"},
        {"start": "-1", "end": "9"},
        {"start": "x"},
        {"codes": ["999999"]},
        {"codes": ["x"]},
    ],
)
def test_a_post_that_means_nothing_is_told(reader, one, more):
    assert mark(reader, one, "the models", **more).status_code == 422
    assert not Passage.objects.exists()


def test_an_answer_of_another_contribution_can_not_be_marked_here(reader, where, one):
    other = where.contribution("The models of others.")
    response = mark(reader, one, "models of others", answer=other.answers.get().pk)
    assert response.status_code == 422


def test_the_same_words_marked_twice_are_one_passage_with_both_codes(reader, one, codes):
    mark(reader, one, "the models", codes[0])
    mark(reader, one, "the models", codes[1])
    assert set(Passage.objects.get().codes.all()) == set(codes)


def test_overlapping_passages_are_shown_each_with_its_words(reader, one):
    mark(reader, one, "open the models")
    mark(reader, one, "the models. Open")
    html = unescape(reader.get(page_of(one)).content.decode())
    assert '<mark data-depth="2"' in html
    words = html.partition('class="reading-words"')[2].partition("</div>")[0].partition(">")[2]
    assert re.sub("<[^>]*>", "", words) == EMOJI


def test_who_marks_begins_to_read(reader, one):
    mark(reader, one, "the models")
    reading = Reading.objects.get(contribution=one)
    assert (reading.state, reading.assignee.username) == (ReadingState.BEING_READ, "ada")


def test_a_passage_gets_other_codes_and_is_taken_away(reader, one, codes):
    mark(reader, one, "the models", codes[0])
    passage = Passage.objects.get()
    url = reverse("contributions:passage", args=[one.pk, passage.pk])
    assert reader.post(url, {"act": "code", "codes": [codes[1].pk]}).status_code == 302
    assert list(passage.codes.all()) == [codes[1]]
    assert reader.post(url, {"act": "code", "codes": ["x"]}).status_code == 422
    assert reader.post(url, {"act": "unmark"}).status_code == 302
    assert not Passage.objects.exists()
    assert reader.get(url).status_code == 404


def test_a_passage_is_reached_below_its_own_contribution_only(reader, where, one):
    mark(reader, one, "the models")
    other = where.contribution("Else.")
    url = reverse("contributions:passage", args=[other.pk, Passage.objects.get().pk])
    assert reader.get(url).status_code == 404


# --- A newer version ------------------------------------------------------------------------------


def send_again(answer: Any, text: str) -> None:
    before, answer.text = answer.text, text
    answer.save()
    passages.follow(answer, before)


def test_passages_and_redactions_follow_their_words(one):
    answer = one.answers.get()
    start = EMOJI.index("the models")
    for model, more in ((Passage, {}), (Redaction, {"reason": "personal_data"})):
        model.objects.create(answer=answer, start=start, end=start + 10, quote="the models", **more)
    send_again(answer, "Before: " + EMOJI.replace("We ask", "We asked"))
    for model in (Passage, Redaction):
        row = model.objects.get()
        assert not row.lost
        assert answer.text[row.start : row.end] == "the models"


def test_what_is_gone_or_stands_twice_is_lost_and_found_again(reader, one):
    mark(reader, one, "the models")
    answer = one.answers.get()
    send_again(answer, "Nothing of it.")
    assert Passage.objects.get().lost
    html = unescape(reader.get(page_of(one)).content.decode())
    assert "Not found any more in the newest version:" in html
    assert "the models" in html
    send_again(answer, "the models, the models")
    assert Passage.objects.get().lost
    send_again(answer, "See the models.")
    passage = Passage.objects.get()
    assert not passage.lost
    assert answer.text[passage.start : passage.end] == "the models"


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=WORDS.filter(str.strip), after=WORDS, data=st.data())
def test_after_any_change_a_passage_has_its_words_or_is_lost(
    one: Contribution, before: str, after: str, data: Any
):
    answer = one.answers.get()
    answer.text = before
    answer.save()
    answer.passages.all().delete()
    for _number in range(3):
        start = data.draw(st.integers(0, len(before) - 1))
        end = data.draw(st.integers(start + 1, len(before)))
        Passage.objects.create(answer=answer, start=start, end=end, quote=before[start:end])
    send_again(answer, after)
    for passage in answer.passages.all():
        if passage.lost:
            assert places.once(after, passage.quote) is None
        else:
            assert after[passage.start : passage.end] == passage.quote


def test_following_costs_the_same_for_many(one, django_assert_max_num_queries):
    answer = one.answers.get()
    for start in range(20):
        Passage.objects.create(
            answer=answer, start=start, end=start + 5, quote=EMOJI[start : start + 5]
        )
    before, answer.text = answer.text, "x" + EMOJI
    with django_assert_max_num_queries(5):
        passages.follow(answer, before)
