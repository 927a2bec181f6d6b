"""What people send: cleaned, refused with a reason, and counted as they count. Case 24."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.graphemes import CODE_POINT_CAP, TextRefused, clean, graphemes, words

FAMILY = "👩\u200d👩\u200d👧\u200d👦"


def refusal(text: str) -> str:
    """The code of the reason why ``text`` is refused."""
    with pytest.raises(TextRefused) as refused:
        clean(text)
    return refused.value.code


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("été", 3),
        ("e\u0301te\u0301", 3),
        (FAMILY, 1),
        ("🇫🇷🇬🇧", 2),
        ("👍🏽", 1),
        ("e" + "\u0301" * 5_000, 1),
        ("क्षि", 1),
        ("\u202eabc", 4),
    ],
)
def test_a_grapheme_is_what_a_person_counts(text: str, count: int) -> None:  # case 24
    assert graphemes(text) == count


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_counts_do_not_depend_on_how_accents_are_coded(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert graphemes(decomposed) == graphemes(unicodedata.normalize("NFC", text))
    assert words(decomposed) == words(unicodedata.normalize("NFC", text))


def test_text_is_stored_composed() -> None:  # case 24
    assert clean("e\u0301te\u0301") == "été"


@pytest.mark.parametrize(
    "text",
    ["", "   ", "\u200b\u200d\ufeff", "\u2060", "\u3164\u115f", "\u2800", "\u202e\u2066", "\ufe0f"],
)
def test_text_without_a_visible_character_is_refused(text: str) -> None:  # case 24
    assert refusal(text) == "blank"


@pytest.mark.parametrize("text", ["a\x00b", "a\x07b", "a\x1bb", "a\x7fb", "a\x9fb", "a\uffffb"])
def test_nul_and_controls_are_refused(text: str) -> None:  # case 24
    assert refusal(text) == "control_character"


def test_a_lone_surrogate_is_refused() -> None:  # case 24
    assert refusal("a\ud83db") == "unreadable"


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028"])
def test_every_line_break_is_the_same_one(line_break: str) -> None:  # case 24: \x0b, as Word pastes
    assert clean(f"un{line_break}deux") == "un\ndeux"
    assert clean(f"un {line_break} deux", one_line=True) == "un deux"


def test_emoji_and_bidirectional_text_are_kept() -> None:  # case 24
    assert clean(f" {FAMILY} \u202eabc\u202c ") == f"{FAMILY} \u202eabc\u202c"
    assert clean("❤\ufe0f") == "❤\ufe0f"


def test_what_looks_like_nothing_is_cut_at_both_ends() -> None:
    assert clean("\ufeff\u200b\u00a0 Il faut \u200b\n") == "Il faut"


def test_stacked_marks_meet_the_cap() -> None:  # case 24
    assert refusal("e" + "\u0301" * 5_000) == "too_many_code_points"
    assert len(clean("a" * CODE_POINT_CAP)) == CODE_POINT_CAP
    assert len(clean("a" * 5_000, code_points=None)) == 5_000


def test_the_cap_counts_composed_characters() -> None:
    assert clean("e\u0301" * CODE_POINT_CAP) == "é" * CODE_POINT_CAP


@pytest.mark.parametrize("text", ["", "a\x00", "a\ud800", "a" * 600])
def test_each_refusal_says_why(text: str) -> None:
    with pytest.raises(TextRefused) as refused:
        clean(text)
    assert len(str(refused.value)) > len(refused.value.code)


@given(st.text(), st.booleans())
def test_cleaned_text_is_fit_to_store_and_stays_as_it_is(text: str, one_line: bool) -> None:
    try:
        cleaned = clean(text, one_line=one_line)
    except TextRefused:
        return
    cleaned.encode()
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not {c for c in cleaned if unicodedata.category(c) == "Cc"} - {"\n", "\t"}
    assert not (one_line and "\n" in cleaned)
    assert clean(cleaned, one_line=one_line) == cleaned


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("— … !", 0),
        ("We don't know", 3),
        ("L’eau, aujourd'hui, est au rendez-vous.", 5),
        ("peut-être bien", 2),
        ("1,000,000 votes", 2),
        ("1\u202f000\u202f000 votes", 2),
        ("3,5 % et 3.5%", 3),
        ("fin.Début", 2),
        ("un/deux — trois", 3),
        ("'quoted' -dash-", 2),
        ("e\u0301te\u0301", 1),
        ("R2-D2", 1),
        (FAMILY, 0),
    ],
)
def test_words_are_counted_by_one_rule(text: str, count: int) -> None:
    assert words(text) == count


@given(st.lists(st.from_regex(r"[a-zé0-9]{1,8}", fullmatch=True), max_size=30))
def test_spaced_words_are_all_counted(written: list[str]) -> None:
    assert words(" ".join(written)) == len(written)
    assert words(" ! ".join(written)) == len(written)


@pytest.mark.parametrize("unit", [" ", "a", "'", "a'", "1,", "\u0301", "a \n", "\u200b"])
def test_200_000_characters_take_no_time(unit: str) -> None:  # case 23
    text = "a" + unit * (200_000 // len(unit)) + "a"
    started = time.process_time()
    clean(text, one_line=True, code_points=None)
    graphemes(text)
    words(text)
    assert time.process_time() - started < 3
