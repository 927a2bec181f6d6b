"""Pictures to share say their words whole, in the right letters, or say something else."""

import io
import json
import re
from pathlib import Path
from typing import Any

import polib
import pytest
from django.conf import settings
from PIL import Image, ImageChops, ImageColor

from core.accents import ACCENTS, INK, PAPER
from core.share_pictures.drawing import (
    HEIGHT,
    MARGIN,
    STAFF_TOP,
    WIDTH,
    WORDS_BOTTOM,
    SharePicture,
)
from core.share_pictures.typeface import typeface
from themes.models import Accent

NARROW, FIXED = "\u202f", "\u00a0"
SITE = "L’IA et l’intérêt général"
LONG_TITLE = ("Œuvrer à l’échelle européenne pour une intelligence artificielle sobre et " * 4)[
    :255
]
INSTEAD = "Idée 12"


def said(words: str, **fields: str) -> SharePicture:
    given = {"language": "fr", "above": "L’IA de confiance", "instead": INSTEAD, **fields}
    return SharePicture(SITE, words, **given)


def drawn(picture: SharePicture) -> Any:
    return Image.open(io.BytesIO(picture.png())).convert("RGB")


def ink_outside_margins(picture: SharePicture) -> object:
    """The box of what is drawn between the edges and the margins, above the staff."""
    image = drawn(picture)
    blank = Image.new("RGB", image.size, PAPER)
    inside = (MARGIN - 6, 40, WIDTH - MARGIN + 6, WORDS_BOTTOM)
    image.paste(Image.new("RGB", (inside[2] - inside[0], inside[3] - inside[1]), PAPER), inside)
    sheet = (0, 0, WIDTH, STAFF_TOP)
    found = ImageChops.difference(image.crop(sheet), blank.crop(sheet))
    return found.point([0 if value < 12 else 255 for value in range(256)] * 3).getbbox()


BAD_INPUT = {
    "a title of 255 characters": LONG_TITLE,
    "one word of 255 letters": "W" * 255,
    "an idea of 560 characters": ("Il faut planter des arbres dans chaque rue de la ville. " * 10)[
        :560
    ],
    "one letter": "À",
    "140 emoji": "🌳" * 140,
    "right to left": "يجب أن نزرع الأشجار في كل شارع",
    "without a space": "https://exemple.fr/" + "un-chemin-tres-long/" * 10,
    "lines and tabs": "Une ligne\n\n\tune autre\u2028et une troisième",
    "capitals with accents": "ÉÀÇÔÜŸŒÆÎ" * 12,
}


@pytest.mark.parametrize("words", BAD_INPUT.values(), ids=BAD_INPUT)
def test_nothing_is_drawn_beyond_the_margins(words: str) -> None:
    picture = said(words, above=LONG_TITLE)
    assert drawn(picture).size == (WIDTH, HEIGHT)
    assert ink_outside_margins(picture) is None


def test_the_longest_names_all_stand_in_their_place() -> None:
    picture = SharePicture(LONG_TITLE, LONG_TITLE, "fr", above=LONG_TITLE)
    assert picture.text.count("Œuvrer") == 3 * LONG_TITLE.count("Œuvrer")
    assert ink_outside_margins(picture) is None


@pytest.mark.parametrize("words", [LONG_TITLE, "W" * 255, "Un mot"], ids=["title", "word", "short"])
def test_words_that_can_be_drawn_are_drawn_whole(words: str) -> None:
    name, above, fitted = said(words)._fitted
    assert name.text == SITE
    assert above.text == "L’IA de confiance"
    assert re.sub(r"\s", "", "".join(fitted.lines)) == re.sub(r"\s", "", words)


def test_short_words_are_larger_than_long_ones() -> None:
    sizes = [said(words)._fitted[2].size for words in ("Un mot", "Un mot " * 15, "Un mot " * 70)]
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == 3


def test_a_word_is_not_broken_where_a_smaller_size_spares_it() -> None:
    lines = said("Anticonstitutionnellement, interministériellement")._fitted[2].lines
    assert lines == ("Anticonstitutionnellement,", "interministériellement")


def test_french_spaces_are_narrow_and_never_end_a_line() -> None:
    picture = said("Que faire « ici » ? Agir ; vite ! " * 6)
    lines = picture._fitted[2].lines
    assert f"«{NARROW}ici{NARROW}»" in " ".join(lines)
    assert f"ici{NARROW}»{NARROW}?" in " ".join(lines)
    assert not any(line[0] in "?;!»" or line.endswith("«") for line in lines)


