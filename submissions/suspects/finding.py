"""Look for clusters in the last hours: bounded by what happened lately, not by all votes.

The worker looks once an hour, and an organiser when they like. What is found again joins the
cluster that it belongs to; nothing found is ever taken away.
"""

from typing import Any

from django.db import connection, transaction
from django_tasks import task

from submissions.models import (
    Address,
    Cluster,
    ClusterKind,
    ClusterMember,
    Consultation,
    Origin,
    Participant,
    VoteEvent,
)

ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended('submissions.suspects', 0))"
MOST_SECONDS = 30  # then it is given up, and tried again in an hour

LATELY = "3 hours"  # looked at each hour, so that whatever lasts two is seen whole
ALIKE_IDEAS, ALIKE_PEOPLE = 10, 3
UNTRUSTED_VOTES = 3
FAST_VOTES, FAST_SECONDS = 20, 20  # an idea takes longer to read than a second

# Of one network, as its hash of the day says, within an hour.
NEWCOMERS = """
SELECT consultation_id, sha256(origin_hash) AS mark, participant_id, at
FROM (
    SELECT seen.*, max(so_far) OVER (
        PARTITION BY consultation_id, origin_hash ORDER BY at
        RANGE BETWEEN CURRENT ROW AND '1 hour' FOLLOWING
    ) AS at_most
    FROM (
        SELECT participant.consultation_id, origin_hash, participant_id, at, newcomers_shown,
            count(*) OVER (
                PARTITION BY participant.consultation_id, origin_hash ORDER BY at
                RANGE BETWEEN '1 hour' PRECEDING AND CURRENT ROW
            ) AS so_far
        FROM {origin} AS origin
        JOIN {participant} AS participant ON participant.id = participant_id
        JOIN {consultation} AS consultation ON consultation.id = participant.consultation_id
        WHERE at > statement_timestamp() - %(lately)s::interval
    ) AS seen
) AS newcomers
WHERE at_most >= newcomers_shown
"""

SAID_LATELY = """
    SELECT event.id, event.participant_id, idea_id, choice, key_valid, at, consultation_id
    FROM {voteevent} AS event
    JOIN {participant} AS participant ON participant.id = event.participant_id
    WHERE at > statement_timestamp() - %(lately)s::interval AND kind IN ('cast', 'changed')
"""

# Alike is who said the same of the same ideas and of no others, in any order; or of ten ideas in a
# row, in the same order: cards come to each in an order of their own, shared by nobody by chance.
# Who is alike in several ways is put with the most others.
ALIKE = """
SELECT consultation_id, coalesce(
        (
            SELECT known.mark FROM {cluster} AS known
            JOIN {clustermember} AS member ON member.cluster_id = known.id
            WHERE known.kind = 'alike' AND known.consultation_id = best.consultation_id
                AND member.participant_id = ANY (best.together)
            ORDER BY known.mark LIMIT 1
        ), mark
    ) AS mark, participant_id, at
FROM (
    SELECT DISTINCT ON (participant_id) consultation_id, mark, participant_id, at, people, together
    FROM (
        SELECT way.*, people, together FROM way JOIN (
            SELECT consultation_id, mark, count(DISTINCT participant_id) AS people,
                array_agg(DISTINCT participant_id) AS together
            FROM way GROUP BY consultation_id, mark
            HAVING count(DISTINCT participant_id) >= %(alike_people)s
        ) AS shared USING (consultation_id, mark)
    ) AS shared_ways
    ORDER BY participant_id, people DESC, mark
) AS best
"""
WAYS = """
said AS ({said}),
stands AS (
    SELECT DISTINCT ON (participant_id, idea_id) * FROM said
    ORDER BY participant_id, idea_id, id DESC
),
way AS (
    SELECT consultation_id, participant_id, max(at) AS at,
        sha256(string_agg(idea_id || choice, ' ' ORDER BY idea_id)::bytea) AS mark
    FROM stands GROUP BY consultation_id, participant_id HAVING count(*) >= %(alike_ideas)s
    UNION ALL
    SELECT consultation_id, participant_id, at, sha256(('in a row ' || run)::bytea)
    FROM (
        SELECT consultation_id, participant_id, at, string_agg(idea_id || choice, ' ') OVER ten
            AS run, count(*) OVER ten AS long
        FROM stands
        WINDOW ten AS (
            PARTITION BY participant_id ORDER BY id
            ROWS BETWEEN %(alike_ideas)s - 1 PRECEDING AND CURRENT ROW
        )
    ) AS runs
    WHERE long = %(alike_ideas)s
)
"""

