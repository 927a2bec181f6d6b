"""What readers set in their system: less motion, colours of their own, a dark screen."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from PIL import Image

from tests.browser.keyboard import Keyboard
from tests.browser.place import make_place
from tests.browser.screens import SCREENS
from tests.browser.visits import Visit

if TYPE_CHECKING:
    from playwright.sync_api import Page as Tab

    from tests.fixtures.browser import OpenPage

DARK = 64  # of 255
STATES = ("home", "theme", "text, with every block", "ideas", "vote: said", "questionnaire: errors")

# What moves, or would when touched.
MOTION = """() => {
    const found = document.getAnimations().map((one) => `runs: ${one.animationName}`);
    for (const element of document.querySelectorAll("*")) {
        for (const part of [null, "::before", "::after"]) {
            const style = getComputedStyle(element, part);
            if (!style.display) continue; // drawn nowhere: the source of a video
            const lasts = (list) => list.split(",").some((time) => parseFloat(time) > 0);
            const moves = lasts(style.transitionDuration) && style.transitionProperty !== "none";
            if (moves || style.animationName !== "none" || style.scrollBehavior === "smooth") {
                found.push(`would move: ${element.outerHTML.slice(0, 80)}`);
            }
        }
    }
    return found;
}"""

# What is told by a ground alone is gone where the system draws the grounds: each of these needs an
# edge, a mark or words.
PLAIN = """() => {
    const found = [];
    const canvas = getComputedStyle(document.body).backgroundColor;
    const edged = (element) => {
        const style = getComputedStyle(element);
        const sides = ["Top", "Right", "Bottom", "Left"];
        const drawn = sides.some((side) => style[`border${side}Style`] !== "none"
            && parseFloat(style[`border${side}Width`]) > 0
            && style[`border${side}Color`] !== canvas);
        return drawn || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0);
    };
    const boxes = ".button:not(.button-quiet), .vote, .badge:not(.badge-plain), .notice, .door,"
        + " .error-summary, .field-error, .callout, .vote-card, .theme-card, main input,"
        + " select, textarea, header input";
    for (const element of document.querySelectorAll(boxes)) {
        const box = element.getBoundingClientRect();
        const drawnBySystem = ["radio", "checkbox"].includes(element.type);
        if (!box.width || drawnBySystem || element.type === "hidden") continue;
        if (!edged(element)) found.push(`no edge: ${element.outerHTML.slice(0, 90)}`);
    }
    return found;
}"""


def at(tab: Tab, base: str, name: str, place: Any) -> None:
    tab.context.clear_cookies()
    SCREENS[name](Visit(tab, base, "en", place))


def colours(tab: Tab, selector: str) -> set[Any]:
    """The colours with which the first match is drawn: those that fill a good part of it."""
    drawn = Image.open(BytesIO(tab.locator(selector).first.screenshot())).convert("RGB")
    counted = drawn.getcolors(drawn.width * drawn.height) or []
    return {colour for count, colour in counted if count > drawn.width * drawn.height / 100}


def test_less_motion_is_no_motion(live_server: Any, open_page: OpenPage) -> None:
    place = make_place()
    tab = open_page(reduced_motion="reduce")
    for name in ("home", "theme", "vote: said", "questionnaire: errors"):
        at(tab, live_server.url, name, place)
        found = tab.evaluate(MOTION)
        assert not found, f"{name}: {found[:5]}"


def test_with_the_systems_own_colours_everything_is_still_told_apart(
    live_server: Any, open_page: OpenPage
) -> None:
    place = make_place()
    tab = open_page(forced_colors="active")
    for scheme in ("light", "dark"):
        tab.emulate_media(color_scheme=scheme)
        for name in STATES:
            at(tab, live_server.url, name, place)
            found = tab.evaluate(PLAIN)
            assert not found, f"{name}, {scheme}: {found}"
        at(tab, live_server.url, "idea: translated, with votes", place)
        assert len(colours(tab, ".tally-bar")) >= len(("agree", "disagree", "neutral"))
        at(tab, live_server.url, "idea: voted on", place)
        assert ring(tab, "[aria-pressed=true]") != ring(tab, ".vote[aria-pressed=false]")
        assert looks(tab, ".languages [aria-current]") != looks(
            tab, ".languages a:not([aria-current])"
        )
        Keyboard(tab).walk()


def ring(tab: Tab, selector: str) -> str:
    """What is drawn around a control that does not have the focus."""
    drawn: str = tab.locator(selector).first.evaluate("e => getComputedStyle(e).outline")
    return drawn


def looks(tab: Tab, selector: str) -> str:
    """How a link of the switcher is written."""
    script = "e => [getComputedStyle(e).fontWeight, getComputedStyle(e).textDecorationLine].join()"
    written: str = tab.locator(selector).first.evaluate(script)
    return written


def test_on_a_dark_screen_the_page_is_dark_and_the_focus_bright(
    live_server: Any, open_page: OpenPage
) -> None:
    place = make_place()
    tab = open_page(color_scheme="dark")
    for name in ("home", "vote: said", "questionnaire: errors"):
        at(tab, live_server.url, name, place)
        ground = tab.evaluate("getComputedStyle(document.body).backgroundColor")
        assert max(int(part) for part in ground[4:-1].split(",")) < DARK
        tab.locator("a").first.focus()
        Keyboard(tab).walk()
