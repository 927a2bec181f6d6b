"""A sheet of pictures of every screen: two languages, two sizes, by day and by night.

No test, and not gathered with them: it draws in docs/screenshots/screens/ what is missing there
(delete a sheet to see it drawn again), to be looked at.
``.venv/bin/python -m pytest tests/browser/sheets.py -n0 --timeout=1800``
"""

import io
from pathlib import Path
from typing import Any, Literal

import pytest
from PIL import Image, ImageOps
from playwright.sync_api import Page as Tab
from playwright.sync_api import ViewportSize

from core.slugs import slugify
from tests.browser.place import make_place
from tests.browser.screens import SCREENS
from tests.browser.visits import Visit
from tests.fixtures.browser import OpenPage

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screenshots" / "screens"
VIEWS: list[tuple[ViewportSize, Literal["light", "dark"], int]] = [
    ({"width": 1280, "height": 800}, "light", 480),  # the last: how wide on the sheet
    ({"width": 1280, "height": 800}, "dark", 480),
    ({"width": 360, "height": 740}, "light", 240),
    ({"width": 360, "height": 740}, "dark", 240),
]
TALLEST = 1200  # pixels of a view on the sheet; what is longer is cut
GAP = 16


def views(tab: Tab) -> list[Image.Image]:
    """The screen in ``tab`` in each size and scheme, from its top."""
    drawn = []
    for viewport, scheme, width in VIEWS:
        tab.emulate_media(color_scheme=scheme)
        tab.set_viewport_size(viewport)
        with Image.open(io.BytesIO(tab.screenshot(full_page=True))) as whole:
            seen = whole.convert("RGB")
        seen = seen.resize(
            (width, round(seen.height * width / seen.width)), Image.Resampling.LANCZOS
        )
        drawn.append(seen.crop((0, 0, width, min(seen.height, TALLEST))))
    tab.set_viewport_size(VIEWS[0][0])
    return drawn


def in_a_row(pictures: list[Image.Image]) -> Image.Image:
    """Side by side, on grey."""
    framed = [ImageOps.expand(each, GAP // 2, "#888888") for each in pictures]
    size = (sum(each.width for each in framed), max(each.height for each in framed))
    row = Image.new("RGB", size, "#888888")
    left = 0
    for each in framed:
        row.paste(each, (left, 0))
        left += each.width
    return row


@pytest.mark.urls("tests.browser.urls_in_trouble")
def test_draw_every_screen(live_server: Any, open_page: OpenPage) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    place = make_place()
    visits = [
        Visit(open_page(language, reduced_motion="reduce"), live_server.url, language, place)
        for language in ("en", "fr")
    ]
    for name, way in SCREENS.items():
        path = FOLDER / f"{slugify(name)}.webp"
        if path.exists():
            continue
        rows = []
        for visit in visits:
            visit.tab.context.clear_cookies()
            way(visit)
            rows.append(in_a_row(views(visit.tab)))
        sheet = Image.new("RGB", (rows[0].width, sum(row.height for row in rows)), "#888888")
        sheet.paste(rows[0], (0, 0))
        sheet.paste(rows[1], (0, rows[0].height))
        sheet.save(path, quality=55, method=6)
