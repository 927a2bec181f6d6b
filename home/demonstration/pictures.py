"""Pictures drawn by the project itself: overlapping voices, one palette a theme."""

import io
import math
import random

from django.core.files.base import ContentFile
from PIL import Image as Drawing
from PIL import ImageDraw, ImageFilter
from wagtail.images.models import Image

WIDTH, HEIGHT = 1600, 900
VOICES = 9  # lines of each picture
PALETTES = {  # paper, then the inks
    "indigo": ("#eef0fb", "#2f3e9e", "#5566c9", "#98a5e8", "#1c2566"),
    "teal": ("#e6f4f3", "#0b6b68", "#2f9792", "#8ccbc6", "#073f3d"),
    "ochre": ("#fbf1de", "#8a5a00", "#c48a1c", "#ecc878", "#573900"),
    "plum": ("#f7ebf3", "#7c2a61", "#a95290", "#dba5c8", "#4c173b"),
    "forest": ("#eaf3e8", "#2b6430", "#568f58", "#a5cca2", "#183c1b"),
}


def draw(accent: str, seed: int) -> bytes:
    """A PNG of 1600 × 900: waves that meet, in the colours of ``accent``; one picture a seed."""
    chance = random.Random(seed)  # noqa: S311 (a drawing)
    paper, *inks = PALETTES[accent]
    canvas = Drawing.new("RGB", (WIDTH, HEIGHT), paper)
    for voice in range(VOICES):
        layer = Drawing.new("RGBA", (WIDTH, HEIGHT), (0, 0, 0, 0))
        pen = ImageDraw.Draw(layer)
        ink = inks[voice % len(inks)]
        base = HEIGHT * (0.12 + 0.76 * voice / (VOICES - 1))
        swing, turns, shift = chance.uniform(40, 150), chance.uniform(0.8, 2.2), chance.random() * 6
        points = [
            (
                x,
                base
                + swing
                * math.sin(shift + turns * 2 * math.pi * x / WIDTH)
                * math.sin(math.pi * x / WIDTH),
            )
            for x in range(0, WIDTH + 20, 20)
        ]
        pen.line(points, fill=ink + "cc", width=chance.choice((6, 14, 30, 54)), joint="curve")
        for x, y in points[:: chance.choice((7, 9, 11))]:
            size = chance.choice((10, 16, 26))
            pen.ellipse((x - size, y - size, x + size, y + size), fill=paper, outline=ink, width=6)
        canvas.paste(layer, mask=layer)
    out = io.BytesIO()
    canvas.filter(ImageFilter.SMOOTH).save(out, "PNG", optimize=True)
    return out.getvalue()


def picture(accent: str, seed: int, title: str) -> Image:
    """The picture of a theme in Wagtail's library, drawn once."""
    found = Image.objects.filter(title=title).first()
    if found is not None:
        return found
    name = f"demonstration-{accent}.png"
    return Image.objects.create(
        title=title,
        file=ContentFile(draw(accent, seed), name=name),
        width=WIDTH,
        height=HEIGHT,
    )
