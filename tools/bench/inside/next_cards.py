"""How long it takes to find the next card, without the page around it: a line of JSON a debate."""

import json
import time
from statistics import mean, median

from django.conf import settings
from django.core import signing

from submissions.debate import routing
from submissions.debate.lottery import pools
from submissions.debate.participants import SALT
from submissions.models import Debate, Participant
from tools.bench.inside.crowd import readers

READERS = 40


def main(rounds: int, *debates: int) -> None:
    """Ask ``rounds`` times for each of ``debates``, in turn, and print what it took."""
    people = readers(READERS)
    rows = {debate.pk: debate for debate in Debate.objects.with_state().filter(pk__in=debates)}
    taken: dict[int, list[float]] = {key: [] for key in debates}
    reading: dict[int, float] = {}
    for key in debates:
        begun = time.perf_counter()
        pools.pool(rows[key], ("en", "fr"))
        reading[key] = time.perf_counter() - begun
    for number in range(rounds):
        for key in debates:
            begun = time.perf_counter()
            _next_card(rows[key], people[number % READERS])
            taken[key].append(time.perf_counter() - begun)
    name = settings.PARTICIPANT_COOKIE_NAME
    signer = signing.get_cookie_signer(salt=name + SALT)
    for key in debates:
        print(
            json.dumps(
                {
                    "median": median(taken[key]) * 1000,
                    "mean": mean(taken[key]) * 1000,
                    "reading": reading[key] * 1000,
                    "cookies": [f"{name}={signer.sign(str(who.pk))}" for who in people],
                }
            )
        )


def _next_card(debate: Debate, who: Participant) -> None:
    so_far = routing.standing(debate, who)
    found = routing.next_idea(debate, who, "en", so_far)
    if found is None or not routing.ideas_left(debate, who, "en", so_far):
        raise RuntimeError("There is no card to find")
