"""Ideas and votes brought in from files: read whole and checked first, then written at once."""

from submissions.imports.files import UnreadableFile
from submissions.imports.ideas import ideas_in, import_ideas
from submissions.imports.polis import conversation_in, import_conversation

__all__ = [
    "UnreadableFile",
    "conversation_in",
    "ideas_in",
    "import_conversation",
    "import_ideas",
]
