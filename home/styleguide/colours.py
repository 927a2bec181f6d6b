"""Colours, sizes and spaces, read from the stylesheet that the site serves."""

import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

SCHEMES = ("light", "dark")
GROUNDS = ("paper", "card", "sunken")
ON_ACCENT = "on-accent"


@dataclass(frozen=True)
class Shade:
    """A colour in one scheme, and how far it stands out from what it is seen with."""

    value: str  # "#1d2230"
    against: str  # the name of the other colour
    contrast: float  # 1 to 21, WCAG 2.2


@dataclass(frozen=True)
class Swatch:
    """A colour by its name, in both schemes."""

    name: str
    light: Shade
    dark: Shade


def tokens() -> str:
    """The text of the stylesheet, without its comments."""
    path = Path(settings.SITE_DIR) / "static" / "css" / "tokens.css"
    return re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


def named(prefix: str) -> dict[str, str]:
    """``{"size-xs": "0.875rem", …}``: the custom properties that begin with ``prefix``-."""
    return dict(re.findall(rf"--({prefix}-[\w-]+):\s*([^;]+);", tokens()))


def in_force(scheme: str, accent: str = "indigo") -> dict[str, str]:
    """Every colour by its name, as a screen in ``scheme`` inside ``accent`` has it."""
    light, rest = tokens().split("@media (prefers-color-scheme: dark)")
    dark = rest.split("@media print")[0]
    found: dict[str, str] = {}
    for part in (light,) if scheme == "light" else (light, dark):
        for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", part):
            accents = re.findall(r'data-accent="(\w+)"', selector)
            if not accents or accent in accents:
                found |= dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", body))
    return found


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``, by WCAG 2.2."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004
        for part in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The ratio of two colours, from 1 to 21, by WCAG 2.2."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _seen_with(name: str) -> str:
    """What a colour is judged against: words and bars on paper, grounds under ink."""
    if name == ON_ACCENT:
        return "accent"
    return "ink" if name in GROUNDS or (name.endswith("-soft") and name != "ink-soft") else "paper"


def swatches(accent: str | None = None) -> list[Swatch]:
    """The colours of one accent, or without one all those that no accent changes."""
    schemes = {scheme: in_force(scheme, accent or "indigo") for scheme in SCHEMES}
    names = [name for name in schemes["light"] if ("accent" in name) == (accent is not None)]
    found = []
    for name in names:
        other = _seen_with(name)
        light, dark = (
            Shade(colours[name], other, contrast(colours[name], colours[other]))
            for colours in schemes.values()
        )
        found.append(Swatch(name, light, dark))
    return found
