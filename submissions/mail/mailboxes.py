"""Which mailbox an address is, and what it looks like: one person has one (case 15).

- Upper and lower case are one, in the name too, as at every provider that people use.
- What follows a ``+`` in the name is a tag of its owner's: it is left out.
- A domain is compared in IDNA (UTS 46), after Unicode's compatibility forms.
- **Dots in the name stay.** Some providers ignore them and most do not: taking them out would hand
  one person's participation to another. Addresses that differ by dots alone look alike.
"""

import unicodedata
from functools import cache

import idna
import regex

LONGEST = 254  # characters of an address that mail can go to
LABEL = regex.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
# Letters that are drawn as Latin ones, beside those that only bear an accent: Cyrillic, Greek,
# Armenian, and Latin ones of other alphabets.
TWINS = str.maketrans(
    dict(zip("аеорсухѕіјһԁԛԝкмтьгпӏ", "aeopcyxsijhdqwkmtbrnl", strict=True))
    | dict(zip("ανορυικχτγωϲη", "avopuikxtywcn", strict=True))
    | dict(zip("օսոհցզյ", "ounhgqj", strict=True))
    | dict(zip("ıɑɡłøđħ", "iaglodh", strict=True))
)


class NoMailbox(ValueError):
    """What was said names no mailbox that mail can go to."""


def _parts(email: str) -> tuple[str, str]:
    """Name and domain, the latter in ASCII. Raises ``NoMailbox``."""
    said = unicodedata.normalize("NFKC", email).strip()
    name, at, domain = said.rpartition("@")
    in_ascii = domain.rstrip(".").lower()
    if not in_ascii.isascii():
        try:
            in_ascii = idna.encode(in_ascii, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError) as refused:
            raise NoMailbox(refused) from refused
    if not all(LABEL.fullmatch(label) for label in in_ascii.split(".")):
        raise NoMailbox
    if not name or len(name) + len(at) + len(in_ascii) > LONGEST:
        raise NoMailbox
    return name, in_ascii


def deliverable(email: str) -> str:
    """``email`` as a mail server is told it: its domain in ASCII. Raises ``NoMailbox``."""
    return "@".join(_parts(email))


def mailbox_of(email: str) -> str:
    """The mailbox that ``email`` is, however it was written. Raises ``NoMailbox``."""
    name, domain = _parts(email)
    return f"{name.partition('+')[0] or name}@{domain}".lower()


def likeness_of(mailbox: str) -> str:
    """What ``mailbox`` looks like: two that share it can be taken for one another."""
    name, _at, domain = mailbox.rpartition("@")
    try:
        shown = idna.decode(domain)
    except (idna.IDNAError, UnicodeError):
        shown = domain
    return f"{_drawn(name.replace('.', '') or name)}@{_drawn(shown)}"


def _drawn(said: str) -> str:
    """As a hurried reader sees it: without accents, in Latin letters where they look so."""
    return "".join(_letter(one) for one in unicodedata.normalize("NFKC", said).casefold())


@cache
def _letter(one: str) -> str:
    bare = "".join(
        part for part in unicodedata.normalize("NFD", one) if not unicodedata.combining(part)
    )
    return bare.translate(TWINS)
