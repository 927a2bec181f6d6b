"""What the commands that import have in common: which debate, which language, how far they are."""

import sys
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.numbers import number
from submissions.imports import UnreadableFile
from submissions.models import Debate, Idea

BAR = 40


class ImportCommand(BaseCommand):
    """Loads a path into a debate: everything in it, or nothing."""

    default_language: str
    path_help: str
    _shows_progress = False
    _bar_is_drawn = False

    def add_arguments(self, parser: CommandParser) -> None:
        """The debate, the path, and what both commands can be told."""
        parser.add_argument("debate", metavar="DEBATE", help="id of the debate")
        parser.add_argument("path", type=Path, help=self.path_help)
        parser.add_argument(
            "--language",
            default=self.default_language,
            help=f"the language of the texts (default: {self.default_language})",
        )
        parser.add_argument(
            "--source", help="what to call the source (default: the name of the path)"
        )
        parser.add_argument(
            "--progress", action="store_true", help="show progress even outside a terminal"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Find the debate, check language and source, load, say what was done."""
        self._shows_progress = options["progress"] or sys.stderr.isatty()
        debate = self._debate(options["debate"])
        path: Path = options["path"]
        language = options["language"]
        if language not in debate.consultation.languages:
            offered = ", ".join(debate.consultation.languages)
            raise CommandError(f"The consultation is not held in “{language}”, but in: {offered}.")
        source = self.source_of(path) if options["source"] is None else options["source"]
        longest = Idea._meta.get_field("source").max_length or 0
        if not 0 < len(source) <= longest:
            raise CommandError(f"Name the source in 1 to {longest} characters: --source NAME")
        begun = time.monotonic()
        try:
            done = self.load(debate, path, language=language, source=source, options=options)
        except UnreadableFile as error:
            raise CommandError(f"{error}\nNothing was loaded.") from error
        finally:
            self._finish_bar()
        self.stdout.write(self.report(done, time.monotonic() - begun))

    def source_of(self, path: Path) -> str:
        """What the source is called unless the command is told."""
        return path.resolve().name

    def load(
        self, debate: Debate, path: Path, *, language: str, source: str, options: dict[str, Any]
    ) -> Any:
        """Read and write, in one transaction. Raises ``UnreadableFile``."""
        raise NotImplementedError

    def report(self, done: Any, seconds: float) -> str:
        """What ``load`` did, in a few lines."""
        raise NotImplementedError

    def progress(self, done: int, total: int) -> None:
        """Draw how far we are, on one line of the terminal."""
        if self._shows_progress and total:
            bar = "#" * (BAR * done // total)
            self._bar_is_drawn = True
            self.stderr.write(f"\r[{bar:<{BAR}}] {count(done)} of {count(total)}", ending="")

    def _finish_bar(self) -> None:
        if self._bar_is_drawn:
            self.stderr.write("")

    def _debate(self, name: str) -> Debate:
        """The debate with this id; else an error that lists those that there are."""
        debates = Debate.objects.select_related("consultation__site").prefetch_related("labels")
        found = {str(debate.pk): debate for debate in debates.order_by("pk")}
        if name in found:
            return found[name]
        lines = [f"There is no debate “{name}”. The debates are:"]
        for debate in found.values():
            label = debate.label_in()
            lines.append(f"  {debate.pk}  {label.page_title if label else ''} – {debate}")
        if len(lines) == 1:
            lines = ["There is no debate yet: publish a page that holds a debate block."]
        raise CommandError("\n".join(lines))


def count(n: int) -> str:
    """A count as these commands write it: 18,690."""
    return number(n, "en")
