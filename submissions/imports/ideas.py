"""Many ideas at once: identity is source and row, so that running twice doubles nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from core.clock import database_now
from submissions.imports.files import Table
from submissions.models import Debate, Idea, IdeaText
from submissions.signals import ideas_imported

BATCH = 2000
DEFAULT_COLUMN = "proposal"

# Ideas in the order of their rows, each with its text and an empty tally.
ADD = """
WITH sent AS (
    SELECT * FROM unnest(
        %(rows)s::text[], %(texts)s::text[], %(published)s::boolean[], %(authors)s::uuid[]
    ) WITH ORDINALITY AS sent (source_row, text, published, author_id, position)
),
idea AS (
    INSERT INTO submissions_idea
        (debate_id, author_id, language, status, published_at, extremity, source, source_row)
    SELECT %(debate)s, author_id, %(language)s,
        CASE WHEN published THEN 'published' ELSE 'withdrawn' END,
        CASE WHEN published THEN %(now)s END, 0, %(source)s, source_row
    FROM sent ORDER BY position
    RETURNING id, source_row
),
said AS (
    INSERT INTO submissions_ideatext (idea_id, language, text, origin)
    SELECT idea.id, %(language)s, sent.text, 'author' FROM idea JOIN sent USING (source_row)
),
tally AS (
    INSERT INTO submissions_tally (idea_id, agree, disagree, neutral, votes)
    SELECT id, 0, 0, 0, 0 FROM idea
)
SELECT id FROM idea
"""

Progress = Callable[[int, int], None]  # how many rows of how many are written


@dataclass(frozen=True)
class ImportedIdea:
    """One idea of a file: what names it there, and what it says."""

    row: str
    text: str
    published: bool = True  # else it comes in as withdrawn
    author: str = ""


@dataclass(frozen=True)
class IdeasAdded:
    """What an import did."""

    added: int
    withdrawn: int  # of these, how many came in as withdrawn
    known: int  # were there already, and were left as they are
    reworded: int  # of the known ones, how many say something else in the file


def ideas_in(path: Path, column: str = DEFAULT_COLUMN) -> list[ImportedIdea]:
    """The ideas in one column of a CSV file, each named by the number of its row (1 is the first).

    Raises ``UnreadableFile`` for the first row that can't be read.
    """
    table = Table(path)
    table.require(column)
    return [
        ImportedIdea(row=str(number), text=row.text(column))
        for number, row in enumerate(table.rows(), 1)
    ]


@transaction.atomic
def import_ideas(
    debate: Debate,
    ideas: Sequence[ImportedIdea],
    *,
    language: str,
    source: str,
    progress: Progress,
    authors: Mapping[str, UUID] | None = None,
) -> IdeasAdded:
    """Write the ideas that ``debate`` has not yet from ``source``: all of them, or none.

    They come in published (the last row is the newest), whatever the debate's rules for writing.
    Sends ``ideas_imported`` once. Two imports into one debate wait for each other.
    """
    Debate.objects.select_for_update(no_key=True).get(pk=debate.pk)
    texts = IdeaText.objects.filter(idea__debate=debate, idea__source=source)
    known = dict(texts.filter(language=F("idea__language")).values_list("idea__source_row", "text"))
    new = [idea for idea in ideas if idea.row not in known]
    every: dict[str, Any] = {
        "debate": debate.pk,
        "language": language,
        "source": source,
        "now": database_now(),
    }
    idea_ids: list[int] = []
    with connection.cursor() as cursor:
        for start in range(0, len(new), BATCH):
            batch = new[start : start + BATCH]
            sent: dict[str, Any] = {
                "rows": [idea.row for idea in batch],
                "texts": [idea.text for idea in batch],
                "published": [idea.published for idea in batch],
                "authors": [(authors or {}).get(idea.author) for idea in batch],
            }
            cursor.execute(ADD, {**every, **sent})
            idea_ids.extend(row[0] for row in cursor.fetchall())
            progress(len(idea_ids), len(new))
    if idea_ids:
        ideas_imported.send(sender=Idea, idea_ids=idea_ids)
    return IdeasAdded(
        added=len(new),
        withdrawn=sum(not idea.published for idea in new),
        known=len(ideas) - len(new),
        reworded=sum(1 for idea in ideas if known.get(idea.row, idea.text) != idea.text),
    )
