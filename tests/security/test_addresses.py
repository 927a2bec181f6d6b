"""Every address, asked for by each role: docs/roles.md says what each may open (cases 45 and 46).

An address is asked for as it is read and as it is written to; what was written is noted and taken
back. A refusal writes nothing, and nobody meets a fault.
"""

import pytest
from django.db import transaction

from tests.security.asking import ask_both
from tests.security.people import PEOPLE, browser_of
from tests.security.table import lines
from tests.security.urlconf import addresses
from tests.security.world import Rows

NO_RULE = (
    "These addresses have no line in docs/roles.md. Decide for each role whether it may read and"
    " write there, write the line, and run this file: it says where the answer is another."
)
NO_ADDRESS = "These lines of docs/roles.md are of no address any more: take them out."
# The mirrors of other roles, and who is between two others: asked for before a release.
ASKED_LATER = {"citizen", "publisher en", "translator en", "moderator fr", "reviewer"}


def test_every_address_has_a_rule_and_every_rule_an_address() -> None:
    known = {one.name for one in addresses()}
    ruled = {line.address for line in lines()}
    assert not known - ruled, f"{NO_RULE}\n" + "\n".join(sorted(known - ruled))
    assert not ruled - known, f"{NO_ADDRESS}\n" + "\n".join(sorted(ruled - known))


def test_every_line_has_a_mark_for_each_role() -> None:
    assert {len(line.marks) for line in lines()} == {len(PEOPLE)}


@pytest.mark.parametrize(
    "person",
    [pytest.param(one, marks=[pytest.mark.more] * (one in ASKED_LATER)) for one in PEOPLE],
)
def test_each_address_is_what_the_table_says(rows: Rows, person: str) -> None:
    patterns = {one.name: one for one in addresses()}
    wrong = []
    with transaction.atomic():
        browser = browser_of(person, rows)
        browser.raise_request_exception = False  # a fault is told beside what else is wrong
        for line in lines():
            if line.address not in patterns:
                continue
            both = ask_both(browser, patterns[line.address].at(rows, line.chosen), rows)
            rule = line.rule(person)
            told = list(both.faults)
            if both.mark != rule:
                told.append(f"is {both.mark}, not {rule} ({both.read.status}, {both.write.status})")
            wrong += [f"{line.address} {line.rows}: {said}" for said in told]
        transaction.set_rollback(True)
    assert not wrong, f"{person}\n" + "\n".join(wrong)
