"""The guide as a whole: groups of components, each with its samples and where it comes from."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import get_template
from django.utils.safestring import SafeString

from home.styleguide.content import CONTENT
from home.styleguide.figures import FIGURES
from home.styleguide.pages import PAGES
from home.styleguide.participation import PARTICIPATION
from home.styleguide.samples import Sample, Telling
from home.styleguide.words import words_in

SAMPLES = CONTENT | PARTICIPATION | FIGURES


@dataclass(frozen=True)
class Shown:
    """A sample as the guide's page shows it."""

    label: str
    frame: str
    html: SafeString


@dataclass(frozen=True)
class PageOfItsOwn:
    """A link to a small page."""

    name: str
    title: str


@dataclass(frozen=True)
class Component:
    """One component: what it is called, when to use it, where it is written, how it looks."""

    name: str
    title: str
    use: str
    sources: list[str]
    samples: list[Shown]
    pages: list[PageOfItsOwn]


@dataclass(frozen=True)
class Group:
    """Components that belong together."""

    name: str
    title: str
    components: list[Component]


def file_of(template: str) -> str:
    """Where a template is written, from the root of the project."""
    origin: Any = get_template(template).template  # type: ignore[attr-defined]
    return Path(origin.origin.name).relative_to(settings.BASE_DIR).as_posix()


def guide(request: HttpRequest, language: str) -> list[Group]:
    """Every group of the guide, its samples rendered."""
    telling = Telling(words_in(language), language)
    said = telling.words["components"]
    return [
        Group(
            group["name"],
            group["title"],
            [
                _component(request, telling, name)
                for name, words in said.items()
                if words["group"] == group["name"]
            ],
        )
        for group in telling.words["groups"]
    ]


def _component(request: HttpRequest, telling: Telling, name: str) -> Component:
    words = telling.words["components"][name]
    samples = SAMPLES[name](telling) if name in SAMPLES else []
    pages = words.get("pages", [])
    return Component(
        name=name,
        title=words["title"],
        use=words["use"],
        sources=[words["source"]] if "source" in words else sorted(_sources(samples, pages)),
        samples=[Shown(sample.label, sample.frame, sample.render(request)) for sample in samples],
        pages=[PageOfItsOwn(page, telling.words["pages"][page]) for page in pages],
    )


# What a page that only holds a component is there to show.
HELD = {
    "header": ("components/site_header.html", "components/site_footer.html"),
    "phase-open": ("components/phase_banner.html",),
    "errors": ("components/error_summary.html",),
}


def _sources(samples: list[Sample], pages: list[str]) -> Iterator[str]:
    """The templates of samples and small pages; the guide's own are nobody's source."""
    templates = {sample.template for sample in samples}
    for page in pages:
        templates.update(HELD.get(page, (PAGES[page].template,)))
    return (file_of(found) for found in templates if not found.startswith("styleguide/"))
