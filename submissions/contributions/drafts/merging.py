"""One answer that two wrote: what this page says against what stands, from what it had begun with.

Nothing is overwritten that the person could not see, and nothing is dropped (case 29).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from submissions.contributions.drafts.stamps import OnScreen, digest_of
from submissions.models import DraftAnswer

KEEP_STORED = "stored"  # of a conflict: what stands, not what the form says


@dataclass(frozen=True)
class Mine:
    """What a page says of one question. ``data`` is tidy; ``by`` a ``DraftAuthor``."""

    data: dict[str, list[str]]
    on_screen: OnScreen
    screen: UUID
    by: int
    language: str
    at: datetime
    left: bool  # by a button

    @property
    def aside(self) -> dict[str, object]:
        """As it is kept beside another's words."""
        return {
            "data": self.data,
            "author": self.by,
            "at": self.at.isoformat(),
            "language": self.language,
            "version": self.on_screen.version,
            "screen": self.screen.hex,
        }


@dataclass(frozen=True)
class Merged:
    """``row``: as it is to stand, a new one without its draft; None: nothing was ever said."""

    row: DraftAnswer | None
    changed: bool = False
    conflict: bool = False
    late: bool = False


def merge(row: DraftAnswer | None, mine: Mine, chosen: str) -> Merged:
    """Bring ``mine`` together with what stands. ``chosen``: see ``save_answers``."""
    if row is None:
        return Merged(_new(mine), changed=True) if mine.data else Merged(None)
    if mine.left and chosen:
        mine = _as_chosen(row, mine, chosen)
    if mine.data == row.data:
        return _unchanged(row, mine)
    own = row.screen == mine.screen
    newer = row.revision != mine.on_screen.revision
    touched = digest_of(mine.data) != mine.on_screen.digest
    if newer and not own:
        return _beside(row, mine) if touched else Merged(row)
    if newer and row.screen_left and not mine.left:
        return Merged(row, late=True)
    return _written(row, mine)


def _new(mine: Mine) -> DraftAnswer:
    return DraftAnswer(
        data=mine.data,
        version=mine.on_screen.version,
        language=mine.language,
        screen=mine.screen,
        screen_left=mine.left,
        saved_by_id=mine.by,
        saved_at=mine.at,
    )


def _as_chosen(row: DraftAnswer, mine: Mine, chosen: str) -> Mine:
    """``mine``, with the words that were chosen in place of the form's."""
    data = row.data if chosen == KEEP_STORED else None
    for one in row.aside:
        if digest_of(one["data"]) == chosen:
            data = one["data"]
    return Mine(
        mine.data if data is None else data,
        mine.on_screen,
        mine.screen,
        mine.by,
        mine.language,
        mine.at,
        left=mine.left,
    )


def _unchanged(row: DraftAnswer, mine: Mine) -> Merged:
    """The same words. Whoever leaves them under the question's newer words agrees to those."""
    changed = False
    if mine.left:
        changed = _let_go(row, mine)
        if mine.data and row.version < mine.on_screen.version:
            row.version, changed = mine.on_screen.version, True
        if row.screen == mine.screen and not row.screen_left:
            row.screen_left, changed = True, True
    return Merged(row, changed=changed)


def _written(row: DraftAnswer, mine: Mine) -> Merged:
    row.data, row.version, row.language = mine.data, mine.on_screen.version, mine.language
    row.screen, row.screen_left = mine.screen, mine.left
    row.saved_by_id, row.saved_at = mine.by, mine.at
    row.revision += 1
    if mine.left:
        _let_go(row, mine)
    return Merged(row, changed=True)


def _beside(row: DraftAnswer, mine: Mine) -> Merged:
    """Kept once for each page, and once for what says the same."""
    new = mine.aside
    digest = digest_of(mine.data)
    kept = [
        one
        for one in row.aside
        if one["screen"] != new["screen"] and digest_of(one["data"]) != digest
    ]
    row.aside = [*kept, new]
    return Merged(row, changed=True, conflict=True)


def _let_go(row: DraftAnswer, mine: Mine) -> bool:
    """Somebody saw the words beside, and chose: they are no longer kept."""
    seen = set(mine.on_screen.aside)
    kept = [one for one in row.aside if not _stands_in(one, seen)]
    changed = len(kept) != len(row.aside)
    row.aside = kept
    return changed


def _stands_in(one: Mapping[str, dict[str, list[str]]], seen: set[str]) -> bool:
    return digest_of(one["data"]) in seen
