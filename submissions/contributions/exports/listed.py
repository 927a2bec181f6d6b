"""What an export is of: the list of contributions as its query narrows it, on one consultation."""

from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import get_language, pgettext

from core.dates import day
from submissions.contributions.staff import filters
from submissions.contributions.staff.people import name_of
from submissions.models import Consultation, Contribution, ContributionState

# Of the list's query: where one is in it, not what is in it.
PLACES = ("p", "ordering", "format", "_export")


def listed(user: Any, consultation: Consultation, query: str) -> QuerySet[Contribution]:
    """What the list shows to ``user``, of one consultation; never what was withdrawn."""
    found = filters.listed(user, QueryDict(query))
    return found.filter(consultation=consultation, state=ContributionState.RECEIVED)


def query_of(said: QueryDict) -> str:
    """What narrows the list, in one order: the same filters are the same text."""
    kept = QueryDict(mutable=True)
    for name in sorted(said):
        values = [value for value in said.getlist(name) if value.strip("\0 ")]
        if name not in PLACES and values:
            kept.setlist(name, values)
    return kept.urlencode()


def in_words(user: Any, query: str, asked_by: Any = None) -> list[tuple[str, str]]:
    """Each filter of ``query`` and what it is set to, in the active language, for ``user``.

    ``asked_by``: whom “me” means, where that is somebody else.
    """
    said = QueryDict(query)
    narrowed = filters.ContributionFilters(said, user=user)
    words = []
    if narrowed.is_valid():
        for name, value in narrowed.form.cleaned_data.items():
            if value not in (None, "", []):
                meant = value == filters.ME and asked_by not in {None, user}
                said_so = name_of(asked_by) if meant else _said(narrowed, name, value)
                words.append((str(narrowed.filters[name].label), said_so))
    if search := said.get("q", "").replace("\0", "").strip():
        words.append((pgettext("export", "Search"), search))
    return words


def _said(narrowed: Any, name: str, value: Any) -> str:
    if isinstance(value, slice):
        return _days(value)
    choices = narrowed.form.fields[name].choices
    return str(dict(choices).get(value, value))


def _days(between: slice) -> str:
    language = get_language() or "en"
    first, last = (end and day(end, language) for end in (between.start, between.stop))
    if first and last:
        return pgettext("days", "from %(first)s to %(last)s") % {"first": first, "last": last}
    return (
        pgettext("days", "from %(first)s") % {"first": first}
        if first
        else pgettext("days", "until %(last)s") % {"last": last}
    )
