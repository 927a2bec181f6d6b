"""Screenshots of the editors' guide, from a running ``make run``, in each language.

``python -m tools.guide`` (address and password: the first arguments, else the usual ones). Each is
taken as somebody whose task it is, in the demonstration. What that has none of is made first, and
stays there: a draft, a page that waits for moderation, one that has changed since its translation.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image
from playwright.sync_api import sync_playwright

from tools import debian

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, FilePayload, Locator, Page

ROOT = Path(__file__).resolve().parents[1]
GUIDE = ROOT / "docs" / "editor-guide"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
WIDTH, HEIGHT = 1100, 720
COLOURS = 64
THEME = "Trust in AI"  # in its first language: a translation is edited at its desk
THEMES = "The five themes"
SEARCH = "pages/search/?q="
WAITING = "Future of work"  # submitted for moderation: who writes finds it locked
SETTLE = 800  # milliseconds, for panels that unfold
CHANGED = "Innovation and culture"  # published again with other words, after its translation
ADDED = " What should Europe do first?"
DRAFT = "Clean air"
ROUGH = "What we breathe , at home and at work...  What should be done first, and by whom?"


class Scene(NamedTuple):
    """Who takes the picture, where, and what is done there first."""

    account: str  # {language}: that of the reader
    address: str
    prepare: Callable[[Page, str], None] | None = None


class Studio(NamedTuple):
    """The site that is pictured, and with what."""

    browser: Browser
    base: str
    password: str

    def signed_in(self, account: str, language: str) -> Page:
        """A new visit of that member of staff."""
        visitor = self.browser.new_context(
            viewport={"width": WIDTH, "height": HEIGHT},
            locale=language,
            timezone_id="Europe/Paris",
        )
        page = visitor.new_page()
        page.goto(f"{self.base}/admin/login/")
        page.locator("[name=username]").fill(account)
        page.locator("[name=password]").fill(self.password)
        page.locator("button[type=submit]").click()
        page.wait_for_load_state("networkidle")
        return page

    def go(self, page: Page, address: str) -> None:
        """Wait for all of a screen of the admin."""
        page.goto(f"{self.base}/admin/{address}")
        page.wait_for_load_state("networkidle")


def first(page: Page, _language: str) -> None:
    """Open the first line of the list."""
    page.locator(".listing .title a").first.click()


def theme(page: Page, _language: str, title: str = THEME) -> None:
    """The editor of a theme page, found by its title."""
    page.locator(".listing .title a", has_text=title).first.click()
    page.wait_for_load_state("networkidle")
    if not page.url.endswith("/edit/"):
        page.goto(page.url.rstrip("/") + "/edit/")
        page.wait_for_load_state("networkidle")


def forms(page: Page, language: str) -> None:
    """What the editor of a theme says of its debate and questionnaire."""
    theme(page, language)
    middle(page.locator("a[href*='/debates/edit/']").first)


def approval(page: Page, language: str) -> None:
    """What may be done with a page that waits for moderation."""
    theme(page, language, WAITING)
    page.locator("footer [data-w-dropdown-target=toggle]").last.click()
    page.locator("[data-workflow-action-name=approve]").first.wait_for()


def desk(page: Page, _language: str) -> None:
    """The desk of a theme."""
    page.locator(".listing a", has_text=re.compile(f"{THEME}|confiance")).first.click()


def checks(page: Page, language: str) -> None:
    """The advice at the foot of the draft."""
    page.locator(".listing .title a", has_text=DRAFT).first.click()
    page.wait_for_load_state("networkidle")
    middle(page.locator("[id*=could_be_better], [id*=checks]").last)


def schedule(page: Page, language: str) -> None:
    """The dialogue of both times, for the draft."""
    theme(page, language, DRAFT)
    dialogue = page.locator("[data-a11y-dialog-show=schedule-publishing-dialog]").first
    if not dialogue.is_visible():
        page.locator("[data-side-panel-toggle=status]").first.click()
    dialogue.click()


def video(page: Page, language: str) -> None:
    """An empty block of a video, not saved."""
    theme(page, language)
    page.locator(".c-sf-add-button").first.click()
    page.get_by_role("option", name=re.compile("^(Video|Vidéo)")).first.click()
    middle(page.locator("[data-contentpath=captions]").first)


def changed(page: Page, _language: str) -> None:
    """The text of which the original has other words, at its desk."""
    page.locator(".listing .title a, main .listing a").first.click()
    page.wait_for_load_state("networkidle")
    middle(page.locator(".translating-segment details").first)


def report(page: Page, language: str) -> None:
    """What a file of a translator's program would change; it is not imported."""
    desk(page, language)
    page.wait_for_load_state("networkidle")
    address = page.url.split("?")[0]
    words = page.request.get(f"{address}po/").text()
    said = re.compile(r'(msgctxt "title"\nmsgid ".*"\nmsgstr ".+)"')
    page.goto(f"{address}po/import/")
    file: FilePayload = {
        "name": "trust.po",
        "mimeType": "text/x-gettext-translation",
        "buffer": said.sub(r'\1 (2)"', words).encode(),
    }
    page.locator("input[type=file]").set_input_files(file)
    page.locator("main button[type=submit]").last.click()
    page.locator("main details summary").first.click()


