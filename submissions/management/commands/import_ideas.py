"""``manage.py import_ideas DEBATE FILE.csv``: one column of a file as published ideas."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from submissions.imports import ideas_in, import_ideas
from submissions.imports.ideas import DEFAULT_COLUMN, IdeasAdded
from submissions.management.import_command import ImportCommand, count
from submissions.models import Debate


class Command(ImportCommand):
    """A row is known by its source and number: running twice doubles nothing."""

    help = "Load the ideas of a CSV file (UTF-8, with a header) into a debate, as published ideas."
    default_language = "fr"
    path_help = "the CSV file"

    def add_arguments(self, parser: CommandParser) -> None:
        """Which column holds the ideas, besides what every import can be told."""
        super().add_arguments(parser)
        parser.add_argument(
            "--column", default=DEFAULT_COLUMN, help=f"the ideas (default: {DEFAULT_COLUMN})"
        )

    def source_of(self, path: Path) -> str:
        """The name of the file, whatever its suffix."""
        return path.stem

    def load(
        self, debate: Debate, path: Path, *, language: str, source: str, options: dict[str, Any]
    ) -> IdeasAdded:
        """Read the file whole, then write what is new."""
        ideas = ideas_in(path, options["column"])
        return import_ideas(debate, ideas, language=language, source=source, progress=self.progress)

    def report(self, done: IdeasAdded, seconds: float) -> str:
        """How many, how fast, and what was left as it was."""
        lines = [
            f"{count(done.added)} ideas added in {seconds:.1f} s"
            f" ({count(round(done.added / seconds))} a second);"
            f" {count(done.known)} were there already."
        ]
        if done.reworded:
            lines.append(
                f"{count(done.reworded)} of those say something else in the file, and were left"
                " as they are. Is this another file? Then name its --source."
            )
        return "\n".join(lines)
