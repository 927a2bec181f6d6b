"""The pages of the guide: Markdown files, one a task, of the same names in every language.

``README.md`` of a language is its list of contents. What comes out as HTML is escaped: no HTML of
the files themselves is read.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

GUIDE: Path = settings.BASE_DIR / "docs" / "editor-guide"
CONTENTS = "README"
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SPOKEN_ANYWHERE = "en"  # by readers whose language the guide does not have


@dataclass(frozen=True)
class GuidePage:
    """A page as it is shown: its title stands in the admin's header, the rest is HTML."""

    title: str
    html: SafeString


def languages() -> list[str]:
    """Those that the guide is written in, in the site's order."""
    return [code for code, _name in settings.LANGUAGES if (GUIDE / code).is_dir()]


def language_for(code: str) -> str:
    """That of a reader of ``code``, or the one that the guide has for everybody else."""
    return code if code in languages() else SPOKEN_ANYWHERE


def names(language: str) -> list[str]:
    """The names of all pages but the contents."""
    return sorted(path.stem for path in (GUIDE / language).glob("*.md") if path.stem != CONTENTS)


def picture_path(language: str, name: str) -> Path | None:
    """The file of a picture; None if there is none."""
    path = GUIDE / language / "pictures" / f"{name}.png"
    known = language in languages() and NAME.fullmatch(name) and path.is_file()
    return path if known else None


def read(
    language: str, name: str, *, page_url: Callable[[str], str], picture_url: Callable[[str], str]
) -> GuidePage | None:
    """The page of that name; None if there is none.

    Links between pages and pictures lead where ``page_url`` and ``picture_url`` say.
    """
    path = GUIDE / language / f"{name}.md"
    if not (name == CONTENTS or NAME.fullmatch(name)) or not path.is_file():
        return None
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(path.read_text(encoding="utf-8"))
    title = "".join(part.content for part in tokens[1].children or [])
    body = tokens[3:]  # after the heading that is the title
    for token in body:
        for part in token.children or []:
            _lead(part, page_url, picture_url)
    # Escaped by the parser, which reads no HTML.
    return GuidePage(title, mark_safe(parser.renderer.render(body, parser.options, {})))  # noqa: S308


def _lead(token: Token, page_url: Callable[[str], str], picture_url: Callable[[str], str]) -> None:
    if token.type == "link_open":
        target = str(token.attrGet("href"))
        if target.endswith(".md"):
            token.attrSet("href", page_url(target.removesuffix(".md")))
    elif token.type == "image":
        token.attrSet("src", picture_url(Path(str(token.attrGet("src"))).stem))
        token.attrSet("loading", "lazy")