def drafts_too(page: Page, _language: str) -> None:
    """The tree of themes, its draft included."""
    page.locator("#id_drafts").check()
    middle(page.locator("#id_into"))


def middle(what: Locator) -> None:
    """Where it is well seen."""
    what.evaluate("(element) => element.scrollIntoView({block: 'center'})")


def published(page: Page, language: str) -> None:
    """The publication of a contribution, from its page."""
    first(page, language)
    page.locator("a[href*='/admin/publishing/']").first.click()


SCENES = {
    "approve": Scene("admin", SEARCH + WAITING, approval),
    "checks": Scene("editor", SEARCH + DRAFT, checks),
    "contributions": Scene("organiser", "contributions/"),
    "desk": Scene("editor", "workplace/?into=fr&tab=published&kind=pages", desk),
    "forms-panel": Scene("editor", SEARCH + THEME, forms),
    "glossary": Scene("editor", "glossary/"),
    "home": Scene("organiser", ""),
    "idea-translations": Scene("translator-{language}", "idea-translations/"),
    "language": Scene("organiser", "workplace/languages/fr/"),
    "moderate-idea": Scene("moderator", "moderation/", first),
    "opening": Scene("organiser", "opening/"),
    "po-report": Scene("editor", "workplace/?into=fr&tab=published&kind=pages", report),
    "publication": Scene("organiser", "contributions/", published),
    "queue": Scene("translator-{language}", "workplace/?tab=new"),
    "schedule": Scene("editor", SEARCH + DRAFT, schedule),
    "source-changed": Scene("editor", "workplace/?into=fr&tab=changed&kind=pages", changed),
    "theme-page": Scene("editor", SEARCH + THEME, theme),
    "tree": Scene("editor", "translating/trees/{themes}/", drafts_too),
    "video": Scene("editor", SEARCH + THEME, video),
    "wordings": Scene("admin", "wordings/fr/?q=Agree"),
}


def furnish(studio: Studio) -> str:
    """What the demonstration has none of: see above; the number of the list of themes."""
    page = studio.signed_in("editor", "en")
    studio.go(page, SEARCH + THEMES)
    address = page.locator(".listing .title a", has_text=THEMES).first.get_attribute("href")
    number = re.findall(r"[0-9]+", str(address))[-1]
    studio.go(page, SEARCH + DRAFT)
    if page.locator(".listing .title a", has_text=DRAFT).count() == 0:
        studio.go(page, f"pages/add/themes/themepage/{number}/")
        page.wait_for_load_state("networkidle")  # the address is made of the title by a script
        page.locator("#id_title").fill(DRAFT)
        page.locator("#id_summary").fill(ROUGH)
        page.locator("footer button[type=submit]").first.click()
        page.wait_for_url("**/edit/**")
    studio.go(page, "workplace/?into=fr&tab=changed&kind=pages")
    if page.locator("main .listing a").count() == 0:
        studio.go(page, SEARCH + CHANGED)
        theme(page, "en", CHANGED)
        summary = page.locator("#id_summary")
        summary.fill(summary.input_value() + ADDED)
        page.locator("footer [data-w-dropdown-target=toggle]").last.click()
        page.locator("[name=action-publish]").click()
        page.locator(".messages li").first.wait_for()
    page.context.close()
    page = studio.signed_in("writer", "en")
    studio.go(page, SEARCH + WAITING)
    theme(page, "en", WAITING)
    submit = page.locator("button[name=action-submit]")
    if submit.count():
        page.locator("footer [data-w-dropdown-target=toggle]").last.click()
        submit.click()
        page.locator(".messages li").first.wait_for()
    page.context.close()
    return number


def take(studio: Studio, language: str, name: str, themes: str) -> None:
    """One picture, in few colours: a quarter of the size, and as legible."""
    scene = SCENES[name]
    page = studio.signed_in(scene.account.format(language=language), language)
    studio.go(page, scene.address.format(themes=themes))
    if scene.prepare:
        scene.prepare(page, language)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(SETTLE)
    path = GUIDE / language / "pictures" / f"{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, animations="disabled")
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(COLOURS).save(path, optimize=True)
    page.context.close()


def main() -> None:
    """Every scene in every language; or those named after address and password."""
    base = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    kept = ROOT / "var" / "demo-password"
    password = sys.argv[2] if len(sys.argv) > 2 else kept.read_text().strip()  # noqa: PLR2004
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=debian.browser(), args=FLAGS)
        studio = Studio(browser, base, password)
        themes = furnish(studio)
        for language in ("en", "fr"):
            for name in sys.argv[3:] or SCENES:
                take(studio, language, name, themes)
        browser.close()


if __name__ == "__main__":
    main()
