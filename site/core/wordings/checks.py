"""What a wording must keep of its message, or a page would break. Sentences for administrators."""

import re
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from core.wordings.catalogue import Message, plural_examples

LONGEST = 5000  # characters of one form
PLACEHOLDER = re.compile(r"%\((\w+)\)[#0 +-]*\d*(?:\.\d+)?[diouxXeEfFgGcrsa]|\{\w*\}")
TAG = re.compile(r"</?[A-Za-z][^<>]*>")
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\u2028\u2029\ud800-\udfff]")


def faults(message: Message, words: list[str], language: str) -> Iterator[str]:
    """Why ``words`` can't stand for ``message``; nothing if they can."""
    examples = plural_examples(language) if message.plural else [[]]
    if len(words) != len(examples):
        yield _("The language has %(count)d forms here.") % {"count": len(examples)}
        return
    for form, said in enumerate(words):
        if not said.strip():
            yield _("A form has no words.")
        else:
            # One thing alone may go without its number: “an idea”.
            few = bool(message.plural) and len(examples[form]) <= len("01")
            yield from _faults_of(message, said, may_leave_out=few)


def _faults_of(message: Message, said: str, *, may_leave_out: bool) -> Iterator[str]:
    sources = [message.message, *([message.plural] if message.plural else [])]
    known = {found[0] for source in sources for found in PLACEHOLDER.finditer(source)}
    held = {found[0] for found in PLACEHOLDER.finditer(said)}
    for unknown in sorted(held - known):
        yield _("%(what)s is not known here: nothing would stand in its place.") % {"what": unknown}
    for missing in sorted(known - held):
        if not may_leave_out:
            yield _("%(what)s is missing: the site puts its own words there.") % {"what": missing}
    rest, rest_of_sources = PLACEHOLDER.sub("", said), PLACEHOLDER.sub("", " ".join(sources))
    if "%" in rest.replace("%%", "") or ("%%" in rest and "%" not in rest_of_sources):
        yield _("A percent sign can’t stand here; write it in letters.")
    if not {"{", "}"}.isdisjoint(rest) and {"{", "}"}.isdisjoint(rest_of_sources):
        yield _("Braces can’t stand here.")
    tags = Counter(TAG.findall(said))
    if all(tags != Counter(TAG.findall(source)) for source in sources):
        yield _("The tags must be those of the source, neither more nor fewer.")
    elif not _is_nested(said):
        yield _("A tag is closed before it is opened, or not in its order.")
    plain, plain_source = TAG.sub("", said), TAG.sub("", " ".join(sources))
    for sign in '<>"':
        if sign in plain and sign not in plain_source:
            yield _("The sign %(sign)s can’t stand here.") % {"sign": sign}
    if CONTROL.search(said) or ("\n" in said and "\n" not in message.message):
        yield _("There is a line break or a sign that nobody sees.")
    if len(said) > LONGEST:
        yield _("It is too long: %(most)d characters are the most.") % {"most": LONGEST}


def _is_nested(said: str) -> bool:
    opened: list[str] = []
    for tag in TAG.findall(said):
        name = re.sub(r"[</>]", " ", tag).split()[0].lower()
        if tag.startswith("</"):
            if not opened or opened.pop() != name:
                return False
        elif name not in {"br", "img", "wbr", "hr"} and not tag.endswith("/>"):
            opened.append(name)
    return not opened