UNTRUSTED = """
SELECT consultation_id, sha256(('untrusted ' || (at AT TIME ZONE 'UTC')::date)::bytea) AS mark,
    participant_id, at
FROM (
    SELECT said.*, count(*) OVER (PARTITION BY participant_id) AS without
    FROM ({said}) AS said WHERE NOT key_valid
) AS untrusted
WHERE without >= %(untrusted_votes)s
"""

SPEED = """
SELECT consultation_id, sha256(('speed ' || (at AT TIME ZONE 'UTC')::date)::bytea) AS mark,
    participant_id, at
FROM (
    SELECT said.*,
        lag(at, %(fast_votes)s - 1) OVER (PARTITION BY participant_id ORDER BY id) AS first
    FROM ({said}) AS said
) AS fast
WHERE at - first <= %(fast_seconds)s * interval '1 second'
"""

# The mark is of the first address's number: a hash of the address itself could be guessed.
LOOKALIKES = """
SELECT consultation_id, sha256(('lookalike ' || first)::bytea) AS mark, participant_id,
    confirmed_at AS at
FROM (
    SELECT address.*, min(id) OVER alike AS first, count(*) OVER alike AS number
    FROM {address} AS address
    WHERE (consultation_id, likeness) IN (
        SELECT consultation_id, likeness FROM {address}
        WHERE likeness <> '' AND confirmed_at > statement_timestamp() - %(lately)s::interval
    )
    WINDOW alike AS (PARTITION BY consultation_id, likeness)
) AS addresses
WHERE number > 1
"""

KEEP = """
WITH {first}found AS MATERIALIZED ({found}),
kept AS (
    INSERT INTO {cluster} AS cluster (consultation_id, kind, mark, began_at, ended_at)
    SELECT consultation_id, %(kind)s, mark, min(at), max(at) FROM found
    GROUP BY consultation_id, mark ORDER BY mark
    ON CONFLICT (consultation_id, kind, mark) DO UPDATE
    SET began_at = least(cluster.began_at, EXCLUDED.began_at),
        ended_at = greatest(cluster.ended_at, EXCLUDED.ended_at)
    RETURNING id, consultation_id, mark
)
INSERT INTO {clustermember} (cluster_id, participant_id)
SELECT DISTINCT kept.id, participant_id FROM found JOIN kept USING (consultation_id, mark)
ON CONFLICT DO NOTHING
"""
FOUND = {
    ClusterKind.NEWCOMERS: ("", NEWCOMERS),
    ClusterKind.ALIKE: (f"{WAYS}, ", ALIKE),
    ClusterKind.UNTRUSTED: ("", UNTRUSTED),
    ClusterKind.SPEED: ("", SPEED),
    ClusterKind.LOOKALIKE: ("", LOOKALIKES),
}


@task(backend="durable")
def look_for_clusters() -> None:
    """What the worker does once an hour."""
    find_clusters()


@transaction.atomic
def find_clusters() -> int:
    """Look at the last hours, and keep what is found; how many joined a cluster."""
    models = (Address, Cluster, ClusterMember, Consultation, Origin, Participant, VoteEvent)
    tables = {model.__name__.lower(): model._meta.db_table for model in models}
    said = SAID_LATELY.format(**tables)
    told: dict[str, Any] = {
        "lately": LATELY,
        "alike_ideas": ALIKE_IDEAS,
        "alike_people": ALIKE_PEOPLE,
        "untrusted_votes": UNTRUSTED_VOTES,
        "fast_votes": FAST_VOTES,
        "fast_seconds": FAST_SECONDS,
    }
    joined = 0
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout = '{MOST_SECONDS}s'")
        cursor.execute(ONE_AT_A_TIME)
        for kind, (first, found) in FOUND.items():
            statement = KEEP.format(
                first=first.format(said=said, **tables),
                found=found.format(said=said, **tables),
                **tables,
            )
            cursor.execute(statement, told | {"kind": kind.value})
            joined += cursor.rowcount
        cursor.execute("SET LOCAL statement_timeout = DEFAULT")
    return joined
