"""The stylesheet and the script: light enough, readable in every colour, clean of inline code."""

import gzip
import re
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings

STATIC = Path(settings.SITE_DIR) / "static"
TEMPLATES = Path(settings.SITE_DIR) / "templates"
STYLESHEETS = sorted((STATIC / "css").glob("*.css"))
# One of these stands beside those that every page has: what a debate needs, or an expert's form.
OF_SOME_PAGES = [path for path in STYLESHEETS if path.stem in {"ideas", "contributions", "sheet"}]
OF_EVERY_PAGE = [path for path in STYLESHEETS if path not in OF_SOME_PAGES]
ACCENTS = ["indigo", "teal", "ochre", "plum", "forest"]
SCHEMES = ["light", "dark"]
KIB = 1024

# Words on their grounds: 4.5 to 1 (WCAG 1.4.3).
TEXT = [
    *product(["ink", "ink-soft"], ["paper", "card", "sunken"]),
    *product(["accent", "accent-strong"], ["paper", "card", "sunken", "accent-soft"]),
    *product(["ink", "ink-soft"], ["accent-soft", "error-soft", "good-soft", "warn-soft"]),
    *product(["error"], ["paper", "card", "error-soft"]),
    *product(["good"], ["paper", "sunken", "good-soft"]),
    ("warn", "warn-soft"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("accent", "error-soft"),  # links inside notices
    ("accent", "good-soft"),
    ("accent", "warn-soft"),
]
# Edges of controls, parts of a chart, rings of focus: 3 to 1 (WCAG 1.4.11).
SHAPES = [
    *product(["edge"], ["paper", "card", "sunken", "accent-soft"]),
    *product(["accent"], ["paper", "card", "sunken", "accent-soft"]),
    *product(["agree", "disagree", "neutral"], ["card", "paper"]),
    *product(["ink"], ["paper", "card", "sunken", "accent-soft"]),
    ("error", "paper"),
    ("good", "good-soft"),
]


def weight(*paths: Path) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths)


def declarations(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", css))


def colours(scheme: str, accent: str) -> dict[str, str]:
    """The colours in force, as tokens.css sets them: light first, dark on top of it."""
    css = (STATIC / "css" / "tokens.css").read_text()
    light, rest = css.split("@media (prefers-color-scheme: dark)")
    dark = rest.split("@media print")[0]
    found: dict[str, str] = {}
    for part in [light] if scheme == "light" else [light, dark]:
        for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", part):
            named = re.findall(r'data-accent="(\w+)"', selector)
            if not named or accent in named:
                found |= declarations(body)
    return found


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(c * w for c, w in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def too_close(pairs: list[tuple[str, str]], scheme: str, accent: str, least: float) -> list[str]:
    found = colours(scheme, accent)
    return [
        f"{front} on {ground}: {ratio:.2f}"
        for front, ground in pairs
        if (ratio := contrast(found[front], found[ground])) < least
    ]


def test_contrast_is_computed_as_wcag_does():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("accent", ACCENTS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_words_stand_out_from_their_ground(scheme, accent):
    assert too_close(TEXT, scheme, accent, 4.5) == []


@pytest.mark.parametrize("accent", ACCENTS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_shapes_stand_out_from_their_ground(scheme, accent):
    assert too_close(SHAPES, scheme, accent, 3) == []


def test_each_accent_is_a_colour_of_its_own():
    for scheme in SCHEMES:
        assert len({colours(scheme, accent)["accent"] for accent in ACCENTS}) == len(ACCENTS)


@pytest.mark.parametrize("of_the_page", OF_SOME_PAGES)
def test_the_stylesheets_of_a_page_weigh_at_most_15_kib(of_the_page):
    assert weight(*OF_EVERY_PAGE, of_the_page) <= 15 * KIB


def test_what_a_first_visit_needs_beside_the_page_leaves_room_for_the_page():
    """60 KiB a page in all: style, script and face take no more than 34 of them."""
    face = STATIC / "fonts" / "piazzolla" / "piazzolla-medium.woff2"
    script = STATIC / "js" / "site.js"
    of_the_page = max(OF_SOME_PAGES, key=weight)
    assert weight(*OF_EVERY_PAGE, of_the_page, script) + face.stat().st_size <= 34 * KIB


def test_our_own_script_weighs_at_most_3_kib():
    assert weight(*(STATIC / "js").glob("*.js")) <= 3 * KIB


def test_every_stylesheet_is_linked_and_keeps_to_its_layers():
    linked = (TEMPLATES / "components" / "stylesheets.html").read_text()
    assert re.findall(r"css/(\w+\.css)", linked)[0] == "tokens.css"  # it sets the layers' order
    linked += (TEMPLATES / "base.html").read_text()
    for path in STYLESHEETS:
        assert f"css/{path.name}" in linked or path in OF_SOME_PAGES
        outside = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
        outside = re.sub(r"@font-face \{[^}]*\}", "", outside)  # faces belong to no layer
        assert re.match(r"\s*@layer ", outside), path.name
        assert "@import" not in outside


def test_a_template_of_the_site_holds_no_style_or_script_of_its_own():
    """The content policy refuses them: they would be dead words."""
    inline = re.compile(r"<style|\sstyle=|\son\w+=|hx-on|javascript:|<script(?![^>]*\ssrc=)")
    for path in TEMPLATES.rglob("*.html"):
        assert not inline.search(path.read_text()), path
