"""Asked for again: nobody is told whether an address is known; the link makes a browser theirs."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from submissions.debate.addresses import MOST_A_DAY
from submissions.models import (
    Consultation,
    Debate,
    Mail,
    MailedLink,
)
from tests.factories import open_consultation
from tests.submissions.conftest import Visitor, address
from tests.submissions.linking import (
    CAMILLE,
    ask,
    ask_to_come_back,
    confirmed,
    mailed_key,
    press,
    write,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation(consultation: Consultation) -> Consultation:
    return open_consultation(consultation.site, confirm_addresses=True)


def seen(answer: Any) -> tuple[int, str, list[str]]:
    """What somebody learns from an answer; the address they typed is theirs."""
    words = re.sub(r"[\w.]+@example\.org", "…", answer.content.decode())
    return answer.status_code, words, sorted(answer.cookies)


def work(act: Callable[[], Any]) -> list[str]:
    """The statements that ``act`` sends, without what they are told."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        act()
    return [re.sub(r"'[^']*'|\d+|\\x\w+", "…", query["sql"])[:60] for query in queries]


def test_to_come_back_tells_nobody_whether_an_address_is_known(
    visitor: Visitor, debate: Debate
):  # case 44
    confirmed(visitor, debate)
    known = ask_to_come_back(Visitor(), CAMILLE)
    unknown = ask_to_come_back(Visitor(), "nobody@example.org")
    assert seen(known) == seen(unknown)
    assert known.status_code == 200
    first = work(lambda: ask_to_come_back(Visitor(), CAMILLE))
    second = work(lambda: ask_to_come_back(Visitor(), "nobody@example.org"))
    assert first == second


def test_to_confirm_tells_nobody_whether_an_address_is_known(
    visitor: Visitor, debate: Debate
):  # case 44
    confirmed(visitor, debate)
    answers = []
    for email in (CAMILLE, "nobody@example.org"):
        guest = Visitor()
        answer = ask(guest, write(guest, debate), email)
        answers.append((answer.status_code, answer["Location"].rstrip("/").rpartition("/")[2]))
    assert answers[0] == answers[1]


def test_who_is_unknown_is_told_so_by_mail_alone(debate: Debate):  # case 44
    ask_to_come_back(Visitor(), "nobody@example.org")
    assert "No idea was confirmed" in Mail.objects.get().text
    assert not mailed_key()


def test_a_mailbox_is_written_to_so_often_whoever_asks(visitor: Visitor, debate: Debate):  # case 44
    confirmed(visitor, debate)
    link = MailedLink.objects.get()
    for number in range(MOST_A_DAY):
        link.pk, link.token_hash = None, bytes([number]) * 32
        link.save(force_insert=True)
    before = Mail.objects.count()
    answers = [ask_to_come_back(Visitor(), f"camille+{tag}@Example.org") for tag in "ab"]
    assert {answer.status_code for answer in answers} == {429}
    assert answers[0]["Retry-After"]
    assert Mail.objects.count() == before


def test_the_mail_goes_to_the_address_that_was_confirmed(visitor: Visitor, debate: Debate):
    """Another's tag, at a provider that knows none, is another mailbox."""
    confirmed(visitor, debate, CAMILLE)
    ask_to_come_back(Visitor(), "camille+stranger@example.org")
    assert Mail.objects.latest("pk").to == CAMILLE


def test_the_link_makes_a_browser_its_readers(visitor: Visitor, debate: Debate):
    idea = confirmed(visitor, debate)
    phone = Visitor()
    ask_to_come_back(phone)
    assert press(phone, mailed_key())["Location"] == address("participation")
    page = phone.get(address("participation")).content.decode()
    assert f'id="idea-{idea.pk}"' in page
    assert press(Visitor(), mailed_key()).status_code == 410