def test_english_words_on_a_french_page_keep_english_spaces() -> None:
    assert said("Why?", words_language="en").text.endswith("Why?")


# --- What the face can't draw ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "🌳" * 140,
        "Non 🚫 au nucléaire",  # without the sign it would say its contrary
        "يجب أن نزرع الأشجار",
        "עץ בכל רחוב",
        "每条街都应该种一棵树",
        "हर सड़क पर एक पेड़",
        "a\u0348\u0348\u0348 stacked marks",
        "W" * 1500,
        "",
        " \u200b\u202e ",
    ],
)
def test_words_that_cannot_be_drawn_whole_are_never_drawn_in_part(words: str) -> None:
    assert said(words).text == f"{SITE} – L’IA de confiance – {INSTEAD}"
    assert drawn(said(words)).tobytes() == drawn(said(INSTEAD, instead="")).tobytes()


def test_a_title_that_cannot_be_drawn_leaves_the_name_of_the_site() -> None:
    assert SharePicture(SITE, "🌳", "fr").text == SITE


def test_letters_in_pieces_are_put_together() -> None:
    assert said("E\u0301te\u0301").text.endswith("Été")


def test_marks_that_turn_text_around_are_left_out() -> None:
    assert said("Des\u202e arbres\u00ad").text.endswith("Des arbres")


def test_every_letter_of_the_french_catalogue_is_in_the_face() -> None:
    path = Path(settings.LOCALE_PATHS[0]) / "fr" / "LC_MESSAGES" / "django.po"
    catalogue = polib.pofile(str(path))
    letters = {letter for entry in catalogue for letter in entry.msgstr} - {"\n", "\t"}
    letters |= set("ÀÂÄÆÇÉÈÊËÎÏÔŒÙÛÜŸàâäæçéèêëîïôœùûüÿ«»’“”–—…€" + NARROW + FIXED)
    assert {letter for letter in letters if not typeface().covers(letter)} <= {"→", "␋"}


@pytest.mark.parametrize("letter", "ÉÈÊËÀÂÇÔŒÆŸÎÏÙÛÜéèêëàâçôœæÿîïùûü")
def test_an_accented_letter_does_not_look_like_another(letter: str) -> None:
    plain = {"Œ": "OE", "Æ": "AE", "œ": "oe", "æ": "ae"}.get(letter)
    other = plain or "\u2011"
    assert drawn(said(letter)).tobytes() != drawn(said(other)).tobytes()


def test_kerning_brings_letters_together_as_the_designer_drew_them() -> None:
    face = typeface()
    assert face.width("L’", 100) < face.width("L", 100) + face.width("’", 100) - 8


# --- Colours --------------------------------------------------------------------------------------


@pytest.mark.parametrize("accent", Accent.values)
def test_each_theme_has_its_colour(accent: str) -> None:
    picture = drawn(SharePicture("Voices", "A theme", "en", accent=accent))
    at_the_foot = picture.getpixel((4, HEIGHT - 4))
    expected = ImageColor.getrgb(ACCENTS[accent].plain)
    assert max(abs(a - b) for a, b in zip(at_the_foot, expected, strict=True)) <= 3


def test_the_colours_are_those_of_the_stylesheet() -> None:
    css = (Path(settings.SITE_DIR) / "static" / "css" / "tokens.css").read_text()
    light = css[: css.index("prefers-color-scheme: dark")]
    assert {name: re.search(rf"--{name}: (#\w{{6}});", light)[1] for name in ("paper", "ink")} == {
        "paper": PAPER,
        "ink": INK,
    }
    assert set(ACCENTS) == set(Accent.values)
    for name, accent in ACCENTS.items():
        rules = re.search(rf'\[data-accent="{name}"\] \{{(.*?)\}}', light, re.DOTALL)[1]
        found = dict(re.findall(r"--(accent[\w-]*): (#\w{6})", rules))
        assert found == {
            "accent": accent.plain,
            "accent-strong": accent.strong,
            "accent-soft": accent.soft,
        }, json.dumps(found)


def test_a_picture_is_light() -> None:
    assert len(said(LONG_TITLE).png()) < 60_000


def test_other_words_another_version() -> None:
    one = said("Un arbre")
    assert one.version == said("Un arbre").version
    versions = {
        one.version,
        said("Deux arbres").version,
        said("Un arbre", accent="plum").version,
        said("Un arbre", above="Ailleurs").version,
        SharePicture("Autre site", "Un arbre", "fr").version,
    }
    assert len(versions) == 5
