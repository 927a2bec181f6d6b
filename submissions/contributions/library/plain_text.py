"""A published contribution as a text file: for reading aloud, archives and tools."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.dates import day
from submissions.contributions.library.citing import Work
from submissions.contributions.library.reading import Shown
from submissions.models import QuestionKind


def as_text(shown: Shown, work: Work, citation: str, language: str) -> str:
    """All that its page says, in ``language``, which is active; the words as they were written."""
    return "\n".join(_lines(shown, work, citation, language)) + "\n"


def _lines(shown: Shown, work: Work, citation: str, language: str) -> Iterator[str]:
    yield work.title
    yield ", ".join(said for said in (shown.author, shown.role, shown.organisation) if said)
    yield f"{shown.type}, {shown.country}"
    yield _("Version %(number)s, sent on %(day)s, published on %(published)s") % {
        "number": shown.version,
        "day": day(shown.sent_on, language),
        "published": day(work.published_on, language),
    }
    yield f"SHA-256 {work.sha256}"
    for part in shown.parts:
        yield from ("", "", part.title, "=" * len(part.title))
        for answer in part.answers:
            yield from ("", answer.label.text, "-" * min(len(answer.label.text), 72))
            ranked = answer.kind == QuestionKind.RANKING
            for place, line in enumerate(answer.lines, start=1):
                yield f"{place}. {line.text}" if ranked else f"- {line.text}"
            if answer.text and answer.lines:
                yield pgettext("answer", "Other, in their own words:")
            if answer.text:
                yield answer.text
    yield from _files(shown)
    yield from ("", "", citation)


def _files(shown: Shown) -> Iterator[str]:
    """What goes with it, by name: to read it one goes to its page."""
    if shown.files:
        title = pgettext("contribution", "Files")
        yield from ("", "", title, "=" * len(title))
    for file in shown.files:
        yield f"- {file['name']}"
        if asked := file["asked"]:
            yield "  {} {}".format(pgettext("files", "Answers the question:"), asked.text)
