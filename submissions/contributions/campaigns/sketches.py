"""MinHash sketches of long answers: of two, how much of what both say is the same.

Two texts are as near as the runs of three words that they share, of all that either has (Jaccard);
128 hashes tell it to some four hundredths (Broder, 1997). Case, accents and signs count for
nothing.
"""

import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from hashlib import md5
from itertools import islice
from operator import eq
from typing import Any

import regex
from django.db.models import F, Q
from django.db.models.functions import MD5, Length

from submissions.models import (
    Answer,
    AnswerPublication,
    Consultation,
    ContributionState,
    QuestionKind,
    TextSketch,
)

HASHES = 128
SCHEME = "affine32"  # how datasketch makes them: stored hashes do not say it
RUN = 3  # words
SHORTEST = 40  # words: what is shorter may be the same by chance
SHORTEST_SIGNS = 160  # asked of the database first
AT_ONCE = 500
_WORD = regex.compile(r"[\p{L}\p{N}]+")


def words_of(text: str) -> list[str]:
    """The words, as they are compared."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return _WORD.findall(regex.sub(r"\p{M}", "", plain))


def sketch_of(text: str) -> bytes | None:
    """The hashes of ``text``, four bytes each; None for one that is too short to compare."""
    words = words_of(text)
    if len(words) < SHORTEST:
        return None
    runs = {" ".join(words[at : at + RUN]).encode() for at in range(len(words) - RUN + 1)}
    # Imported where it is used: it brings scipy along, for which a web process has no use.
    from datasketch import MinHash  # noqa: PLC0415

    minhash = MinHash(num_perm=HASHES, scheme=SCHEME)
    minhash.update_batch(list(runs))
    return array("I", (int(value) for value in minhash.hashvalues)).tobytes()


def minhash_of(sketch: bytes) -> Any:
    """What ``sketch_of`` was made of, for datasketch."""
    from datasketch import MinHash  # noqa: PLC0415 - as above

    return MinHash(num_perm=HASHES, hashvalues=list(_numbers(sketch)), scheme=SCHEME)


def likeness(one: bytes, other: bytes) -> float:
    """From 0 to 1: the share of hashes that are equal."""
    return sum(map(eq, _numbers(one), _numbers(other))) / HASHES


def _numbers(sketch: bytes) -> "array[int]":
    return array("I", sketch)


def comparable() -> Q:
    """Answers that may be public with their contribution: of others nothing is told, nor found."""
    return (
        Q(may_publish=True, contribution__state=ContributionState.RECEIVED)
        & Q(question__kind__in=[QuestionKind.LONG_TEXT, QuestionKind.SHORT_TEXT])
        & ~Q(question__publication=AnswerPublication.NEVER)
    )


def sketch_what_is_new(consultation: Consultation) -> int:
    """Sketch answers that have no sketch of what they say now; how many changed, or went."""
    gone, _models = (
        TextSketch.objects.filter(answer__contribution__consultation=consultation)
        .exclude(answer__in=Answer.objects.filter(comparable()))
        .delete()
    )
    long_enough = (
        Answer.objects.filter(comparable(), contribution__consultation=consultation)
        .annotate(signs=Length("text"), said=MD5("text"))
        .filter(signs__gte=SHORTEST_SIGNS)
        .exclude(sketch__of=F("said"))
        .order_by("pk")
        .values_list("pk", "text")
    )
    made = 0
    answers = long_enough.iterator(chunk_size=AT_ONCE)
    while some := list(islice(answers, AT_ONCE)):
        made += _keep(some)
    return gone + made


def _keep(answers: Iterable[tuple[int, str]]) -> int:
    """Too short a text has an empty sketch, so that it is not read again."""
    rows = [
        TextSketch(
            answer_id=pk,
            of=md5(text.encode(), usedforsecurity=False).hexdigest(),
            hashes=sketch_of(text) or b"",
        )
        for pk, text in answers
    ]
    TextSketch.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["answer"], update_fields=["of", "hashes"]
    )
    return len(rows)


def sketches_in(consultation: Consultation) -> Iterator[tuple[int, int, bytes]]:
    """``(contribution, answer, hashes)`` of every text that is long enough, in a fixed order."""
    rows = (
        TextSketch.objects.filter(answer__contribution__consultation=consultation)
        .exclude(hashes=b"")
        .order_by("answer_id")
        .values_list("answer__contribution_id", "answer_id", "hashes")
    )
    for contribution, answer, hashes in rows.iterator(chunk_size=2000):
        yield contribution, answer, bytes(hashes)
