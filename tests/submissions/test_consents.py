"""Every consent that was recorded can be read again as it was given (case 59)."""

import hashlib

from submissions.consents import (
    ANALYSIS,
    NO_LONGER_IN_FORCE,
    PUBLICATION,
    TAKING_PART,
    Wording,
    words_agreed_to,
)

# What each version says, in English. Words that change need another version, and the old ones a
# place in NO_LONGER_IN_FORCE: a line here is never changed, only added.
SAID = {
    ("taking_part", "2026-11"): "aa135b9914ec",
    ("analysis", "2026-11"): "2be278c49657",
    ("publication_with_name", "2026-11"): "d58b3f7f78dc",
    ("publication_without_name", "2026-11"): "29948d5732dc",
}


def every_wording() -> list[Wording]:
    return [TAKING_PART, ANALYSIS, *PUBLICATION, *NO_LONGER_IN_FORCE]


def fingerprint(wording: Wording) -> str:
    return hashlib.sha256(str(wording.text).encode()).hexdigest()[:12]


# case 59
def test_no_wording_changes_without_another_version() -> None:
    held = {(one.purpose, one.version): fingerprint(one) for one in every_wording()}
    assert held == SAID


def test_each_version_of_a_wording_is_kept_once_and_read_again() -> None:
    names = [(one.purpose, one.version) for one in every_wording()]
    assert len(set(names)) == len(names)
    for one in every_wording():
        assert words_agreed_to(one.purpose, one.version) == one.text
    assert words_agreed_to("analysis", "1999-01") == "analysis"
