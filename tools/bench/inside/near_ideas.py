"""How long it takes to find near ideas among real proposals, and the first ones found: JSON."""

import json
import random
import time
from pathlib import Path

from django.db import connection

from submissions.debate.duplicates import near
from submissions.models import Debate, IdeaText

TO_WARM_UP = 20


def main(debate_id: int, sample: int, wanted: int) -> None:
    """Ask ``sample`` times for texts of the debate, and for unseen ones; print what it took.

    A text that nobody has written begins as one proposal and ends as another. Then print the first
    ``wanted`` pairs, in the order of the debate's ideas.
    """
    debate = Debate.objects.get(pk=debate_id)
    texts = list(IdeaText.objects.filter(idea__debate=debate).order_by("pk").select_related("idea"))
    chance = random.Random(2025)  # noqa: S311 (no secret)
    own = [text.text for text in chance.sample(texts, sample)]
    unseen = [
        f"{_halves(one.text)[0]} {_halves(other.text)[1]}"
        for one, other in zip(
            chance.sample(texts, sample), chance.sample(texts, sample), strict=True
        )
    ]
    print(json.dumps({name: _taken(debate, words) for name, words in _named(own, unseen)}))
    told: set[int] = set()
    for text in texts:
        if len(told) >= 2 * wanted:
            return
        if text.idea_id in told:
            continue
        found = near(debate, text.text, besides=text.idea, limit=1)
        if found and found[0].idea.pk not in told:
            told |= {text.idea_id, found[0].idea.pk}
            print(json.dumps([found[0].similarity, text.text, found[0].text.text]))


def _named(own: list[str], unseen: list[str]) -> list[tuple[str, list[str]]]:
    return [("its own texts", own), ("unseen texts", unseen)]


def _halves(text: str) -> tuple[str, str]:
    words = text.split()
    return " ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])


def _taken(debate: Debate, words: list[str]) -> dict[str, list[float]]:
    """Milliseconds for each by the clock and of the processor, ideas and texts fetched."""
    connection.ensure_connection()
    backend = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")

    def processor() -> float:
        return time.process_time() * 1e9 + int(backend.read_text().split()[0])

    clock, spent = [], []
    for number, text in enumerate([*words[:TO_WARM_UP], *words]):
        begun, before = time.perf_counter(), processor()
        near(debate, text)
        if number >= TO_WARM_UP:
            clock.append((time.perf_counter() - begun) * 1e3)
            spent.append((processor() - before) / 1e6)
    return {"clock": clock, "processor": spent}
