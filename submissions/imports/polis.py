"""A conversation gathered with Polis: comments as ideas, the matrix of last votes as votes.

The folder is an export as Polis publishes it: ``comments.csv`` and ``participants-votes.csv``,
where a column named by a number holds the votes on that comment (1 agree, -1 disagree, 0 pass).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.db import connection, transaction

from submissions.debate.tallies import refresh_tallies
from submissions.imports.files import Row, Table, UnreadableFile
from submissions.imports.ideas import IdeasAdded, ImportedIdea, Progress, import_ideas
from submissions.models import Debate, Idea, Participant, VoteChoice

COMMENTS = "comments.csv"
VOTES = "participants-votes.csv"
CHOICES = {"1": VoteChoice.AGREE, "-1": VoteChoice.DISAGREE, "0": VoteChoice.NEUTRAL}
MODERATED_OUT, MODERATION = "-1", ("-1", "0", "1")
BATCH = 5000

# A vote and its line in the log, in one statement; what stands already is left as it is.
CAST = """
WITH cast_now AS (
    INSERT INTO submissions_vote (idea_id, participant_id, choice, read_in, key_valid)
    SELECT sent.idea_id, sent.participant_id, sent.choice, %s, true
    FROM unnest(%s::bigint[], %s::uuid[], %s::text[]) AS sent (idea_id, participant_id, choice)
    ON CONFLICT ON CONSTRAINT one_vote_per_participant DO NOTHING
    RETURNING idea_id, participant_id, choice, read_in, key_valid
)
INSERT INTO submissions_voteevent
    (idea_id, participant_id, kind, choice, read_in, key_valid)
SELECT idea_id, participant_id, 'cast', choice, read_in, key_valid FROM cast_now
"""


@dataclass(frozen=True)
class PolisVote:
    """The last vote of one participant on one comment."""

    participant: str
    comment: str
    choice: VoteChoice


@dataclass(frozen=True)
class Conversation:
    """What a folder holds, read whole and checked."""

    comments: list[ImportedIdea]
    participants: list[str]
    votes: list[PolisVote]


@dataclass(frozen=True)
class ConversationAdded:
    """What an import did."""

    ideas: IdeasAdded
    participants: int
    votes: int
    votes_known: int


def conversation_in(folder: Path) -> Conversation:
    """Read both files. Raises ``UnreadableFile`` for the first row that can't be read."""
    comments = list(_comments(Table(folder / COMMENTS)))
    matrix = Table(folder / VOTES)
    matrix.require("participant")
    asked = [column for column in matrix.columns if column.isascii() and column.isdecimal()]
    for stranger in sorted(set(asked) - {comment.row for comment in comments}, key=int):
        problem = f"There are votes on comment {stranger}, which {COMMENTS} does not have."
        raise UnreadableFile(matrix.path, problem, 1)
    participants: dict[str, None] = {}
    votes: list[PolisVote] = []
    for row in matrix.rows():
        participant = str(row.number("participant"))
        if participant in participants:
            raise row.problem(f"Participant {participant} has a row already.")
        participants[participant] = None
        votes.extend(_votes(row, participant, asked, matrix.columns))
    return Conversation(comments, list(participants), votes)


def _comments(table: Table) -> Iterator[ImportedIdea]:
    table.require("comment-id", "author-id", "moderated", "comment-body")
    seen = set()
    for row in table.rows():
        comment = str(row.number("comment-id"))
        if comment in seen:
            raise row.problem(f"Comment {comment} has a row already.")
        seen.add(comment)
        if row["moderated"] not in MODERATION:
            raise row.problem(f"“moderated” is one of {', '.join(MODERATION)}.")
        yield ImportedIdea(
            row=comment,
            text=row.text("comment-body"),
            published=row["moderated"] != MODERATED_OUT,
            author=row["author-id"],
        )


def _votes(row: Row, participant: str, asked: list[str], columns: list[str]) -> list[PolisVote]:
    """The votes of one row of the matrix, equal in number to what its own columns say."""
    votes = []
    for comment in asked:
        if cell := row[comment]:
            if cell not in CHOICES:
                raise row.problem(
                    f"The vote on comment {comment} is “{cell[:20]}”, and not 1, -1, 0 or nothing."
                )
            votes.append(PolisVote(participant, comment, CHOICES[cell]))
    counts = {
        "n-votes": len(votes),
        "n-agree": sum(vote.choice is VoteChoice.AGREE for vote in votes),
        "n-disagree": sum(vote.choice is VoteChoice.DISAGREE for vote in votes),
    }
    for column, counted in counts.items():
        if column in columns and row.number(column) != counted:
            raise row.problem(f"“{column}” says {row[column]}, and the row holds {counted}.")
    return votes


@transaction.atomic
def import_conversation(
    debate: Debate,
    conversation: Conversation,
    *,
    language: str,
    source: str,
    progress: Progress,
) -> ConversationAdded:
    """Write the comments, participants and votes that are not there yet: all of them, or none.

    Comments that were moderated out come in as withdrawn, with their votes. Votes count as any
    other's and are logged. Tallies are recounted.
    """
    people, new_people = _participants(debate, conversation, source)
    ideas = import_ideas(
        debate,
        conversation.comments,
        language=language,
        source=source,
        progress=lambda _done, _total: None,  # the votes are what takes time
        authors=people,
    )
    rows = Idea.objects.filter(debate=debate, source=source)
    idea_ids = dict(rows.values_list("source_row", "pk"))
    votes = conversation.votes
    cast = 0
    with connection.cursor() as cursor:
        for start in range(0, len(votes), BATCH):
            batch = votes[start : start + BATCH]
            sent = (
                [idea_ids[vote.comment] for vote in batch],
                [people[vote.participant] for vote in batch],
                [vote.choice.value for vote in batch],
            )
            cursor.execute(CAST, [language, *sent])
            cast += cursor.rowcount
            progress(start + len(batch), len(votes))
    refresh_tallies()
    return ConversationAdded(ideas, new_people, cast, len(votes) - cast)


def _participants(
    debate: Debate, conversation: Conversation, source: str
) -> tuple[dict[str, UUID], int]:
    """The participants by their number in the source, and how many of them are new."""
    Debate.objects.select_for_update(no_key=True).get(pk=debate.pk)
    rows = Participant.objects.filter(consultation=debate.consultation, source=source)
    people = dict(rows.values_list("source_key", "pk"))
    new = [
        Participant(consultation=debate.consultation, source=source, source_key=number)
        for number in conversation.participants
        if number not in people
    ]
    Participant.objects.bulk_create(new)
    people.update({person.source_key: person.pk for person in new})
    return people, len(new)
