"""Names of files, as their senders chose them: to be shown, and to be saved under. Never a path."""

import unicodedata

import regex

LONGEST = 255  # characters that are kept
LONGEST_SAVED = 150  # bytes: some systems take 255, and add to a name that is there already
UNSEEN = regex.compile(r"[\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Bidi_Control}\ufeff]+")
# What a system for files takes for something else.
SIGNS = regex.compile(r"[<>:\"/\\|?*;%']+")
RESERVED = regex.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", regex.IGNORECASE)
NAMELESS = "document"


def shown_name(sent: str | None, kind: str) -> str:
    """The last part of what the sender called it, on one line, with nothing that turns its order.

    Too long, it is cut in the middle: how it ends is told by its ending.
    """
    name = regex.split(r"[/\\]", sent or "")[-1]
    name = " ".join(UNSEEN.sub(" ", unicodedata.normalize("NFC", name)).split())
    if not name.strip(". "):
        name = f"{NAMELESS}.{kind}"
    if len(name) > LONGEST:
        name = f"{name[: LONGEST - 21]}…{name[-20:]}"
    return name


def saved_name(shown: str, kind: str) -> str:
    """A name that any system takes, and that ends as what the file is."""
    ending = f".{kind}"
    name = SIGNS.sub("_", shown)
    name = name[: -len(ending)] if name.lower().endswith(ending) else name
    name = name.strip(". ")
    if not name or RESERVED.fullmatch(name):
        name = f"{NAMELESS} {name}".strip()
    while len(name.encode()) > LONGEST_SAVED - len(ending):
        name = name[:-1]
    return name.rstrip(". ") + ending
