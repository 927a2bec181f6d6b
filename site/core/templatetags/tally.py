"""Votes as a bar and as words: ``{% load tally %}``."""

from dataclasses import dataclass

from django import template

register = template.Library()


@dataclass(frozen=True)
class Tally:
    """How many votes an idea has, by choice. Shares are of 1, and 0 when nobody has voted."""

    agree: int
    disagree: int
    neutral: int

    @property
    def total(self) -> int:
        """All votes, the neutral ones too."""
        return self.agree + self.disagree + self.neutral

    @property
    def agree_share(self) -> float:
        """The share that agrees."""
        return self._share(self.agree)

    @property
    def disagree_share(self) -> float:
        """The share that disagrees."""
        return self._share(self.disagree)

    @property
    def neutral_share(self) -> float:
        """The share that is neutral."""
        return self._share(self.neutral)

    def _share(self, votes: int) -> float:
        return votes / self.total if self.total else 0.0


@register.simple_tag
def tally(agree: int, disagree: int, neutral: int) -> Tally:
    """``{% tally 12 3 5 as votes %}``: the three counts with their total and shares."""
    return Tally(agree or 0, disagree or 0, neutral or 0)
