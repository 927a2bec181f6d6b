"""What the catalogue check calls a fault."""

import polib
import pytest

from tools.catalogues import faults


def catalogue(*entries: polib.POEntry) -> polib.POFile:
    made = polib.POFile()
    made.extend(entries)
    return made


IDEA = polib.POEntry(msgid="Idea", msgstr="Idée")


def test_a_catalogue_that_matches_the_code_has_no_fault() -> None:
    assert faults(catalogue(IDEA), catalogue(IDEA)) == []


@pytest.mark.parametrize(
    ("committed", "extracted", "fault"),
    [
        ([], [IDEA], "not in the catalogue: 'Idea'"),
        ([IDEA], [], "no longer used: 'Idea'"),
        ([polib.POEntry(msgid="Idea")], [IDEA], "not translated: 'Idea'"),
        ([polib.POEntry(msgid="Idea", msgstr="Idée", flags=["fuzzy"])], [IDEA], "fuzzy: 'Idea'"),
        (
            [polib.POEntry(msgid="Idea", msgstr="Idée", msgctxt="noun")],
            [polib.POEntry(msgid="Idea", msgstr="Idée", msgctxt="verb")],
            "not in the catalogue: 'Idea'",
        ),
        (
            [IDEA, polib.POEntry(msgid="Old", msgstr="Vieux", obsolete=True)],
            [IDEA],
            "obsolete: 'Old'",
        ),
        (
            [polib.POEntry(msgid="%(n)s", msgstr="%(n)s")],
            [polib.POEntry(msgid="%(n)s", msgstr="%(n)s", flags=["python-format"])],
            "flags differ: '%(n)s'",
        ),
    ],
)
def test_a_fault_is_named(
    committed: list[polib.POEntry], extracted: list[polib.POEntry], fault: str
) -> None:
    assert fault in faults(catalogue(*committed), catalogue(*extracted))


def test_a_plural_without_one_of_its_forms_is_not_translated() -> None:
    whole = polib.POEntry(msgid="vote", msgid_plural="votes", msgstr_plural={0: "vote", 1: "votes"})
    half = polib.POEntry(msgid="vote", msgid_plural="votes", msgstr_plural={0: "vote", 1: ""})
    assert faults(catalogue(half), catalogue(whole)) == ["not translated: 'vote'"]
