"""Words that are not published: the arithmetic, and what becomes of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry

from submissions.contributions.library.words import as_read, begins, explained, plain
from submissions.contributions.publishing.content import (
    RedactionLostError,
    newest_version,
    public_content,
)
from submissions.contributions.publishing.redacting import (
    WordsNotFoundError,
    lift,
    redact,
    release,
    withhold,
)
from submissions.contributions.publishing.redaction import (
    CUT,
    Span,
    kept_pieces,
    merged,
    pieces,
    places_of,
    redacted,
)
from submissions.models import Redaction, RedactionReason, WithheldFile
from tests.submissions.libraries import Room, organiser, room

PERSONAL = RedactionReason.PERSONAL_DATA

texts = st.text(
    st.one_of(st.characters(codec="utf-8"), st.sampled_from("[…]*_<>&\n\ufdd0\ufdd1e\u0301")),
    max_size=60,
)


@st.composite
def redactions(draw: st.DrawFn) -> tuple[str, list[Span]]:
    text = draw(texts)
    edge = st.integers(0, len(text) + 5)
    ends = draw(st.lists(st.tuples(edge, edge), max_size=5))
    return text, [Span(min(pair), max(pair), PERSONAL) for pair in ends]


@given(redactions())
def test_every_sign_is_either_kept_or_taken_out(case):
    text, spans = case
    taken = {at for span in spans for at in range(span.start, min(span.end, len(text)))}
    kept = "".join(sign for at, sign in enumerate(text) if at not in taken)
    result = redacted(text, spans)
    read = list(kept_pieces(result.text, result.cuts))
    assert "".join(piece.text for piece in read) == kept
    assert sum(1 for piece in read if piece.reason) == len(merged(spans, len(text)))


@given(redactions())
def test_pieces_are_the_text(case):
    text, spans = case
    assert "".join(piece.text for piece in pieces(text, spans)) == text


@given(redactions())
def test_what_is_shown_holds_each_explanation_and_no_word_more(case):
    text, spans = case
    result = redacted(text, spans)
    words = explained(PERSONAL)
    said = plain(result.text, result.cuts)
    assert len(said) == len(result.text) + len(result.cuts) * (len(words) - len(CUT))
    html = as_read(result.text, result.cuts, "en", formatted=True)
    assert html.count('<em class="redacted"') <= len(result.cuts)
    assert html.count(words) >= len(result.cuts) or "[" in text


def test_two_that_overlap_are_one():
    spans = [Span(5, 9, "unlawful"), Span(0, 6, "personal_data")]
    assert merged(spans, 20) == [Span(0, 9, "personal_data")]


def test_words_are_found_however_lines_are_broken():
    assert places_of("the  wide\nsea", "On the wide sea, the wide\r\n sea.") == [(3, 15), (17, 31)]


def test_whole_words_are_found_first():
    assert places_of("Li", "Limits of Li") == [(10, 12)]
    assert places_of("imit", "Limits") == [(1, 5)]
    assert places_of("  ", "Limits") == []


def test_a_mark_of_the_author_stays_theirs():
    result = redacted("Some […] and Marie", [Span(13, 18, PERSONAL)])
    assert plain(result.text, result.cuts) == "Some […] and [redacted: personal data of somebody]"


@pytest.mark.parametrize(
    "text",
    ["[Marie](https://example.org/Marie)", "**Marie**", "Marie(https://example.org)", "<b>Marie"],
)
def test_formatting_around_redacted_words_shows_none_of_them(text):
    spans = [Span(*place, PERSONAL) for place in places_of("Marie", text)]
    result = redacted(text, spans)
    html = as_read(result.text, result.cuts, "en", formatted=True)
    assert "Marie" not in html
    assert "[redacted: personal data of somebody]" in html
    assert "<b>" not in html


def test_how_a_text_begins_is_without_signs_and_without_what_was_taken_out():
    text = "**Open** models. Ask Marie <b>now</b>.\n\n- one\n- two " + "word " * 20_000
    result = redacted(text, [Span(*place, PERSONAL) for place in places_of("Marie", text)])
    line = begins(result.text, result.cuts, formatted=True, most=120)
    told = "Open models. Ask [redacted: personal data of somebody] <b>now</b>. one two word word"
    assert line.startswith(told)
    assert line.endswith("word…")
    assert len(line) <= 121
    assert begins("**Open** it.", [], formatted=False, most=120) == "**Open** it."


# --- Rows -----------------------------------------------------------------------------------------


@pytest.fixture
def here(db) -> Room:
    return room()


def content_now(row):
    return public_content(newest_version(row))


@pytest.mark.django_db
def test_words_are_taken_out_wherever_the_answer_says_them(here):
    row = here.contribution("Marie Dupont wrote it. Ask Marie\nDupont.")
    made = redact(row.answers.get(), "Marie Dupont", PERSONAL, organiser())
    assert len(made) == 2
    said = content_now(row)["parts"][0]["answers"][0]
    assert said["text"] == "[…] wrote it. Ask […]."
    assert said["redactions"] == [
        {"at": 0, "reason": "personal_data"},
        {"at": 18, "reason": "personal_data"},
    ]


@pytest.mark.django_db
def test_the_same_words_twice_are_one_redaction(here):
    row = here.contribution()
    for _time in range(2):
        redact(row.answers.get(), "Marie Dupont", PERSONAL, organiser())
    assert Redaction.objects.count() == 1


@pytest.mark.django_db
def test_words_that_are_not_there_are_refused(here):
    with pytest.raises(WordsNotFoundError):
        redact(here.contribution().answers.get(), "nowhere", PERSONAL, organiser())


@pytest.mark.django_db
def test_a_redaction_is_lifted(here):
    row = here.contribution()
    (made,) = redact(row.answers.get(), "Marie Dupont", PERSONAL, organiser())
    lift(made, organiser())
    assert "Marie Dupont" in content_now(row)["parts"][0]["answers"][0]["text"]


@pytest.mark.django_db
@pytest.mark.parametrize("lost", [True, False])
def test_a_redaction_that_lost_its_words_stops_everything(here, lost):
    row = here.contribution()
    redact(row.answers.get(), "Marie Dupont", PERSONAL, organiser())
    if lost:
        Redaction.objects.update(lost=True)
    else:
        here.answer(row, "We were told by Marie Dupont.")  # nobody moved it
    with pytest.raises(RedactionLostError):
        content_now(row)


@pytest.mark.django_db
def test_a_file_is_withheld_and_released(here):
    row = here.contribution()
    file = here.file(row)
    withhold(file, RedactionReason.CONFIDENTIAL, organiser())
    assert content_now(row)["files"] == []
    release(file, organiser())
    assert not WithheldFile.objects.exists()
    assert [one["name"] for one in content_now(row)["files"]] == ["report.pdf"]


@pytest.mark.django_db
def test_each_act_leaves_a_line_without_a_word(here):
    row = here.contribution()
    (made,) = redact(row.answers.get(), "Marie Dupont", PERSONAL, organiser())
    lift(made, organiser())
    file = here.file(row)
    withhold(file, PERSONAL, organiser())
    release(file, organiser())
    lines = ModelLogEntry.objects.for_instance(row)
    assert {line.action for line in lines} == {
        "submissions.redact",
        "submissions.lift_redaction",
        "submissions.withhold_file",
        "submissions.release_file",
    }
    assert "Marie" not in str([line.data for line in lines])
