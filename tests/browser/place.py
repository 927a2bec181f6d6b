"""A site that can show every screen: themes in each phase, every block, ideas in two languages."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from core.clock import database_now
from submissions.debate.tallies import refresh_tallies
from submissions.models import Debate, Idea, Questionnaire
from tests.core.test_blocks_in_pages import every_block
from tests.factories import (
    BilingualSite,
    StandardPageFactory,
    bilingual_site,
    bilingual_theme,
    debate_block,
    idea,
    participant,
    picture,
    published,
    questionnaire_block,
    translate,
    translation_of,
)
from tests.recalled import recalled
from themes.models import ThemePage

PHONE = "+33 1 23 45 67 89"  # of every_block()
IDEAS = 23  # more than the list shows at once
FORMS = {"debate", "questionnaire"}
FRONT = {"doors", "partners", "press_contacts"}


@dataclass
class Place:
    """The site's pages by language, and the rows that screens are about."""

    where: BilingualSite
    pages: dict[str, dict[str, str]]
    debate: Debate
    questionnaire: Questionnaire
    upcoming: tuple[Debate, Questionnaire]
    closed: tuple[Debate, Questionnaire]
    idea: Idea
    translated: Idea
    closed_idea: Idea


def bilingual_page(parent: Any, **fields: Any) -> dict[str, str]:
    """A page of text, published in both languages: its addresses."""
    page = published(StandardPageFactory(parent=parent, **fields))
    return {"en": page.url, "fr": translate(page, words={PHONE: PHONE}).url}


def forms_of(page: ThemePage) -> tuple[Debate, Questionnaire]:
    """The debate and the questionnaire of a theme."""
    key = page.translation_key
    return Debate.objects.get(translation_key=key), Questionnaire.objects.get(translation_key=key)


def set_times(rows: tuple[Debate, Questionnaire], **times: Any) -> None:
    for row in rows:
        type(row).objects.filter(pk=row.pk).update(**times)


def make_place() -> Place:
    """Everything, published; the consultation is open."""
    return recalled("Place", _make_place)


def _make_place() -> Place:
    where = bilingual_site()
    blocks = every_block(where.home)
    words = [block for block in blocks if block[0] not in FORMS]
    theme, theme_fr = bilingual_theme(
        where,
        *[block for block in blocks if block[0] not in FRONT],
        title="Work",
        accent="ochre",
        picture=picture(),
    )
    coming, coming_fr = bilingual_theme(where, debate_block(), questionnaire_block())
    over, over_fr = bilingual_theme(where, debate_block(), questionnaire_block())
    bare, bare_fr = bilingual_theme(where, ("text", "<p>Nothing to answer here.</p>"))
    now = database_now()
    upcoming, closed = forms_of(coming), forms_of(over)
    set_times(upcoming, opens_at=now + timedelta(days=2))
    set_times(closed, closes_at=now - timedelta(days=2))
    debate, questionnaire = forms_of(theme)
    ideas = [
        idea(debate, f"We should plant {number} trees in every street.")
        if number % 2
        else idea(debate, f"Il faut planter {number} arbres dans chaque rue.", "fr")
        for number in range(IDEAS)
    ]
    for one in ideas[-2:]:
        other = "fr" if one.language == "en" else "en"
        translation_of(one, f"[{other}] {one.texts.get().text}", other)
    for choice in ["agree", "agree", "agree", "disagree", "neutral"]:
        voter = participant(where.consultation)
        ideas[-1].votes.create(participant=voter, choice=choice, read_in="en")
    refresh_tallies()
    return Place(
        where,
        {
            "theme": {"en": theme.url, "fr": theme_fr.url},
            "upcoming": {"en": coming.url, "fr": coming_fr.url},
            "closed": {"en": over.url, "fr": over_fr.url},
            "bare": {"en": bare.url, "fr": bare_fr.url},
            "text": bilingual_page(where.home, title="About", body=words),
            "legal": bilingual_page(where.home, title="Legal notice", in_footer=True),
            "site map": bilingual_page(where.home, title="Site map", site_map=True),
        },
        debate,
        questionnaire,
        upcoming,
        closed,
        ideas[0],
        ideas[-1],
        idea(closed[0]),
    )
