"""What is open to somebody tells nothing that is not theirs: titles of drafts, ideas (case 47).

Each page of the table that they may open is drawn, and looked through for a word that stands in an
English draft, in an English idea that waits, and in a contribution.
"""

import pytest
from django.db import transaction

from tests.security.people import ACCOUNT, OF_ANOTHER_SITE, browser_of
from tests.security.table import OPEN, READ, lines
from tests.security.urlconf import addresses
from tests.security.world import Rows

CANARY = "quagga"
OF_EVERYBODY = ("submissions:", "wagtailadmin_logout", "search", "styleguide", "mailbox")


@pytest.mark.parametrize(
    "person",
    [
        OF_ANOTHER_SITE,
        "translator fr",
        pytest.param("moderator fr", marks=pytest.mark.more),
        pytest.param(ACCOUNT, marks=pytest.mark.more),
    ],
)
def test_no_page_that_one_may_open_says_a_word_of_what_is_not_ones_own(
    rows: Rows, person: str
) -> None:
    patterns = {one.name: one for one in addresses()}
    told, looked_at = [], 0
    with transaction.atomic():
        browser = browser_of(person, rows)
        for line in lines():
            if line.address.startswith(OF_EVERYBODY) or line.rule(person) not in {OPEN, READ}:
                continue
            path = patterns[line.address].at(rows, line.chosen)
            with transaction.atomic():
                answer = browser.get(path)
                transaction.set_rollback(True)
            words = answer.getvalue()
            looked_at += answer.status_code == 200
            if CANARY in words.decode(errors="replace").casefold():
                told.append(f"{line.address} {line.rows}: {path}")
        transaction.set_rollback(True)
    assert looked_at > 10
    assert not told, "\n".join(told)
