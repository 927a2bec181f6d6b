"""Two debates, one small and one large, and any number of votes: for the bench of the next card."""

import json

from django.db import connection, transaction

from core.clock import database_now
from submissions.debate.tallies import refresh_tallies
from submissions.models import Debate, Idea, IdeaText, Participant

VOTES_A_PERSON = 100
APART = 187  # ideas of one person; with 18,690 of them no idea comes twice

# A crowd that is not there for long: the constraints hold by construction, and are not checked.
VOTES = """
SET LOCAL session_replication_role = replica;
CREATE TEMPORARY TABLE listed ON COMMIT DROP AS
    SELECT row_number() OVER (ORDER BY id) - 1 AS number, id FROM submissions_idea
    WHERE debate_id = %(debate)s AND status = 'published';
CREATE UNIQUE INDEX ON listed (number);
CREATE TEMPORARY TABLE people ON COMMIT DROP AS
    SELECT number, gen_random_uuid() AS id FROM generate_series(1, %(people)s) AS number;
INSERT INTO submissions_participant (id, consultation_id, suspect, source, source_key)
    SELECT id, %(consultation)s, false, '', '' FROM people;
INSERT INTO submissions_vote (idea_id, participant_id, choice, read_in, key_valid)
    SELECT listed.id, people.id,
        CASE WHEN random() < listed.number %% 10 / 10.0 THEN 'agree'
            WHEN random() < 0.5 THEN 'disagree' ELSE 'neutral' END,
        'en', true
    FROM people CROSS JOIN generate_series(0, %(each)s - 1) AS turn
    JOIN listed ON listed.number = (people.number * 37 + turn * %(apart)s) %% %(ideas)s;
"""


def main(few: int, many: int, votes: int) -> None:
    """Have ``few`` and ``many`` ideas in two debates, and ``votes`` more; print both debates."""
    small, large = Debate.objects.open_at().order_by("pk")[:2]
    for debate, wanted in ((small, few), (large, many)):
        _fill(debate, wanted)
    with transaction.atomic(), connection.cursor() as cursor:
        people = votes // VOTES_A_PERSON
        figures = {
            "debate": large.pk,
            "consultation": large.consultation_id,
            "people": people,
            "each": VOTES_A_PERSON,
            "apart": APART,
            "ideas": many,
        }
        for statement in filter(str.strip, VOTES.split(";")):
            cursor.execute(statement, figures)
    refresh_tallies()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    print(json.dumps([small.pk, large.pk]))


def _fill(debate: Debate, wanted: int) -> None:
    """Publish ideas until there are ``wanted``, or withdraw the newest."""
    published = Idea.objects.published().filter(debate=debate)
    missing = wanted - published.count()
    now = database_now()
    if missing < 0:
        extra = list(published.order_by("-pk").values_list("pk", flat=True)[:-missing])
        Idea.objects.filter(pk__in=extra).update(status="withdrawn")
    made = Idea.objects.bulk_create(
        Idea(debate=debate, language="en", status="published", published_at=now)
        for _number in range(missing)
    )
    IdeaText.objects.bulk_create(
        IdeaText(idea=idea, language="en", text=f"We should do thing {idea.pk}.") for idea in made
    )


def readers(count: int) -> list[Participant]:
    """New people who read both languages."""
    consultation = Debate.objects.open_at().order_by("pk")[0].consultation_id
    return Participant.objects.bulk_create(
        Participant(consultation_id=consultation, reads=["en", "fr"]) for _number in range(count)
    )
