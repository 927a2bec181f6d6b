"""What the home of the admin shows of work that waits."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Waiting:
    """One line: how many, of what, and where to see to it. ``late``: a promise is broken."""

    count: int
    words: str
    url: str
    late: bool = False
