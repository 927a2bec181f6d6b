"""What is written to the index: idempotent, one statement for any number of ideas."""

import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from wagtail.models import Page
from wagtail.search.index import SearchField

from core.text_search import GLUE, WITHOUT_STEMS, configuration
from search.models import MARK_START, MARK_STOP, Entry, EntryKind

# The rows of ``source`` (kind, key, language, title, text) with their vectors. A title weighs more.
WRITE = """
INSERT INTO search_entry (kind, key, language, title, text, vector)
SELECT kind, key, language, title, text,
       setweight(to_tsvector(configuration, translate(normalize(title), %(glue)s, %(spaces)s)), 'A')
    || setweight(to_tsvector(configuration, translate(normalize(text), %(glue)s, %(spaces)s)), 'B')
FROM (
    SELECT kind, key, language, translate(title, %(marks)s, '') AS title,
           translate(text, %(marks)s, '') AS text,
           coalesce(%(configurations)s::jsonb ->> language, %(other)s)::regconfig AS configuration
    FROM ({source}) AS source
) AS readable
ON CONFLICT (kind, key, language)
DO UPDATE SET title = excluded.title, text = excluded.text, vector = excluded.vector
"""

PAGE = """
SELECT %(kind)s::text AS kind, %(key)s::bigint AS key, %(language)s::text AS language,
       %(title)s::text AS title, %(text)s::text AS text
"""

# The author's text, and translations that somebody approved.
IDEAS = """
SELECT 'idea' AS kind, idea.id AS key, said.language, '' AS title, said.text
FROM submissions_idea AS idea JOIN submissions_ideatext AS said ON said.idea_id = idea.id
WHERE idea.status = 'published' AND (said.origin = 'author' OR said.approved_at IS NOT NULL)
"""

# What is published of a contribution, in each language that it has words in: content alone.
CONTRIBUTIONS = """
SELECT 'contribution' AS kind, published.contribution_id AS key, said.language,
       coalesce(published.content #>> '{identity,name}', '') || ' '
       || coalesce(published.content #>> '{identity,organisation}', '') AS title,
       said.text
FROM submissions_publication AS published, LATERAL (
    SELECT answer ->> 'language' AS language, string_agg(answer ->> 'text', E'\n') AS text
    FROM jsonb_array_elements(published.content -> 'parts') AS part,
         jsonb_array_elements(part -> 'answers') AS answer
    WHERE coalesce(answer ->> 'text', '') <> ''
    GROUP BY answer ->> 'language'
) AS said
WHERE published.state = 'live'
"""


def write(source: str, **parameters: Any) -> int:
    """Upsert what ``source`` selects; how many rows that were."""
    configurations = {code: configuration(code) for code, _name in settings.LANGUAGES}
    with connection.cursor() as cursor:
        cursor.execute(
            WRITE.format(source=source),
            {
                "glue": GLUE,
                "spaces": " " * len(GLUE),
                "marks": MARK_START + MARK_STOP,
                "configurations": json.dumps(configurations),
                "other": WITHOUT_STEMS,
                **parameters,
            },
        )
        return cursor.rowcount


def remove(kind: EntryKind, keys: Iterable[int]) -> None:
    """Take every language of these pages, ideas or contributions out of the index."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM search_entry WHERE kind = %s AND key = ANY(%s)", [kind.value, list(keys)]
        )


def words_of(page: Page) -> str:
    """What a specific page says besides its title: the fields that its ``search_fields`` name."""
    pieces: list[str] = []
    for field in page.get_search_fields():
        if isinstance(field, SearchField) and field.field_name != "title":
            value = field.get_value(page)
            pieces.extend(value if isinstance(value, list) else [value or ""])
    return "\n".join(piece.replace("\x00", "") for piece in pieces if piece)


@transaction.atomic
def index_page(page_id: int) -> None:
    """Make the index say what the page says live: read anew, for a caller may hold a draft.

    An alias shows the words of another page, and is left out.
    """
    live = Page.objects.live().filter(pk=page_id, alias_of__isnull=True, depth__gt=1)
    page = live.select_related("locale").specific().first()
    remove(EntryKind.PAGE, [page_id])
    if page is not None:
        write(
            PAGE,
            kind=EntryKind.PAGE.value,
            key=page.pk,
            language=page.locale.language_code,
            title=page.title,
            text=words_of(page),
        )


@transaction.atomic
def index_ideas(idea_ids: Iterable[int]) -> None:
    """Make the index say what these ideas say: their readable texts if published, else nothing."""
    idea_ids = list(idea_ids)
    remove(EntryKind.IDEA, idea_ids)
    write(f"{IDEAS} AND idea.id = ANY(%(ideas)s)", ideas=idea_ids)


@transaction.atomic
def index_contributions(contribution_ids: Iterable[int]) -> None:
    """Make the index say what is published of these contributions now, or nothing."""
    contribution_ids = list(contribution_ids)
    remove(EntryKind.CONTRIBUTION, contribution_ids)
    ours = f"{CONTRIBUTIONS} AND published.contribution_id = ANY(%(contributions)s)"
    write(ours, contributions=contribution_ids)


@transaction.atomic
def rebuild() -> tuple[int, int]:
    """Write the whole index again; how many pages, and texts of people, it holds.

    Searches go on over the old one meanwhile; whoever publishes waits.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE search_entry IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("DELETE FROM search_entry")
    for page_id in Page.objects.live().values_list("pk", flat=True):
        index_page(page_id)
    texts = write(IDEAS) + write(CONTRIBUTIONS)
    return Entry.objects.filter(kind=EntryKind.PAGE).count(), texts
