"""The registry ties form blocks in pages to their rows: see docs/lifecycle.md."""

from submissions.registry.pages import page_of
from submissions.registry.parity import Difference, differences, structure
from submissions.registry.submitted import submissions_under
from submissions.registry.sync import form_blocks, rows_of, sync

__all__ = [
    "Difference",
    "differences",
    "form_blocks",
    "page_of",
    "rows_of",
    "structure",
    "submissions_under",
    "sync",
]
