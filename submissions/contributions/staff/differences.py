"""What changed between two versions of a contribution, answer by answer."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import get_language, pgettext

from core.differences import Piece, difference
from submissions.contributions.countries import country_name
from submissions.contributions.sent import IDENTITY
from submissions.models import Contribution, ContributionVersion, Question, RespondentType

# Words times words that are compared one by one: more, and a sentence is shown as replaced.
MOST_COMPARED = 400_000
_SENTENCES = re.compile(r".*?(?:[.!?…]\s+|\n+|$)", re.DOTALL)


@dataclass(frozen=True)
class Change:
    """What of it changed, and how. ``language`` is that of the words, where they are answers."""

    what: str
    pieces: list[Piece]
    language: str = ""
    what_language: str = ""
    question: int | None = None


def changes_between(
    before: ContributionVersion, after: ContributionVersion, questions: Mapping[int, Question]
) -> list[Change]:
    """In the order of the form: who answers, the answers, the files. Empty: nothing changed.

    ``questions`` are those that either answers, with words and choices prefetched.
    """
    return [
        *_identity(before.content, after.content),
        *_answers(before.content, after.content, questions),
        *_files(before.content, after.content),
    ]


def answered_in(*versions: ContributionVersion) -> set[int]:
    """The questions that any of ``versions`` answers."""
    return {
        answer["question"] for version in versions for answer in version.content.get("answers", [])
    }


def compared(before: str, after: str) -> list[Piece]:
    """How a text came out of another: by sentences, then word by word where they changed.

    In a time that long answers don't run away with.
    """
    old, new = _sentences(before), _sentences(after)
    pieces: list[Piece] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        taken, put = "".join(old[start:end]), "".join(new[new_start:new_end])
        if tag == "equal":
            pieces.append(Piece("same", taken))
        elif taken and put and len(taken.split()) * len(put.split()) <= MOST_COMPARED:
            pieces.extend(difference(taken, put))
        else:
            pieces.extend(_replaced(taken, put))
    return pieces


def _sentences(text: str) -> list[str]:
    return [sentence for sentence in _SENTENCES.findall(text) if sentence]


def _replaced(taken: str, put: str) -> Iterator[Piece]:
    if taken:
        yield Piece("taken", taken)
    if put:
        yield Piece("put", put)


def _identity(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    was, now = before.get("identity", {}), after.get("identity", {})
    for name in IDENTITY:
        old, new = (_told(name, one.get(name, "")) for one in (was, now))
        if old != new:
            label = str(Contribution._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            yield Change(label.capitalize(), list(_replaced(old, new)))


def _told(name: str, value: str) -> str:
    if name == "respondent_type" and value in RespondentType.values:
        return str(RespondentType(value).label)
    if name == "country" and value:
        return country_name(value, get_language() or "en")
    return value


def _answers(
    before: Mapping[str, Any], after: Mapping[str, Any], questions: Mapping[int, Question]
) -> Iterator[Change]:
    was, now = ({a["question"]: a for a in one.get("answers", [])} for one in (before, after))
    order = sorted(
        (questions[pk] for pk in {*was, *now} if pk in questions),
        key=lambda question: (question.questionnaire_id, question.position, question.pk),
    )
    for question in order:
        old, new = was.get(question.pk), now.get(question.pk)
        pieces = compared(in_words(question, old), in_words(question, new))
        if all(piece.kind == "same" for piece in pieces):
            continue
        wording = question.wording_in()
        yield Change(
            wording.label if wording else str(question.pk),
            pieces,
            language=(new or old or {}).get("language", ""),
            what_language=wording.language if wording else "",
            question=question.pk,
        )


def in_words(question: Question, said: Mapping[str, Any] | None) -> str:
    """An answer of a version as text, a line each choice; choices in the reader's language."""
    if said is None:
        return ""
    labels = {choice.pk: choice.label_in() for choice in question.choices.all()}
    lines = [_ticked(tick, labels) for tick in said.get("ticks", [])]
    lines += [str(said[name]) for name in ("number", "amount", "day") if name in said]
    return "\n".join([*lines, *([said["text"]] if said.get("text") else [])])


def _ticked(tick: Mapping[str, int], labels: Mapping[int, str]) -> str:
    label = labels.get(tick["choice"], "?")
    if "place" in tick:
        return pgettext("ranking", "%(place)s. %(choice)s") % {
            "place": tick["place"],
            "choice": label,
        }
    if "column" in tick:
        return f"{label}: {labels.get(tick['column'], '?')}"
    return label


def _files(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    was, now = ({f["id"]: f["name"] for f in one.get("files", [])} for one in (before, after))
    for pk in sorted(was.keys() - now.keys()):
        yield Change(pgettext("contribution", "File"), [Piece("taken", was[pk])])
    for pk in sorted(now.keys() - was.keys()):
        yield Change(pgettext("contribution", "File"), [Piece("put", now[pk])])
