"""The French catalogue is typeset as French is: right spaces, right apostrophes."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings

from core.typography import typeset

CATALOGUE = Path(settings.LOCALE_PATHS[0]) / "fr" / "LC_MESSAGES" / "django.po"
ADDRESSES = "url"  # the context of routes, which are no sentences


def sentences() -> list[str]:
    """Every French sentence as it is read: a figure stands where a placeholder does."""
    written = (
        sentence
        for entry in polib.pofile(str(CATALOGUE))
        if not entry.obsolete and entry.msgctxt != ADDRESSES
        for sentence in [entry.msgstr, *entry.msgstr_plural.values()]
    )
    return [re.sub(r"%\(\w+\)[sd]", "7", sentence).replace("%%", "%") for sentence in written]


def test_every_french_sentence_has_french_spaces() -> None:
    assert [s for s in sentences() if typeset(s, "fr") != s] == []


def test_no_french_sentence_has_a_typewriter_apostrophe() -> None:
    assert [s for s in sentences() if "'" in s] == []


@pytest.mark.parametrize("sign", ["·", "(e)", "(ne)", "(s)"])
def test_no_french_word_carries_two_genders_or_numbers(sign: str) -> None:
    assert [s for s in sentences() if sign in s] == []
