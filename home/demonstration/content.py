"""What home/demo/*.toml says: words in both languages, and the blocks they stand in."""

import tomllib
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

FOLDER = Path(__file__).resolve().parents[1] / "demo"
LANGUAGES = ("en", "fr")

Entry = dict[str, Any]


def load(*path: str) -> Entry:
    """One file of the demonstration."""
    return tomllib.loads(FOLDER.joinpath(*path).read_text(encoding="utf-8"))


def load_all(folder: str) -> list[Entry]:
    """Every file of a folder, in the order of their names."""
    return [load(folder, path.name) for path in sorted((FOLDER / folder).glob("*.toml"))]


def identity(*path: object) -> UUID:
    """A stable id for a page, a block or a list item: loading twice makes nothing twice."""
    return uuid5(NAMESPACE_URL, "/".join(["polyphony:demonstration", *map(str, path)]))


def is_bilingual(value: object) -> bool:
    """Whether ``value`` is a text in both languages."""
    return isinstance(value, dict) and set(value) == set(LANGUAGES)


def said_in(value: Any, language: str) -> Any:
    """``value`` with every bilingual text in it replaced by its words in ``language``."""
    if is_bilingual(value):
        return value[language]
    if isinstance(value, dict):
        return {key: said_in(part, language) for key, part in value.items()}
    if isinstance(value, list):
        return [said_in(part, language) for part in value]
    return value
