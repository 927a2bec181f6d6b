"""The messages of the interface, from the catalogues that the release brings."""

import gettext
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation import to_locale, trans_real

Key = tuple[str, str]  # context, message
# Parts of addresses are read once by each process. Ideas open with words that the database knows.
FIXED_CONTEXTS = {"url", "opening of an idea"}


@dataclass(frozen=True)
class Message:
    """One message: its source, and what the catalogue of one language makes of it."""

    context: str
    message: str
    plural: str  # empty: it counts nothing
    words: tuple[str, ...]  # empty strings where the catalogue has none

    @property
    def key(self) -> Key:
        """What it is known by, in every language."""
        return self.context, self.message


def messages_in(language: str) -> dict[Key, Message]:
    """Every message that may be mended, with what the release says in ``language``."""
    files = sorted(
        path
        for folder in settings.LOCALE_PATHS
        for path in Path(folder).glob("*/LC_MESSAGES/django.po")
    )
    return _read(language, tuple((path, path.stat().st_mtime) for path in files))


@lru_cache(maxsize=8)
def _read(language: str, files: tuple[tuple[Path, float], ...]) -> dict[Key, Message]:
    count = len(plural_examples(language))
    found: dict[Key, Message] = {}
    for path, _changed in files:
        own = path.parent.parent.name == to_locale(language)
        for entry in polib.pofile(str(path)):
            context = entry.msgctxt or ""
            if entry.obsolete or context in FIXED_CONTEXTS:
                continue
            key = (context, entry.msgid)
            if own or key not in found:
                words = _words(entry, language, count, own=own)
                found[key] = Message(context, entry.msgid, entry.msgid_plural or "", words)
    return found


def _words(entry: polib.POEntry, language: str, count: int, *, own: bool) -> tuple[str, ...]:
    if own:
        if entry.msgid_plural:
            return tuple(entry.msgstr_plural.get(form, "") for form in range(count))
        return (entry.msgstr,)
    source = language.split("-", maxsplit=1)[0] == "en"  # English is what the code says
    if entry.msgid_plural:
        said = [entry.msgid, *[entry.msgid_plural] * (count - 1)]
        return tuple(said if source else [""] * count)
    return (entry.msgid if source else "",)


def plural_rule(language: str) -> Callable[[int], int]:
    """Which of the forms of ``language`` a number takes, as Django's own catalogue counts."""
    rule: Callable[[int], int] = trans_real.translation(language).plural
    folder = next((Path(one) for one in settings.LOCALE_PATHS), None)
    if folder is not None:
        own = gettext.find("django", str(folder), [to_locale(language)])
        if own:
            with Path(own).open("rb") as file:
                rule = gettext.GNUTranslations(file).plural  # type: ignore[attr-defined]
    return rule


def plural_examples(language: str) -> list[list[int]]:
    """For each form of ``language``, numbers that take it."""
    rule = plural_rule(language)
    examples: dict[int, list[int]] = {}
    for number in [*range(101), 1_000_000]:
        examples.setdefault(rule(number), []).append(number)
    return [examples.get(form, []) for form in range(max(examples) + 1)]
