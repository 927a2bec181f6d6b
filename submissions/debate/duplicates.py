"""What was proposed already: published ideas whose words are near, in whatever language.

Two texts are as alike as the trigrams they share, of all that either has (Jaccard; ``similarity``
of PostgreSQL's pg_trgm), once case, accents and the opening words are taken away. All approved
texts of an idea count, translations too; the nearest one speaks for it.
"""

from dataclasses import dataclass

from django.db import connection

from submissions.models import Debate, Idea, IdeaText

# Two commands in one trip: the first holds for this transaction, which is the two of them unless
# there is one already. Step by step, whatever the planner's statistics say: the words are folded,
# the index finds what shares enough trigrams, ``%`` compares, and the few that are left are judged.
NEAREST = """
SELECT set_config('pg_trgm.similarity_threshold', %(from)s, true);
WITH sought AS MATERIALIZED (SELECT submissions_folded(%(text)s) AS words),
alike AS MATERIALIZED (
    SELECT id, idea_id, similarity(folded, (SELECT words FROM sought)) AS similarity
    FROM submissions_ideatext
    WHERE folded %% (SELECT words FROM sought)
        AND (origin = 'author' OR approved_at IS NOT NULL)
),
nearest AS (
    SELECT DISTINCT ON (alike.idea_id) alike.* FROM alike
    JOIN submissions_idea AS idea ON idea.id = alike.idea_id
    WHERE idea.debate_id = %(debate)s AND idea.status = 'published'
        AND idea.id IS DISTINCT FROM %(besides)s
    ORDER BY alike.idea_id, alike.similarity DESC, alike.id
)
SELECT id, similarity FROM nearest ORDER BY similarity DESC, idea_id LIMIT %(limit)s
"""


@dataclass(frozen=True)
class NearIdea:
    """A published idea, the text of it that is near, and how near: from 0 to 1, equal words."""

    idea: Idea
    text: IdeaText
    similarity: float


def near(
    debate: Debate, text: str, *, limit: int = 3, besides: Idea | None = None
) -> list[NearIdea]:
    """The ideas of ``debate`` nearest to ``text``, at least as near as the debate says.

    The nearest first, each once, never ``besides``. One query, and three more when there are some.
    """
    sought: dict[str, str | int | None] = {
        "text": text,
        # A likeness has six decimals that are true: what is just as near is not to be missed.
        "from": f"{debate.near_from / 100 - 1e-6:f}",
        "debate": debate.pk,
        "besides": besides.pk if besides else None,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(NEAREST, sought)
        cursor.nextset()
        similarities: dict[int, float] = dict(cursor.fetchall())
    if not similarities:
        return []
    texts = IdeaText.objects.select_related("idea__tally").prefetch_related("idea__texts")
    found = texts.in_bulk(similarities)
    return [
        NearIdea(found[key].idea, found[key], similarity)
        for key, similarity in similarities.items()
        if key in found
    ]
