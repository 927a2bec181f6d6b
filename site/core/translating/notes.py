"""A note to translators speaks of what its writer was shown; a colleague may decide meanwhile."""

from wagtail.models import Page, PageLogEntry

from core.translating.states import PUBLISHED, SENT_BACK

SEEN = "seen-note"  # of the field that names the decision which stood when the note was begun


def last_decision(page: Page) -> PageLogEntry | None:
    """When ``page`` was last published or sent back, and by whom."""
    decisions = PageLogEntry.objects.filter(page=page.pk, action__in=(PUBLISHED, SENT_BACK))
    last: PageLogEntry | None = decisions.select_related("user").order_by("-pk").first()
    return last


def name_of(decision: PageLogEntry | None) -> str:
    """As ``SEEN`` holds it."""
    return str(decision.pk) if decision is not None else "0"


def decided_since(seen: str | None, last: PageLogEntry | None) -> PageLogEntry | None:
    """``last``, where the writer of a note that bears ``seen`` was not shown it."""
    return last if seen and last is not None and seen != name_of(last) else None
