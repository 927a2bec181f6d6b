"""The library as a list: which contributions, in which order, how far on.

A page begins after the last contribution of the page before it. What the addresses of ours don't
name is nowhere (``ValueError``).
"""

import re
from dataclasses import dataclass, replace

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet, TextChoices
from django.http import QueryDict
from django.utils.translation import pgettext_lazy

from core.text_search import asked
from submissions.models import (
    Consultation,
    Membership,
    Publication,
    PublicationState,
    RespondentType,
)

A_PAGE = 20
LONGEST_QUERY = 200
ID = r"[0-9]{1,18}"
_WITHOUT = re.compile(r'(?:^|(?<=\s))-(?:"([^"]*)"?|([^\s"]+))')
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class Order(TextChoices):
    """In which order. Ids break ties."""

    NEWEST = "newest", pgettext_lazy("order of contributions", "Last published first")
    OLDEST = "oldest", pgettext_lazy("order of contributions", "First published first")


@dataclass(frozen=True)
class Listing:
    """What somebody asked to read."""

    q: str = ""
    theme: str = ""  # the id of a questionnaire
    type: str = ""
    country: str = ""
    language: str = ""
    order: Order = Order.NEWEST
    once: bool = False  # one of each campaign
    before: str = ""  # the publication after which the page begins

    @property
    def query(self) -> str:
        """Its address on the page of the list; nothing for what goes without saying."""
        query = QueryDict(mutable=True)
        said = {name: getattr(self, name) for name in ("q", "theme", "type", "country", "language")}
        if self.order is not Order.NEWEST:
            said["order"] = self.order.value
        said |= {"once": "1" if self.once else "", "before": self.before}
        query.update({name: value for name, value in said.items() if value})
        return query.urlencode()

    @property
    def filtered(self) -> bool:
        """Whether something is left out."""
        return bool(self.q or self.theme or self.type or self.country or self.language or self.once)

    def starting_over(self) -> "Listing":
        """The first page of the same list."""
        return replace(self, before="")


def listing_asked(asked_for: QueryDict) -> Listing:
    """What an address asks for."""
    words = _CONTROL.sub(" ", asked_for.get("q", "")).strip()
    listing = Listing(
        q=words[:LONGEST_QUERY],
        theme=_named(asked_for, "theme", ID),
        type=_named(asked_for, "type", "|".join(RespondentType.values)),
        country=_named(asked_for, "country", "[A-Z]{2}"),
        language=_named(asked_for, "language", "|".join(code for code, _n in settings.LANGUAGES)),
        order=Order(asked_for.get("order") or Order.NEWEST),
        once=bool(_named(asked_for, "once", "1")),
        before=_named(asked_for, "before", ID),
    )
    return listing


def published_in(consultation: Consultation) -> QuerySet[Publication]:
    """All that the public reads of a consultation."""
    return Publication.objects.live().filter(contribution__consultation=consultation)


def found_by(consultation: Consultation, listing: Listing) -> QuerySet[Publication]:
    """What ``listing`` leaves in, all pages together, in no order."""
    found = published_in(consultation)
    if listing.q:
        found = found.filter(_says(listing.q))
    if listing.theme:
        found = found.filter(questionnaires__contains=[int(listing.theme)])
    if listing.type:
        found = found.filter(respondent_type=listing.type)
    if listing.country:
        found = found.filter(country=listing.country)
    if listing.language:
        found = found.filter(language=listing.language)
    return one_of_each(found) if listing.once else found


def page_of(
    found: QuerySet[Publication], listing: Listing
) -> tuple[list[Publication], Listing | None]:
    """The publications of one page, and the listing of the next one if there is more."""
    oldest = listing.order is Order.OLDEST
    if listing.before:
        found = found.filter(_after(int(listing.before), oldest=oldest))
    ordered = found.order_by(*(("published_at", "pk") if oldest else ("-published_at", "-pk")))
    page = list(ordered.select_related("contribution").defer("words")[: A_PAGE + 1])
    if len(page) <= A_PAGE:
        return page, None
    return page[:A_PAGE], replace(listing, before=str(page[A_PAGE - 1].pk))


def one_of_each(found: QuerySet[Publication]) -> QuerySet[Publication]:
    """Of the contributions of one confirmed campaign, the one that was published first."""
    first = _same_campaign().filter(
        Q(published_at__lt=OuterRef("published_at"))
        | Q(published_at=OuterRef("published_at"), pk__lt=OuterRef("pk"))
    )
    return found.filter(
        ~Exists(first)
        | Q(contribution__campaign_member__isnull=True)
        | ~Q(contribution__campaign_member__judgement=Membership.OF_IT)
    )


def _same_campaign() -> QuerySet[Publication]:
    return Publication.objects.live().filter(
        contribution__campaign_member__campaign=OuterRef("contribution__campaign_member__campaign"),
        contribution__campaign_member__judgement=Membership.OF_IT,
        contribution__campaign_member__campaign__confirmed_at__isnull=False,
    )


def _says(typed: str) -> Q:
    """Whoever reads several languages finds them all: words are read by the stems of each.

    What is asked to be left out ("-word") is left out whatever the language.
    """
    unwanted = [phrase or word for phrase, word in _WITHOUT.findall(typed)]
    wanted = _WITHOUT.sub(" ", typed).strip()
    said = _in_any_language(wanted) if wanted else Q()
    for words in unwanted:
        said &= ~_in_any_language(f'"{words}"')
    return said


def _in_any_language(typed: str) -> Q:
    said = Q()
    for code in ("", *(code for code, _name in settings.LANGUAGES)):
        said |= Q(words=asked(typed, code))
    return said


def _after(last: int, *, oldest: bool) -> Q:
    """What comes after the publication ``last``, which may be taken back since."""
    published_at = (
        Publication.objects.filter(pk=last)
        .exclude(state=PublicationState.PROPOSED)
        .values_list("published_at", flat=True)
        .first()
    )
    if published_at is None:
        raise ValueError(last)
    if oldest:
        return Q(published_at__gt=published_at) | Q(published_at=published_at, pk__gt=last)
    return Q(published_at__lt=published_at) | Q(published_at=published_at, pk__lt=last)


def _named(asked_for: QueryDict, name: str, pattern: str) -> str:
    """The value of ``name``; ValueError for one that no address of ours has (case 48)."""
    value = asked_for.get(name, "")
    if value and not re.fullmatch(pattern, value, re.ASCII):
        raise ValueError(name)
    return value
