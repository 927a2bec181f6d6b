"""``manage.py import_votes DEBATE FOLDER``: a conversation gathered with Polis."""

from pathlib import Path
from typing import Any

from submissions.imports import conversation_in, import_conversation
from submissions.imports.polis import COMMENTS, VOTES, ConversationAdded
from submissions.management.import_command import ImportCommand, count
from submissions.models import Debate


class Command(ImportCommand):
    """Comments, participants and votes are known by their source: running twice doubles nothing."""

    help = "Load a conversation gathered with Polis into a debate: comments, participants, votes."
    default_language = "en"
    path_help = f"the folder that holds {COMMENTS} and {VOTES}"

    def load(
        self, debate: Debate, path: Path, *, language: str, source: str, options: dict[str, Any]
    ) -> ConversationAdded:
        """Read both files whole, then write what is new."""
        return import_conversation(
            debate, conversation_in(path), language=language, source=source, progress=self.progress
        )

    def report(self, done: ConversationAdded, seconds: float) -> str:
        """How many of each, and what was there already."""
        return (
            f"{count(done.ideas.added)} ideas ({count(done.ideas.withdrawn)} of them withdrawn),"
            f" {count(done.participants)} participants and {count(done.votes)} votes added"
            f" in {seconds:.1f} s; {count(done.ideas.known)} ideas and"
            f" {count(done.votes_known)} votes were there already."
        )
