"""A published contribution as a page shows it: its words as written, all else for the reader.

Read from the content of a publication (``publishing.content``), never from what was sent: what is
not in it can't be shown by mistake. Questions are asked in the reader's language where they were,
at the version that was answered; else as the contributor read them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.alternates import own_name
from core.dates import day
from core.numbers import number
from core.typography import typeset
from submissions.contributions.countries import country_name
from submissions.contributions.library.words import as_read, begins, plain
from submissions.models import (
    ChoiceLabel,
    QuestionKind,
    Questionnaire,
    QuestionWording,
    RespondentType,
)

SHORTENED = 320  # characters of an excerpt
LONG = (QuestionKind.LONG_TEXT, QuestionKind.SHORT_TEXT)


@dataclass(frozen=True)
class Line:
    """A label of a choice, or a figure, with the language that it is in."""

    text: str
    language: str


@dataclass(frozen=True)
class ShownAnswer:
    """A question and what was answered: ``lines``, ``words``, or both (“Other, say which”)."""

    question: int
    kind: str
    label: Line
    language: str  # of the words
    lines: list[Line]
    words: SafeString | str
    text: str  # the words without formatting
    link: str  # where the answer is an address


@dataclass(frozen=True)
class ShownPart:
    """The answers to one questionnaire, under the title of its theme."""

    questionnaire: int
    title: str
    answers: list[ShownAnswer]


@dataclass(frozen=True)
class Shown:
    """All that a page says of a contribution."""

    reference: str
    version: int
    sent_on: date
    name: str
    organisation: str
    role: str
    type: str
    country: str
    language: str
    language_name: str
    files: list[dict[str, Any]]
    parts: list[ShownPart] = field(default_factory=list)

    @property
    def author(self) -> str:
        """Who wrote it, or that they are not named."""
        return self.name or self.organisation or pgettext("contribution", "Author not named")


def facts_of(content: Mapping[str, Any], language: str) -> Shown:
    """Who and what, without the answers: no query."""
    identity = content["identity"]
    return Shown(
        reference=content["reference"],
        version=content["number"],
        sent_on=date.fromisoformat(content["sent_on"]),
        name=identity.get("name", ""),
        organisation=identity.get("organisation", ""),
        role=identity.get("role", ""),
        type=str(RespondentType(content["type"]).label),
        country=country_name(content["country"], language),
        language=content["language"],
        language_name=own_name(content["language"]),
        files=[dict(file) for file in content["files"]],
    )


def shown(content: Mapping[str, Any], language: str) -> Shown:
    """The whole, in ``language``, which is active: four queries, whatever the number of answers."""
    facts = facts_of(content, language)
    words = _Words(content, language)
    titles = theme_titles(part["questionnaire"] for part in content["parts"])
    facts.parts.extend(
        ShownPart(
            part["questionnaire"],
            titles.get(part["questionnaire"], ""),
            [_answer(said, words, language) for said in part["answers"]],
        )
        for part in content["parts"]
    )
    for file in facts.files:
        file["asked"] = words.of_file(file)
    return facts


def theme_titles(ids: Iterable[int]) -> dict[int, str]:
    """What the themes of these questionnaires are called in the active language: two queries."""
    rows = Questionnaire.objects.filter(pk__in=set(ids)).prefetch_related("labels")
    return {row.pk: row.page_title_in() for row in rows}


def excerpt(content: Mapping[str, Any]) -> Line:
    """How it begins: its first long answer, else its first words, cut between two words."""
    said = sorted(_answers(content), key=lambda one: one["kind"] != QuestionKind.LONG_TEXT)
    first = next((one for one in said if one.get("text")), None)
    if first is None:
        return Line("", content["language"])
    formatted = first["kind"] == QuestionKind.LONG_TEXT
    cuts = first.get("redactions", [])
    text = begins(first["text"], cuts, formatted=formatted, most=SHORTENED)
    return Line(text, first["language"])


def _answers(content: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for part in content["parts"]:
        yield from part["answers"]


class _Words:
    """Questions and choices in the reader's language."""

    def __init__(self, content: Mapping[str, Any], language: str) -> None:
        said = list(_answers(content))
        ids = {one["question"] for one in (*said, *content["files"]) if one["question"]}
        wordings = QuestionWording.objects.filter(question__in=ids).order_by("version")
        own = [one for one in wordings if one.language == language]
        self.wordings = {(one.question_id, one.version): one for one in own}
        self.newest = {one.question_id: one for one in (*wordings, *own)}  # own before others
        choices = {
            tick[name]
            for one in said
            for tick in one.get("ticks", [])
            for name in ("choice", "column")
            if name in tick
        }
        labels = ChoiceLabel.objects.filter(choice__in=choices, language=language)
        self.labels = dict(labels.values_list("choice_id", "text"))
        self.language = language

    def wording(self, said: Mapping[str, Any]) -> QuestionWording | None:
        """As it was asked at the version that was answered."""
        return self.wordings.get((said["question"], said["version"]))

    def question(self, said: Mapping[str, Any]) -> Line:
        """The words of the question, set as they are written."""
        wording = self.wording(said)
        if wording is not None:
            return Line(typeset(wording.label, self.language), self.language)
        return Line(typeset(said["asked"], said["language"]), said["language"])

    def of_file(self, file: Mapping[str, Any]) -> Line | None:
        """The question that a file answers, as it is asked now: a file keeps no version of it."""
        asked = self.newest.get(file["question"])
        return Line(typeset(asked.label, asked.language), asked.language) if asked else None

    def label(self, tick: Mapping[str, Any], name: str, said: Mapping[str, Any]) -> Line:
        """The words of a choice or a column."""
        known = self.labels.get(tick[name])
        if known:
            return Line(typeset(known, self.language), self.language)
        own = tick["label" if name == "choice" else "column_label"]
        return Line(typeset(own, said["language"]), said["language"])


