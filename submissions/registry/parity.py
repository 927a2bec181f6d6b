"""Parity: a form opens once it is the same form in every language offered."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from submissions.models import FormBlock
from submissions.models.form_block import FormBlockLabel
from submissions.question_blocks import items_of

Structure = list[list[Any]]


@dataclass(frozen=True)
class Difference:
    """One thing that is not the same in every language, said so that an editor can mend it."""

    language: str
    sentence: str


def structure(value: Any) -> Structure:
    """What must be equal in every translation of a form block: ``[id, kind, [choice ids]]`` rows.

    The columns of a matrix stand among its choices, after its lines. A debate has no parts, so its
    structure is empty.
    """
    if "questions" not in value:
        return []
    return [
        [
            question.id,
            question.block_type,
            [item.id for _is_column, item in items_of(question.value)],
        ]
        for question in value["questions"]
    ]


def language_name(code: str) -> str:
    """The language's name in the active language."""
    name: str = get_language_info(code)["name_translated"]
    return name


def differences(row: FormBlock, soon: dict[str, Structure] | None = None) -> list[Difference]:
    """What keeps ``row`` from being level; empty when it is.

    Reads ``row.labels`` (prefetch them for several rows). The fullest language is the measure.
    ``soon``: what is about to be published, by language, in place of what is.
    """
    labels: Iterable[FormBlockLabel] = row.labels.all()  # type: ignore[attr-defined]
    structures: dict[str, Structure] = {
        label.language: label.structure for label in labels if label.present and label.live
    } | (soon or {})
    found = [
        Difference(code, _("Not published in %(language)s.") % {"language": language_name(code)})
        for code in row.consultation.languages
        if code not in structures
    ]
    offered = {code: structures[code] for code in row.consultation.languages if code in structures}
    parts: dict[str, tuple[str, set[str]]] = {}
    for form in offered.values():
        for part, kind, choices in form:
            known = parts.setdefault(part, (kind, set()))[1]
            known.update(choices)
    for code, form in offered.items():
        here = {part: set(choices) for part, _kind, choices in form}
        found.extend(_missing(row, code, parts, here))
    return found


def _missing(
    row: FormBlock,
    code: str,
    parts: dict[str, tuple[str, set[str]]],
    here: dict[str, set[str]],
) -> list[Difference]:
    """Questions and choices that other languages have and ``code`` has not."""
    questions = {str(q.block_id): q for q in row.questions.all()} if parts else {}  # type: ignore[attr-defined]
    found = []
    for part, (_kind, choices) in parts.items():
        name = str(questions.get(part, ""))
        words = {"language": language_name(code), "question": name}
        if part not in here:
            sentence = _("In %(language)s, the question “%(question)s” is missing.") % words
            found.append(Difference(code, sentence))
        elif choices - here[part]:
            words["count"] = str(len(choices - here[part]))
            sentence = (
                _("In %(language)s, “%(question)s” lacks choices: %(count)s missing.") % words
            )
            found.append(Difference(code, sentence))
    return found
