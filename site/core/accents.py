"""The colours of themes, outside the stylesheet: for the admin's choice and for drawn pictures.

Pages take theirs from ``tokens.css``; a test holds that both say the same.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Accent:
    """One theme's colours on light, as six-digit hex; each pair is legible (WCAG AA)."""

    plain: str  # on paper, or under what stands on it
    strong: str
    soft: str


PAPER = "#faf6ee"
INK = "#1d2230"

ACCENTS = {
    "indigo": Accent("#383d96", "#272b74", "#e8e7f4"),
    "teal": Accent("#0a6063", "#064648", "#ddeeea"),
    "ochre": Accent("#814e0b", "#613805", "#f6e8cf"),
    "plum": Accent("#7b2a5e", "#5c1b45", "#f4e2eb"),
    "forest": Accent("#2f5d2c", "#1f431d", "#e2ecdb"),
}
DEFAULT = "indigo"  # of what belongs to no theme
