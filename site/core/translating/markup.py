"""Marks in the words of translators, such as ``<b>``: whether they open and close rightly."""

import re
from html.parser import HTMLParser

WITHOUT_END = {"br"}
SIGN = re.compile(r"<(?![A-Za-z/!?])")


class _Marks(HTMLParser):
    """Counts what is a mark, and sees to it that each ends where it must."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.count = 0
        self.open: list[str] = []
        self.wrong = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One more that is open, but for a line break."""
        self.count += 1
        if tag not in WITHOUT_END:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """``<br/>`` is complete; ``<b/>`` is none."""
        self.count += 1
        self.wrong = self.wrong or tag not in WITHOUT_END

    def handle_endtag(self, tag: str) -> None:
        """It ends the one that was opened last."""
        self.count += 1
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.wrong = True


def is_whole(words: str) -> bool:
    """Whether every ``<`` begins a mark, and every mark that opens is closed in its turn."""
    marks = _Marks()
    marks.feed(words)
    marks.close()
    return not marks.open and not marks.wrong and marks.count == words.count("<")


def signs_escaped(words: str) -> str:
    """``words`` as typed, in which a ``<`` that can begin no mark, as in “< 5 %”, is a sign."""
    return SIGN.sub("&lt;", words)
