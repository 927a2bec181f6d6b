"""The ideas of a debate as a list: written in which language, in which order, how far on.

A page begins after the last idea of the page before it, as that stood then: each order has an
index, and the thousandth page costs what the first does. A language, an order and a place that
the addresses of ours don't name are nowhere (``ValueError``).
"""

import re
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import F, Func, IntegerField, TextChoices, Value
from django.db.models.lookups import GreaterThan, LessThan
from django.http import QueryDict
from django.utils.translation import pgettext_lazy

from submissions.models import Debate, Idea

IDEAS_A_PAGE = 20
NUMBER = r"[0-9]{1,9}"
ID = r"[0-9]{1,18}"


class Order(TextChoices):
    """In which order ideas are listed. Ids break ties."""

    NEWEST = "newest", pgettext_lazy("order of ideas", "Newest first")
    MOST_VOTES = "most-votes", pgettext_lazy("order of ideas", "Most votes first")
    FEWEST_VOTES = "fewest-votes", pgettext_lazy("order of ideas", "Fewest votes first")


def orders_of(debate: Debate) -> list[Order]:
    """Those that readers may choose: votes put nothing in order while results are hidden.

    The fewest votes too: read to its end, that list says which idea has the most.
    """
    return list(Order) if debate.results_shown else [Order.NEWEST]


@dataclass(frozen=True)
class Listing:
    """What somebody asked to read."""

    language: str = ""  # any
    order: Order = Order.NEWEST
    before: str = ""  # the first page

    @property
    def filtered(self) -> bool:
        """Whether it is another list than the one that the debate's pages lead to."""
        return bool(self.language) or self.order is not Order.NEWEST

    @property
    def query(self) -> str:
        """Its address on the page of the list; nothing for what goes without saying."""
        query = QueryDict(mutable=True)
        said = {"language": self.language, "before": self.before}
        if self.order is not Order.NEWEST:
            said["order"] = self.order.value
        query.update({name: value for name, value in said.items() if value})
        return query.urlencode()

    def starting_over(self) -> "Listing":
        """The first page of the same list."""
        return replace(self, before="")

    def going_on(self, last: Idea) -> "Listing":
        """The page after the one that ends with ``last``."""
        place = f"{last.votes_counted}-{last.pk}" if self.order is not Order.NEWEST else last.pk
        return replace(self, before=str(place))


def listing_asked(debate: Debate, asked: QueryDict) -> Listing:
    """What an address asks for. An order by votes that readers may not see is the newest first."""
    language = asked.get("language", "")
    if language and language not in debate.consultation.languages:
        raise ValueError(language)
    order = Order(asked.get("order") or Order.NEWEST)
    if order not in orders_of(debate):
        return Listing(language)
    before = asked.get("before")
    place = ID if order is Order.NEWEST else f"{NUMBER}-{ID}"
    if before is not None and not re.fullmatch(place, before, re.ASCII):
        raise ValueError(before)
    return Listing(language, order, before or "")


def page_of_ideas(debate: Debate, listing: Listing) -> tuple[list[Idea], Listing | None]:
    """The ideas of one page, and the listing of the next one if there is more."""
    found = Idea.objects.published().filter(debate=debate).for_display()
    if listing.language:
        found = found.filter(language=listing.language)
    if listing.order is Order.NEWEST:
        found = found.newest()
        if listing.before:
            found = found.filter(_newest_after(debate, int(listing.before)))
    else:
        fewest = listing.order is Order.FEWEST_VOTES
        found = found.by_votes(fewest_first=fewest)
        if listing.before:
            place = Row(*(Value(int(part)) for part in listing.before.split("-")))
            beyond = GreaterThan if fewest else LessThan
            found = found.filter(beyond(Row(F("votes_counted"), F("pk")), place))
    page = list(found[: IDEAS_A_PAGE + 1])
    if len(page) <= IDEAS_A_PAGE:
        return page, None
    return page[:IDEAS_A_PAGE], listing.going_on(page[IDEAS_A_PAGE - 1])


def _newest_after(debate: Debate, last: int) -> LessThan:
    """What was published before the idea ``last``, which may be withdrawn since."""
    listed = Idea.objects.filter(debate=debate, published_at__isnull=False, pk=last)
    published_at = listed.values_list("published_at", flat=True).first()
    if published_at is None:
        raise ValueError(last)
    return LessThan(Row(F("published_at"), F("pk")), Row(Value(published_at), Value(last)))


class Row(Func):
    """Several columns compared as one: their index answers, however many ties there are."""

    function = "ROW"
    # Of the comparison nothing is converted: any type will do.
    output_field: Any = IntegerField()
