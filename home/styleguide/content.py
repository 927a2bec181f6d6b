"""Samples of what frames a page and of what editors write."""

from types import SimpleNamespace
from typing import Any

from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from wagtail.rich_text import RichText

from core.blocks.samples import SampleDocument, SampleImage
from core.breadcrumbs import Crumb, crumbs_of_view
from home.styleguide import colours
from home.styleguide.samples import Sample, Samples, Telling, of_block
from home.styleguide.stand_ins import theme
from themes.models import Accent


def scale(prefix: str) -> Samples:
    """Every custom property of ``prefix``, each shown at its own size."""

    def samples(telling: Telling) -> list[Sample]:
        steps = {
            name.removeprefix(f"{prefix}-"): size for name, size in colours.named(prefix).items()
        }
        context = {"steps": steps, "prefix": prefix, "guide": telling.words["guide"]}
        return [Sample(f"styleguide/{prefix}.html", context)]

    return samples


def swatches(telling: Telling) -> list[Sample]:
    """The colours that no accent changes."""
    context = {"swatches": colours.swatches(), "guide": telling.words["guide"]}
    return [Sample("styleguide/swatches.html", context)]


def accents(telling: Telling) -> list[Sample]:
    """The colours of each accent."""
    guide = telling.words["guide"]
    return [
        Sample(
            "styleguide/swatches.html",
            {"swatches": colours.swatches(accent.value), "guide": guide},
            str(accent.label),
        )
        for accent in Accent
    ]


def buttons(telling: Telling) -> list[Sample]:
    """Each weight of a button."""
    said = telling.words["samples"]
    return [Sample("styleguide/buttons.html", {"said": said["buttons"], "link": said["link"]})]


def breadcrumbs(telling: Telling) -> list[Sample]:
    """Three steps."""
    themes = telling.words["samples"]["themes"]
    crumbs = crumbs_of_view(themes[1], Crumb(themes[0], "#breadcrumbs"))
    return [Sample("components/breadcrumbs.html", {"crumbs": crumbs})]


def search_box(telling: Telling) -> list[Sample]:
    """With a name of its own, for the header's has none."""
    label = telling.words["components"]["search-box"]["title"]
    context = {"id": "search-sample", "label": label, "value": "", "class": "search-main"}
    return [Sample("components/search_box.html", context)]


def notices(telling: Telling) -> list[Sample]:
    """Each tone, the page that does not exist in this language, the demonstration."""
    said = telling.words["samples"]
    messages = [
        Message(constants.INFO, said["news"]),
        Message(constants.SUCCESS, said["saved"]),
        Message(constants.WARNING, said["watch"]),
        Message(constants.ERROR, said["wrong"]),
    ]
    context = {
        "untranslated_notice": True,
        "consultation": SimpleNamespace(demonstration=True),
        "has_session": True,
        "messages": messages,
    }
    return [Sample("components/page_notices.html", context, frame="flow")]


def pagination(telling: Telling) -> list[Sample]:
    """In the middle of many pages."""
    return [Sample("components/pagination.html", {"page": Paginator(range(480), 20).page(12)})]


def doors(telling: Telling) -> list[Sample]:
    """Both ways in."""
    return [of_block("doors")]


def score(telling: Telling) -> list[Sample]:
    """As it stands on the home page."""
    return [Sample("components/score.html", frame="hero")]


def theme_cards(telling: Telling) -> list[Sample]:
    """One a colour; the first with a picture."""
    said = telling.words["samples"]
    pictures = [SampleImage(), None, None, None, None]
    themes = [
        theme(title, said["theme_summary"], accent.value, picture)
        for title, accent, picture in zip(said["themes"], Accent, pictures, strict=True)
    ]
    return [Sample("themes/cards.html", {"themes": themes, "level": 4})]


def text(telling: Telling) -> list[Sample]:
    """Every feature of rich text."""
    return [of_block("text", RichText(telling.words["samples"]["rich"]))]


def documents(telling: Telling) -> list[Sample]:
    """Two files."""
    said = telling.words["samples"]["documents"]
    files = [SampleDocument(said[0], "pdf", 1_240_000), SampleDocument(said[1], "csv", 82_000)]
    return [of_block("documents", {"title": "", "documents": files})]


def picture(telling: Telling) -> list[Sample]:
    """With caption and credit."""
    said = telling.words["samples"]
    image = SampleImage(said["caption"])
    value = {"image": image, "caption": said["caption"], "credit": said["credit"]}
    return [of_block("picture", value)]


def partners(telling: Telling) -> list[Sample]:
    """By name, and by logo."""
    value: dict[str, Any] = {
        "title": telling.words["components"]["partners"]["title"],
        "partners": [
            {"name": telling.words["samples"]["controller"], "url": "https://example.org/"},
            {"name": "Polyphony", "logo": SampleImage(), "note": telling.words["samples"]["news"]},
        ],
    }
    return [of_block("partners", value)]


def preview(name: str) -> Samples:
    """A block as the editor previews it."""
    return lambda _telling: [of_block(name)]


CONTENT: dict[str, Samples] = {
    "type": scale("size"),
    "space": scale("space"),
    "colours": swatches,
    "accents": accents,
    "buttons": buttons,
    "breadcrumbs": breadcrumbs,
    "search-box": search_box,
    "notices": notices,
    "pagination": pagination,
    "share": preview("share"),
    "text": text,
    "doors": doors,
    "theme-cards": theme_cards,
    "score": score,
    "statement": preview("statement"),
    "questions-answers": preview("questions_answers"),
    "key-figures": preview("key_figures"),
    "timeline": preview("timeline"),
    "video": preview("video"),
    "documents": documents,
    "picture": picture,
    "call-to-action": preview("call_to_action"),
    "partners": partners,
    "press-contacts": preview("press_contacts"),
}
