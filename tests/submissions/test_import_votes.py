"""Importing a conversation gathered with Polis: three real ones, and folders that can't be read."""

import csv
import uuid
from collections import Counter
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Site

from search.models import Entry
from submissions.models import (
    Debate,
    Idea,
    IdeaStatus,
    IdeaText,
    Participant,
    Tally,
    Vote,
    VoteEvent,
)
from tests.factories import open_consultation

POLIS = Path(__file__).parents[1] / "data" / "polis"
CONVERSATIONS = ["brexit-consensus", "canadian-electoral-reform", "scoop-hivemind.biodiversity"]


@pytest.fixture
def debate(db: None) -> Debate:
    """A debate whose pages are of no concern here."""
    return Debate.objects.create(
        consultation=open_consultation(Site.objects.get()),
        translation_key=uuid.uuid4(),
        block_id=uuid.uuid4(),
    )


def load(debate: Debate, folder: Path, **options: object) -> str:
    """Run the command; what it says."""
    said = StringIO()
    call_command("import_votes", str(debate.pk), str(folder), stdout=said, **options)
    return said.getvalue()


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    """A file of the folder, read by other code than ours."""
    with (folder / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_a_real_conversation_is_there_vote_for_vote_and_twice_doubles_nothing(
    debate: Debate, name: str
) -> None:
    folder = POLIS / name
    comments, matrix = rows(folder, "comments.csv"), rows(folder, "participants-votes.csv")
    load(debate, folder)

    # Comments are ideas; those that were moderated out are withdrawn, and keep their votes.
    statuses = dict(Idea.objects.values_list("source_row", "status"))
    assert statuses == {
        row["comment-id"]: "withdrawn" if row["moderated"] == "-1" else "published"
        for row in comments
    }
    authors = dict(Idea.objects.values_list("source_row", "author__source_key"))
    assert authors == {row["comment-id"]: row["author-id"] for row in comments}
    texts = dict(IdeaText.objects.values_list("idea__source_row", "text"))
    assert all(texts[c["comment-id"]].split() == c["comment-body"].split() for c in comments)

    # Every cell of the matrix is a vote, counted, with its line in the log.
    said = {"1": "agree", "-1": "disagree", "0": "neutral"}
    cells = Counter(
        (row["participant"], column, said[cell])
        for row in matrix
        for column, cell in row.items()
        if column.isdecimal() and cell
    )
    cast = ("participant__source_key", "idea__source_row", "choice")
    assert Counter(Vote.objects.values_list(*cast)) == cells
    assert Counter(VoteEvent.objects.filter(kind="cast").values_list(*cast)) == cells
    assert set(Vote.objects.values_list("key_valid", "read_in")) == {(True, "en")}
    assert Participant.objects.count() == len(matrix)

    # Sums are those that Polis published, and tallies are those of the matrix.
    published = {row["participant"]: row for row in matrix}
    for choice, column in (("agree", "n-agree"), ("disagree", "n-disagree")):
        votes = Counter(
            Vote.objects.filter(choice=choice).values_list("participant__source_key", flat=True)
        )
        assert {key: int(row[column]) for key, row in published.items() if row[column] != "0"} == (
            votes
        )
        tallies = dict(Tally.objects.values_list("idea__source_row", choice))
        assert +Counter(tallies) == Counter(
            comment for _participant, comment, cast in cells.elements() if cast == choice
        )

    # Only published ideas can be found.
    assert Entry.objects.filter(kind="idea").count() == list(statuses.values()).count("published")

    again = load(debate, folder)
    assert "0 participants and 0 votes added" in again
    assert Vote.objects.count() == VoteEvent.objects.count() == cells.total()
    assert Idea.objects.count() == len(comments)
    assert Participant.objects.count() == len(matrix)


def test_what_was_loaded_is_said(debate: Debate) -> None:
    said = load(debate, POLIS / "canadian-electoral-reform")
    assert "174 ideas (22 of them withdrawn), 448 participants and 11,950 votes added" in said


def test_two_conversations_stand_side_by_side(debate: Debate) -> None:
    load(debate, POLIS / "brexit-consensus")
    load(debate, POLIS / "canadian-electoral-reform")
    assert Idea.objects.count() == 50 + 174
    assert Vote.objects.count() == 5_303 + 11_950


COMMENTS = (
    'comment-id,author-id,moderated,comment-body\n0,7,1,Build it\n1,8,-1,"Burn\nit"\n2,99,0,Wait\n'
)
VOTES = "participant,group-id,n-votes,n-agree,n-disagree,0,1,2\n7,0,2,1,1,1,-1,\n8,,1,0,0,,,0\n"

Folder = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A small conversation; either file can be given, or left out by None."""

    def making(comments: str | bytes | None = COMMENTS, votes: str | bytes | None = VOTES) -> Path:
        for name, text in (("comments.csv", comments), ("participants-votes.csv", votes)):
            if text is not None:
                content = text if isinstance(text, bytes) else text.encode()
                (tmp_path / name).write_bytes(content)
        return tmp_path

    return making


class TestASmallConversation:
    def test_an_author_who_is_no_participant_is_nobody(
        self, debate: Debate, folder: Folder
    ) -> None:
        load(debate, folder())
        assert Idea.objects.get(source_row="2").author is None
        assert Idea.objects.get(source_row="0").author.source_key == "7"

    def test_withdrawn_comments_keep_their_votes(self, debate: Debate, folder: Folder) -> None:
        load(debate, folder())
        withdrawn = Idea.objects.get(status=IdeaStatus.WITHDRAWN)
        assert withdrawn.source_row == "1"
        assert withdrawn.tally.disagree == withdrawn.votes.count() == 1

    def test_comments_that_were_not_moderated_are_published(
        self, debate: Debate, folder: Folder
    ) -> None:
        load(debate, folder())
        assert Idea.objects.get(source_row="2").status == IdeaStatus.PUBLISHED

    def test_a_vote_that_stands_is_left_as_it_is(self, debate: Debate, folder: Folder) -> None:
        load(debate, folder())
        Vote.objects.filter(choice="agree").update(choice="neutral")
        assert "0 votes added" in load(debate, folder())
        assert not Vote.objects.filter(choice="agree").exists()

    def test_the_folder_names_the_source(self, debate: Debate, folder: Folder) -> None:
        path = folder()
        load(debate, path)
        assert set(Idea.objects.values_list("source", flat=True)) == {path.name}


HEADER = "participant,0,1,2\n"
BAD_FOLDERS = {
    "no comments": ((None, VOTES), "comments.csv: No such file"),
    "no votes": ((COMMENTS, None), "participants-votes.csv: No such file"),
    "comments of other columns": (("id,text\n0,x\n", VOTES), "comments.csv, line 1: There is no"),
    "comments: header only": ((COMMENTS[:44], VOTES), "comments.csv, line 1: There is no row"),
    "comments: latin-1": (
        (COMMENTS.replace("Wait", "Café").encode("latin-1"), VOTES),
        "comments.csv, line 5: Byte",
    ),
    "comments: empty text": ((COMMENTS.replace("Wait", " "), VOTES), "comments.csv, line 5: The"),
    "comments: twice": ((COMMENTS + "0,7,1,Again\n", VOTES), "comments.csv, line 6: Comment 0"),
    "comments: no number": ((COMMENTS + "x,7,1,Again\n", VOTES), "line 6: “comment-id” should"),
    "comments: moderated 2": ((COMMENTS + "3,7,2,Again\n", VOTES), "line 6: “moderated” is one"),
    "comments: a cell too many": ((COMMENTS + "3,7,1,a,b\n", VOTES), "comments.csv, line 6: The"),
    "comments: a quote cut": ((COMMENTS + '3,7,1,"Aga', VOTES), "comments.csv, line 6: This is"),
    "votes of other columns": ((COMMENTS, "a,b\n1,2\n"), "votes.csv, line 1: There is no column"),
    "votes: header only": ((COMMENTS, HEADER), "votes.csv, line 1: There is no row"),
    "votes on no comment": (
        (COMMENTS, "participant,0,1,2,33\n7,1,1,1,1\n"),
        "votes.csv, line 1: There are votes on comment 33",
    ),
    "votes: not a choice": ((COMMENTS, HEADER + "7,1,2,0\n"), "line 2: The vote on comment 1"),
    "votes: a row cut": ((COMMENTS, HEADER + "7,1,1,1\n8,1\n"), "votes.csv, line 3: The row has 2"),
    "votes: participant twice": ((COMMENTS, HEADER + "7,1,,\n7,0,,\n"), "line 3: Participant 7"),
    "votes: participant no number": ((COMMENTS, HEADER + "x,1,,\n"), "line 2: “participant”"),
    "votes: sums that differ": (
        (COMMENTS, VOTES.replace("8,,1,0,0,,,0", "8,,2,0,0,,,0")),
        "votes.csv, line 3: “n-votes” says 2, and the row holds 1",
    ),
}


@pytest.mark.parametrize(("files", "why"), BAD_FOLDERS.values(), ids=BAD_FOLDERS)
def test_of_a_folder_that_cannot_be_read_nothing_is_loaded(
    debate: Debate, folder: Folder, files: tuple[str | bytes | None, ...], why: str
) -> None:
    with pytest.raises(CommandError) as refused:
        load(debate, folder(*files))
    assert why in str(refused.value)
    assert "Nothing was loaded." in str(refused.value)
    for model in (Idea, Vote, VoteEvent, Participant):
        assert not model.objects.exists()


def test_a_language_that_the_consultation_does_not_offer_is_refused(
    debate: Debate, folder: Folder
) -> None:
    with pytest.raises(CommandError, match="not held in “de”"):
        load(debate, folder(), language="de")
