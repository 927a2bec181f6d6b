"""A site whose every word is as bad as its fields allow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wagtail.images.models import Image

from submissions.models import Debate, Idea, Questionnaire, SpeaksFor, Tally
from tests.factories import (
    ThemePageFactory,
    bilingual_site,
    debate_block,
    idea,
    picture,
    published,
    questionnaire_block,
    translate,
)
from tests.recalled import recalled

if TYPE_CHECKING:
    from wagtail.models import Page

    from submissions.models import Consultation

WORD = "Anticonstitutionnellement"
TITLE = f"Common {WORD * 11}"[:255]
SUMMARY = (WORD * 12)[:300]
LINES = "<br/>".join(f"Line {number} of a very long text." for number in range(1000))
MAIL = f"{'long' * 16}@{'very-' * 11}long.example.org"
ADDRESS = f"https://example.org/{'very-long/' * 10}"
FAMILY = "\N{WOMAN}\u200d\N{WOMAN}\u200d\N{GIRL}\u200d\N{BOY}"
FLAG = "\U0001f1eb\U0001f1f7"
THUMB = "\N{THUMBS UP SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-6}"
OVERRIDE = "\u202e"  # all that follows is written from right to left

WORST = {
    "a long word": (WORD * 6)[:140],
    "a long address": ADDRESS[:140],
    "families, flags and skins": FAMILY * 35 + FLAG * 35 + THUMB * 70,
    "arabic": "يجب أن تكون نماذج الذكاء الاصطناعي مفتوحة للجميع (AI Act 2024) في كل المدارس.",
    "hebrew": "צריך לפתוח את המודלים של OpenAI ו-Mistral לכל בית ספר.",  # noqa: RUF001
    "an override": f"We should {OVERRIDE}reverse all that follows \u2067 and never close it.",
    "stacked accents": "Z" + "\u0301" * 5000 + "algo",
    "markup": "<script>alert(1)</script><h1>We should</h1>&amp;\u00a0«?»",
}


@dataclass
class BadPlace:
    """Where its rows and pages are."""

    consultation: Consultation
    debate: Debate
    questionnaire: Questionnaire
    theme: dict[str, Page]
    empty: dict[str, Page]
    ideas: dict[str, Idea]


def dot() -> Image:
    """A picture of one pixel, without a description."""
    drawn = picture(TITLE, width=1, height=1)
    assert drawn.default_alt_text
    drawn.description = ""
    drawn.save()
    return drawn


def make_bad_place() -> BadPlace:
    """Home, themes, a theme with every word at its worst, one without any, and bad ideas."""
    return recalled("BadPlace", _make_bad_place)


def _make_bad_place() -> BadPlace:
    kept = {TITLE: TITLE, SUMMARY: SUMMARY}  # with “[fr]” before them they would be too long
    where = bilingual_site(controller=(WORD * 8)[:200], contact_email=MAIL)
    where.site.site_name = TITLE
    where.site.save()
    for front in (where.home, where.home_fr, where.themes, where.themes_fr):
        front.title = TITLE
        front.show_in_menus = True
        front.introduction = f"{SUMMARY} {ADDRESS}"
        if hasattr(front, "question"):
            front.question = TITLE
        published(front)
    body = [
        ("text", f"<h2>{TITLE}</h2><p>{LINES}</p><p><a href='{ADDRESS}'>{ADDRESS}</a></p>"),
        ("picture", {"image": dot(), "caption": TITLE, "credit": TITLE}),
        ("statement", {"words": SUMMARY, "person": TITLE, "role": TITLE}),
        ("key_figures", {"title": TITLE, "figures": [{"figure": TITLE, "label": TITLE}]}),
        ("timeline", {"title": TITLE, "moments": [{"when": TITLE, "what": TITLE}]}),
        ("share", {"title": TITLE}),
        debate_block(TITLE, SUMMARY),
        questionnaire_block(
            TITLE,
            SUMMARY,
            [
                ("one_choice", {"label": SUMMARY, "choices": [TITLE, SUMMARY, "C"]}),
                ("scale", {"label": SUMMARY, "low_label": TITLE, "high_label": TITLE}),
                ("long_text", {"label": SUMMARY, "help_text": SUMMARY}),
            ],
        ),
    ]
    made = ThemePageFactory(
        parent=where.themes, title=TITLE, slug="worst", summary=SUMMARY, body=body, picture=dot()
    )
    theme = published(made)
    bare = published(ThemePageFactory(parent=where.themes, body=[], slug="bare"))
    debate = Debate.objects.get()
    name = f"{OVERRIDE}{WORD * 7}"
    ideas = {
        kind: idea(debate, text, speaks_for=SpeaksFor.ORGANISATION, organisation=name)
        for kind, text in WORST.items()
    }
    for made_idea in ideas.values():
        counts = {"agree": 1_234_567, "disagree": 1, "neutral": 7_654_321}
        Tally.objects.update_or_create(idea=made_idea, defaults={**counts, "votes": 8_888_889})
    return BadPlace(
        where.consultation,
        debate,
        Questionnaire.objects.get(),
        {"en": theme, "fr": translate(theme, words=kept)},
        {"en": bare, "fr": translate(bare)},
        ideas,
    )
