"""What home/demo/*.toml says: words in both languages, and the blocks they stand in."""

import tomllib
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from home.bilingual import Entry

FOLDER = Path(__file__).resolve().parents[1] / "demo"


def load(*path: str) -> Entry:
    """One file of the demonstration."""
    return tomllib.loads(FOLDER.joinpath(*path).read_text(encoding="utf-8"))


def load_all(folder: str) -> list[Entry]:
    """Every file of a folder, in the order of their names."""
    return [load(folder, path.name) for path in sorted((FOLDER / folder).glob("*.toml"))]


def identity(*path: object) -> UUID:
    """A stable id for a page, a block or a list item: loading twice makes nothing twice."""
    return uuid5(NAMESPACE_URL, "/".join(["polyphony:demonstration", *map(str, path)]))
