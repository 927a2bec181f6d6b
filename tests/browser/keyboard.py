"""Somebody who has a keyboard and nothing else: each stop of theirs is looked at on the way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page as Tab

MOST_STOPS = 120
IN_CONTENT = re.compile("#main$")
CONTRAST = 3  # WCAG 2.2, 1.4.11

# What has focus: whether it can be seen, on what ground, and what the one before it looks like now.
STOP = """() => {
    const rgb = (colour) => (colour.match(/[\\d.]+/g) || []).map(Number);
    const clear = (colour) => { const c = rgb(colour); return c.length === 4 && c[3] === 0; };
    const luminance = (colour) => {
        const [r, g, b] = rgb(colour).slice(0, 3).map((part) => {
            const share = part / 255;
            return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = (one, other) => {
        const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
        return (light + 0.05) / (dark + 0.05);
    };
    const ring = (element) => {
        const style = getComputedStyle(element);
        const drawn = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
        return drawn ? `${style.outlineWidth} ${style.outlineStyle} ${style.outlineColor}` : "none";
    };
    const element = document.activeElement;
    const past = window.pastStop;
    const pastRing = window.pastRing;
    window.pastStop = element;
    window.pastRing = element ? ring(element) : "none";
    if (!element || element === document.body) return null;
    let ground = element.parentElement;
    while (ground && clear(getComputedStyle(ground).backgroundColor)) ground = ground.parentElement;
    const paper = ground ? getComputedStyle(ground).backgroundColor : "rgb(255, 255, 255)";
    const boxes = [...element.getClientRects()];
    const seen = boxes.some((box) => {
        const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
        const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
        if (left >= right || top >= bottom) return false;
        const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
        return hit !== null && (element.contains(hit) || hit.contains(element));
    });
    const box = element.getBoundingClientRect();
    const before = past && past.isConnected && past !== document.body && past !== element;
    const there = before ? past.getBoundingClientRect() : null;
    const style = getComputedStyle(element);
    return {
        name: element.outerHTML.slice(0, 120),
        seen,
        ring: ring(element),
        contrast: contrast(style.outlineColor, paper),
        left: before && ring(past) === pastRing ? past.outerHTML.slice(0, 120) : null,
        jumped: before && !element.matches(".skip-link")
            && box.bottom <= there.top && box.left < there.right,
    };
}"""


class Keyboard:
    """Drives ``tab`` with keys. A stop that can't be seen fails the test."""

    def __init__(self, tab: Tab) -> None:
        self.tab = tab
        self.press = tab.keyboard.press
        self.type = tab.keyboard.type

    def step(self, *, back: bool = False) -> dict[str, Any] | None:
        """One press of Tab. None when it left the page's last control."""
        self.press("Shift+Tab" if back else "Tab")
        stop: dict[str, Any] | None = self.tab.evaluate(STOP)
        if stop is not None:
            where = f"{self.tab.url}: {stop['name']}"
            assert stop["seen"], f"out of sight or behind something: {where}"
            assert stop["ring"] != "none", f"nothing shows the focus: {where}"
            assert stop["left"] is None, f"looks the same without focus: {stop['left']}"
            assert stop["contrast"] >= CONTRAST, f"a faint ring ({stop['contrast']:.1f}): {where}"
            assert back or not stop["jumped"], f"focus jumps back up the page: {where}"
        return stop

    def walk(self) -> list[str]:
        """From the top of the page to its end, then one stop back: nothing holds the focus."""
        stops: list[str] = []
        while (stop := self.step()) is not None and stop["name"] not in stops[:1]:
            stops.append(stop["name"])
            assert len(stops) < MOST_STOPS, f"{self.tab.url} never ends"
        last = self.step(back=True) or self.step(back=True)
        assert last is not None
        assert last["name"] == stops[-1]
        return stops

    def reach(self, selector: str, *, back: bool = False) -> None:
        """Press Tab until what ``selector`` names has focus."""
        for _stop in range(MOST_STOPS):
            if self.step(back=back) is None:
                break
            if self.is_at(selector):
                return
        raise AssertionError(f"the keyboard does not reach {selector} on {self.tab.url}")

    def is_at(self, selector: str) -> bool:
        """Whether what ``selector`` names has focus."""
        at: bool = self.tab.evaluate("(s) => document.activeElement.matches(s)", selector)
        return at

    def follow(self, selector: str, key: str = "Enter", *, back: bool = False) -> None:
        """Reach a link or a button, press ``key``, and be on the page it leads to."""
        self.reach(selector, back=back)
        with self.tab.expect_navigation():
            self.press(key)

    def enter_content(self) -> None:
        """By the skip link, unless the page put the focus into its content itself."""
        if self.tab.evaluate("document.activeElement === document.body"):
            self.step()
            assert self.is_at(".skip-link"), f"{self.tab.url} begins with no skip link"
            self.press("Enter")
            self.tab.wait_for_url(IN_CONTENT)  # else the next navigation is taken for this one
            assert self.is_at("main"), f"the skip link of {self.tab.url} leads nowhere"
        else:
            assert self.is_at("main, main *"), f"focus stands outside the content of {self.tab.url}"
