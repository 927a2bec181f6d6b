"""What is wrong with how a page lies on the screen, measured in the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page as Tab

# Sideways scrolling, words outside their box, words cut by it. What is hidden from sight on
# purpose, what scrolls by itself and the insides of fields are left out.
FAULTS = """() => {
    const found = [];
    const name = (element) => {
        const words = element.textContent.trim().replace(/\\s+/g, " ").slice(0, 40);
        return `<${element.tagName.toLowerCase()} class="${element.className}"> ${words}`;
    };
    const leftOut = "svg, .visually-hidden, .skip-link, [hidden], select, picture";
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) {
        found.push(`the page is ${root.scrollWidth} pixels wide, the screen ${root.clientWidth}`);
    }
    for (const element of document.body.querySelectorAll("*")) {
        if (element.closest(leftOut)) continue;
        const box = element.getBoundingClientRect();
        const style = getComputedStyle(element);
        if (!box.width || !box.height || style.visibility === "hidden") continue;
        const scrolls = element.closest(".table-scroll, textarea");
        if (scrolls && scrolls !== element) continue;
        if (box.right > root.clientWidth + 1 || box.left < -1) {
            found.push(`reaches from ${box.left} to ${box.right}: ${name(element)}`);
        }
        // The switcher's padding hangs over the margin, so that its words end where others do.
        if (element.matches(".site-header-top, .languages")) continue;
        if (style.display === "inline" && style.clipPath !== "none") {
            found.push(`all but its first line is cut: ${name(element)}`);
        }
        const own = ["INPUT", "PROGRESS"].includes(element.tagName);
        if (style.display === "inline" || scrolls || own) continue;
        if (element.scrollWidth > element.clientWidth + 1 && element.clientWidth) {
            found.push(`words stand out by ${element.scrollWidth - element.clientWidth}: `
                + name(element));
        }
        const cuts = ["hidden", "clip"].includes(style.overflowY);
        if (cuts && element.scrollHeight > element.clientHeight + 1) {
            found.push(`words are cut: ${name(element)}`);
        }
    }
    return found;
}"""

# Targets: 24 pixels each way, a line of its own for a link, none for one within a sentence
# (WCAG 2.5.8); main controls are 44 pixels high.
TARGETS = """() => {
    const found = [];
    const fields = "input, select, textarea, summary";
    const main = `.button, .vote, .languages a, .site-nav a, .pagination a, footer a, ${fields}`;
    for (const element of document.querySelectorAll(`a, button, ${fields}`)) {
        if (element.closest(".visually-hidden, .skip-link, [hidden]")) continue;
        let box = element.getBoundingClientRect();
        if (!box.width) continue;
        const choice = element.closest(".choice");
        if (choice && element.tagName === "INPUT") box = choice.getBoundingClientRect();
        const style = getComputedStyle(element);
        const line = element.closest("p, li, dd, h1, h2, h3, h4");
        const alone = line?.textContent.trim() === element.textContent.trim();
        const inline = style.display === "inline";
        if (inline && line && !alone) continue;
        const height = inline ? Math.max(box.height, parseFloat(style.lineHeight)) : box.height;
        const least = element.matches(main) ? 44 : 24;
        if (box.width >= 24 && height >= least - 0.5) continue;
        const size = `${Math.round(box.width)} × ${Math.round(box.height)}`;
        found.push(`a target of ${size}: ${element.outerHTML.slice(0, 100)}`);
    }
    return found;
}"""

SPACED = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }`);
    document.adoptedStyleSheets = [sheet];
}"""


def layout_faults(tab: Tab) -> list[str]:
    """What scrolls sideways, stands out of its box or is cut."""
    found: list[str] = tab.evaluate(FAULTS)
    return found


def target_faults(tab: Tab) -> list[str]:
    """What is too small to be pressed with a finger."""
    found: list[str] = tab.evaluate(TARGETS)
    return found


def space_out(tab: Tab) -> None:
    """Set the page as a reader may who needs more space between letters, words and lines."""
    tab.evaluate(SPACED)


def enlarge_text(tab: Tab, percent: int) -> None:
    """As the browser's own setting for the size of text does; 100 is as it was."""
    tab.evaluate(f"document.documentElement.style.fontSize = '{percent}%'")
