"""Pictures of the demonstration for docs/screenshots/, from a running ``make run``.

``python -m tools.screenshots`` (address and password: the first arguments, else the usual ones).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from playwright.sync_api import sync_playwright

from tools import debian

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page, ViewportSize

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "screenshots"
SIZES: dict[str, ViewportSize] = {
    "desktop": {"width": 1280, "height": 900},
    "phone": {"width": 360, "height": 740},
}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
TOO_SHORT = {"en": "We should.", "fr": "Il faut."}
START = {"en": "Start voting", "fr": "Commencer à voter"}
AGREE = {"en": "Agree", "fr": "D’accord"}
SEND_IDEA = {"en": "Send my idea", "fr": "Envoyer mon idée"}
SEND = {"en": "Send my contribution", "fr": "Envoyer ma contribution"}
THEME = {"en": "/en/themes/public-interest-ai/", "fr": "/fr/themes/l-ia-d-interet-general/"}
IDEA = {"en": "/en/ideas/1/", "fr": "/fr/idees/1/"}
QUESTIONNAIRE = {"en": "/en/questionnaires/1/", "fr": "/fr/questionnaires/1/"}


def vote(page: Page, base: str, language: str) -> None:
    """A card that has just been voted on."""
    page.goto(base + THEME[language])
    page.get_by_role("button", name=START[language]).click()
    page.locator("form:has([name=reads]) button[type=submit]").click()
    page.get_by_role("button", name=AGREE[language], exact=True).click()
    page.locator(".vote-done").wait_for()


def error(page: Page, base: str, language: str) -> None:
    """An idea that is too short."""
    page.goto(base + THEME[language])
    page.locator("textarea[name=text]").fill(TOO_SHORT[language])
    page.get_by_role("button", name=SEND_IDEA[language]).click()
    page.wait_for_load_state("networkidle")


def errors(page: Page, base: str, language: str) -> None:
    """A questionnaire sent empty."""
    page.goto(base + QUESTIONNAIRE[language])
    page.get_by_role("button", name=SEND[language]).click()
    page.wait_for_load_state("networkidle")


def at(paths: dict[str, str]) -> Callable[[Page, str, str], None]:
    """Just the page at this address."""

    def go(page: Page, base: str, language: str) -> None:
        page.goto(base + paths[language])
        page.wait_for_load_state("networkidle")

    return go


SCENES: dict[str, Callable[[Page, str, str], None]] = {
    "home": at({"en": "/en/", "fr": "/fr/"}),
    "theme": at(THEME),
    "idea": at(IDEA),
    "vote": vote,
    "questionnaire": at(QUESTIONNAIRE),
    "error-idea": error,
    "error-questionnaire": errors,
    "not-found": at({"en": "/en/nowhere/", "fr": "/fr/nulle-part/"}),
}


def keep(page: Page, name: str, *, whole: bool = True) -> None:
    """The page as ``name``.png, in 256 colours: a third of the size, and as legible."""
    path = FOLDER / f"{name}.png"
    page.screenshot(path=path, full_page=whole)
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(256).save(path, optimize=True)


def main() -> None:
    """Every scene, in both languages and sizes, and the moderators' queue."""
    base = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    kept = ROOT / "var" / "demo-password"
    password = sys.argv[2] if len(sys.argv) > 2 else kept.read_text().strip()  # noqa: PLR2004
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=debian.browser(), args=FLAGS)
        page = browser.new_page(viewport=SIZES["desktop"], timezone_id="Europe/Paris")
        SCENES["home"](page, base, "en")
        keep(page, "readme", whole=False)
        for language in ("en", "fr"):
            for size, viewport in SIZES.items():
                zone = "Europe/Paris"
                for name, scene in SCENES.items():
                    visitor = browser.new_context(
                        viewport=viewport, locale=language, timezone_id=zone
                    )
                    page = visitor.new_page()
                    scene(page, base, language)
                    keep(page, f"{name}-{language}-{size}")
                    visitor.close()
                visitor = browser.new_context(viewport=viewport, locale=language, timezone_id=zone)
                page = visitor.new_page()
                page.goto(f"{base}/admin/login/")
                page.locator("[name=username]").fill("moderator")
                page.locator("[name=password]").fill(password)
                page.locator("button[type=submit]").click()
                page.wait_for_load_state("networkidle")
                page.goto(f"{base}/admin/moderation/")
                page.wait_for_load_state("networkidle")
                keep(page, f"queue-{language}-{size}")
                visitor.close()
        browser.close()


if __name__ == "__main__":
    main()
