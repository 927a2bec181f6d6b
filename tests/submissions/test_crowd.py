"""Two hundred people vote on forty ideas at once, over HTTP: nothing lost, nothing double."""

import random
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.conf import settings
from django.core import signing
from django.db import connection

from core.clock import database_now
from submissions.debate.keys import Place, card_key
from submissions.debate.participants import SALT
from submissions.debate.tallies import refresh_tallies
from submissions.models import Consultation, Debate, Idea, Participant, Tally, Vote, VoteEvent
from tests.factories import idea, participant
from tests.submissions.conftest import address
from tools.bench.load import Link, request_bytes

VOTERS, IDEAS, LINKS = 200, 40, 8
TOKEN = "c" * 32
CHOICES = ("agree", "disagree", "neutral")


def deadlocks() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return cursor.fetchone()[0]


def vote(server: str, today: date, who: Participant, on: Idea, choice: str) -> bytes:
    """The request by which ``who`` votes on the card of ``on``."""
    name = settings.PARTICIPANT_COOKIE_NAME
    signed = signing.get_cookie_signer(salt=name + SALT).sign(str(who.pk))
    return request_bytes(
        server,
        address("cast", on.pk),
        cookies=f"{name}={signed}; {settings.CSRF_COOKIE_NAME}={TOKEN}",
        form={
            "csrfmiddlewaretoken": TOKEN,
            "place": "sequence",
            "read_in": "en",
            "key": card_key(who.pk, on.pk, Place.SEQUENCE, today),
            "choice": choice,
        },
    )


@pytest.mark.more
@pytest.mark.timeout(900)
@pytest.mark.django_db(transaction=True)
def test_a_crowd_at_once_is_counted_to_the_last_vote(  # case 3
    http_server: str, consultation: Consultation, debate: Debate
):
    dice = random.Random(40)
    ideas = [idea(debate, f"We should do thing number {number}.") for number in range(IDEAS)]
    people = [participant(consultation) for _number in range(VOTERS)]
    before = deadlocks()
    said = {(who, one): dice.choice(CHOICES) for who in people for one in ideas}
    order = list(said)
    dice.shuffle(order)
    today = database_now().date()
    requests = [vote(http_server, today, who, one, said[who, one]) for who, one in order]
    done = threading.Event()

    def recount() -> None:
        while not done.wait(0.5):
            refresh_tallies()
        connection.close()

    def some(number: int) -> Counter[int]:
        link = Link(http_server)
        return Counter(link.ask(request)[0] for request in requests[number::LINKS])

    worker = threading.Thread(target=recount)
    worker.start()
    try:
        with ThreadPoolExecutor(LINKS) as pool:
            statuses = sum(pool.map(some, range(LINKS)), Counter())
    finally:
        done.set()
        worker.join()
    assert statuses == {302: VOTERS * IDEAS}
    refresh_tallies()
    assert Vote.objects.filter(key_valid=True).count() == VOTERS * IDEAS
    assert VoteEvent.objects.filter(kind="cast").count() == VOTERS * IDEAS
    for one in ideas:
        wanted = Counter(said[who, one] for who in people)
        tally = Tally.objects.get(idea=one)
        assert {choice: getattr(tally, choice) for choice in CHOICES} == wanted
        assert tally.votes == VOTERS
    assert deadlocks() == before
