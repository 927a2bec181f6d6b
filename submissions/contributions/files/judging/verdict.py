"""What is said of a file."""

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["pdf", "docx", "odt"]
# What a file tells beyond its text.
Tell = Literal["author", "company", "comments", "tracked_changes", "hidden_text", "place"]
Reason = Literal[
    "empty",  # no bytes
    "page",  # HTML, SVG, XML, MHTML
    "picture",
    "program",
    "archive",
    "old_office",  # .doc, .xls, or protected by a password: one container for all
    "other_office",  # a spreadsheet, slides, a template
    "other",
    "encrypted",
    "damaged",
    "script",  # JavaScript in a PDF
    "actions",  # that start a program, send a form, play a film
    "macros",
    "embedded",  # other files and objects
    "fetches",  # something from another place when it is opened
    "disguised",  # it can be read as something else too
    "entities",  # XML that defines things
    "packing",  # names, links or lists that a zip of an office program never has
    "too_heavy",  # unpacks to far more than it is, or takes too long to look at
    "pages",  # too many of them
]


class RefusedError(Exception):
    """The file is not taken, for ``reason``."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass
class Verdict:
    """The file is taken: what it is, and what it tells."""

    kind: Kind
    tells: set[Tell] = field(default_factory=set)