def _answer(said: Mapping[str, Any], words: _Words, language: str) -> ShownAnswer:
    text, cuts = said.get("text", ""), said.get("redactions", [])
    is_link = said["kind"] == QuestionKind.LINK and not cuts
    formatted = said["kind"] == QuestionKind.LONG_TEXT
    return ShownAnswer(
        question=said["question"],
        kind=said["kind"],
        label=words.question(said),
        language=said["language"],
        lines=list(_lines(said, words, language)),
        words=as_read(text, cuts, language, formatted=formatted) if text else "",
        text=plain(text, cuts),
        link=text if is_link and text.startswith(("http://", "https://")) else "",
    )


def _lines(said: Mapping[str, Any], words: _Words, language: str) -> Iterator[Line]:
    """What is no text of the contributor's own."""
    for tick in said.get("ticks", []):
        label = words.label(tick, "choice", said)
        if "column" in tick:
            column = words.label(tick, "column", said)
            yield Line(
                pgettext("line of a matrix", "%(line)s: %(column)s")
                % {"line": label.text, "column": column.text},
                label.language,
            )
        else:
            yield label
    if "number" in said:
        yield Line(_point(said, words), language)
    if "amount" in said:
        figure = number(Decimal(said["amount"]), language)
        wording = words.wording(said)
        unit = wording.unit if wording else said.get("unit", "")
        yield Line(f"{figure}\u00a0{unit}" if unit else figure, language)
    if "day" in said:
        yield Line(day(date.fromisoformat(said["day"]), language), language)


def _point(said: Mapping[str, Any], words: _Words) -> str:
    """A point of a scale, with what its ends mean where that can be said in one language."""
    wording, points = words.wording(said), said.get("points")
    if wording is None or not (wording.low_label and wording.high_label):
        return _("%(point)s of %(points)s") % {"point": said["number"], "points": points}
    return pgettext("scale", "%(point)s, where 1 is “%(low)s” and %(points)s is “%(high)s”") % {
        "point": said["number"],
        "points": points,
        "low": wording.low_label,
        "high": wording.high_label,
    }
