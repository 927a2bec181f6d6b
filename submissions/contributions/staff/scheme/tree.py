"""The codes of a consultation as they stand in the scheme: in order, with those below them."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import pgettext

from submissions.models import Code, Consultation


@dataclass(frozen=True)
class Branch:
    """A code of the first level, and those below it."""

    code: Code
    children: list[Code] = field(default_factory=list)

    def __iter__(self) -> Any:
        """The code, then those below."""
        yield self.code
        yield from self.children


def codes_of(consultation: Consultation | int) -> QuerySet[Code]:
    """All of them, with their words: two queries."""
    found = Code.objects.filter(consultation=consultation)
    return found.select_related("parent").prefetch_related("labels").order_by("position", "pk")


def tree_of(consultation: Consultation | int, *, also: set[int] | None = None) -> list[Branch]:
    """The scheme as it is used now; ``also`` names retired codes that are shown all the same."""
    kept = also or set()
    return _branches(
        [code for code in codes_of(consultation) if code.retired_at is None or code.pk in kept]
    )


def whole_tree(consultation: Consultation | int) -> list[Branch]:
    """With retired codes, each with how often it is ``used``: for who edits the scheme."""
    counted = codes_of(consultation).annotate(
        on_passages=Count("passages", distinct=True), on_contributions=Count("coded", distinct=True)
    )
    codes: list[Any] = list(counted)
    for code in codes:
        code.used = code.on_passages + code.on_contributions
    return _branches(codes)


def full_name(code: Code) -> str:
    """The name below which it stands, and its own. Reads ``parent`` and ``labels``."""
    if code.parent is None:
        return code.name_in()
    names = {"parent": code.parent.name_in(), "code": code.name_in()}
    return pgettext("code", "%(parent)s: %(code)s") % names


def _branches(codes: list[Code]) -> list[Branch]:
    branches = {code.pk: Branch(code) for code in codes if code.parent_id is None}
    for code in codes:
        if code.parent_id in branches:
            branches[code.parent_id].children.append(code)
        elif code.parent_id is not None:
            # The code above is retired, and this one still stands by itself.
            branches[code.pk] = Branch(code)
    return list(branches.values())
