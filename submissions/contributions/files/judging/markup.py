"""XML as it goes by: elements with their attributes, and the texts of those that are asked for."""

from collections.abc import Callable, Collection, Iterator
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesNSImpl

from defusedxml import DefusedXmlException
from defusedxml.expatreader import create_parser

from submissions.contributions.files.judging import limits
from submissions.contributions.files.judging.verdict import RefusedError

Attributes = dict[str, str]  # by their names without a namespace
Element = Callable[[str, str, Attributes], None]  # namespace, name, attributes
LONGEST_TEXT = 10_000


class Reader(ContentHandler):
    """Calls ``element`` for each, and keeps the texts of those whose names are in ``texts_of``."""

    def __init__(self, element: Element, texts_of: Collection[str] = ()) -> None:
        super().__init__()
        self.element = element
        self.texts_of = texts_of
        self.texts: dict[str, str] = {}
        self._within = ""

    def startElementNS(
        self, name: tuple[str | None, str], qname: str | None, attrs: AttributesNSImpl
    ) -> None:
        """An element begins."""
        space, local = name
        attributes = {key[1]: value for key, value in attrs.items()} if attrs.getLength() else {}
        self._within = local if local in self.texts_of else ""
        self.element(space or "", local, attributes)

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:
        """An element ends, and its text."""
        self._within = ""

    def characters(self, content: str) -> None:
        """Text of an element that is asked for, as far as anybody wants to know it."""
        if self._within:
            before = self.texts.get(self._within, "")
            self.texts[self._within] = (before + content)[-LONGEST_TEXT:]


def read(pieces: Iterator[bytes], reader: Reader) -> int:
    """Let ``reader`` see the whole; how many bytes it was. No definitions, no entities."""
    parser = create_parser(forbid_dtd=True)
    parser.setFeature("http://xml.org/sax/features/namespaces", True)
    parser.setContentHandler(reader)
    length = 0
    try:
        for piece in pieces:
            length += len(piece)
            if length > limits.MARKUP:
                raise RefusedError("too_heavy")
            parser.feed(piece)
        if length:
            parser.close()
    except DefusedXmlException:
        raise RefusedError("entities") from None
    except SAXException:
        raise RefusedError("damaged") from None
    return length
