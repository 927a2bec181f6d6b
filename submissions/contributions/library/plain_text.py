"""A published contribution as a text file: for reading aloud, archives and tools."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from core.dates import day
from submissions.contributions.library.citing import Work
from submissions.contributions.library.reading import Shown


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
            yield from (f"- {line.text}" for line in answer.lines)
            if answer.text:
                yield answer.text
    yield from ("", "", citation)
