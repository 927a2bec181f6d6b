"""What to mend on a page: one sentence on what was found, one on what to do."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _
from wagtail.models import Page

from core.checks.languages import foreign_part
from core.checks.reading import Chosen, Filmed, Link, Part, Pictured, Place, Written, written_on
from core.graphemes import graphemes, words

LONGEST_SENTENCE = 45  # words: two breaths
LONGEST_PARAGRAPH = 150  # words: a screen of a phone
LONGEST_TITLE = 110  # characters: three lines of a phone
LONGEST_ALTERNATIVE = 250  # characters: what a screen reader says in one go

# Words of a link that mean nothing when links are read one after the other.
VAGUE = {
    "en": "click here|here|read more|more|learn more|link|this link|this page|see more|details",
    "fr": "cliquez ici|cliquer ici|ici|lire la suite|en savoir plus|plus|lien|ce lien|cette page|"
    "voir plus|suite|détails",
}
_VAGUE = {language: set(listed.split("|")) for language, listed in VAGUE.items()}
_ADDRESS = regex.compile(r"(?i)^(?:https?://|www\.)\S+$")
_FILE_NAME = regex.compile(
    r"(?i)(?:\.(?:jpe?g|png|gif|webp|avif|svg)$|^(?:img|dsc|image)[_\- ]?\d)"
)
_BREATH = regex.compile(r"[^.!?…;]+[.!?…;]*")  # a semicolon lets a reader rest

_SPACE_BEFORE = regex.compile(r"\p{L}[ \u00a0\u202f]+[,.](?=\s|$)")
_NO_SPACE_AFTER = regex.compile(r"\p{Ll}{2}[,;](?=\p{L}{2})")
_TWO_SPACES = regex.compile(r"\S {2,}\S")
_STRAIGHT = regex.compile(r'"')
_TYPEWRITER = regex.compile(r"\p{L}'\p{L}")
_DOTS = regex.compile(r"(?<!\.)\.{3}(?!\.)")


@dataclass(frozen=True)
class Finding:
    """One thing to mend: where, what was found, what to do. ``kind`` names the rule."""

    kind: str
    place: Place
    found: str
    advice: str

    @property
    def anchor(self) -> str:
        """Where the editor shows it; empty for a field of the page."""
        return f"#block-{self.place.block_id}-section" if self.place.block_id else ""


def findings(page: Page) -> list[Finding]:
    """What could be better on ``page`` (specific), in its order: two queries at most."""
    language = page.locale.language_code
    parts = list(written_on(page))
    found: list[Finding] = []
    for part in parts:
        if isinstance(part, Written):
            for rule in (_links, _typing, _lengths, _other_language):
                found.extend(rule(part, language))
        elif isinstance(part, Pictured):
            found.extend(_alternative(part))
        elif isinstance(part, Filmed):
            found.extend(_beside_the_video(part))
    found.extend(_other_tree(parts, page))
    order = {part.place: number for number, part in enumerate(parts)}
    return sorted(found, key=lambda one: order[one.place])


def _links(text: Written, language: str) -> Iterator[Finding]:
    said_alone = [Link(text.source, None)] if text.is_link else []
    for link in [*text.links, *said_alone]:
        said = regex.sub(r"[\p{P}\s]+$", "", link.words).lower()
        if said in _VAGUE.get(language, set()) or not said:
            yield Finding(
                "vague_link",
                text.place,
                _("The link “%(words)s” does not say where it leads.") % {"words": link.words},
                _("Say what the reader will find: “the summary of 2025”, not “here”."),
            )
        elif _ADDRESS.match(link.words):
            yield Finding(
                "address_as_link",
                text.place,
                _("The words of a link are an address: “%(words)s”.") % {"words": link.words},
                _("Write the name of the page, and make that the link."),
            )


def _typing(text: Written, language: str) -> Iterator[Finding]:
    """Slips that typesetting at output does not mend; the first of each is shown."""
    slips: list[tuple[str, regex.Pattern[str], str]] = [
        ("space", _SPACE_BEFORE, _("Take away the space before the comma or the full stop.")),
        ("space", _NO_SPACE_AFTER, _("Put a space after the comma or the semicolon.")),
        ("space", _TWO_SPACES, _("Leave one space between two words.")),
        ("dots", _DOTS, _("Type “…”, one sign, rather than three full stops.")),
    ]
    if language == "fr":
        slips += [
            ("quotes", _STRAIGHT, _("In French, quotations stand between « and ».")),
            ("apostrophe", _TYPEWRITER, _("Use the curved apostrophe: ’.")),
        ]
    for kind, pattern, advice in slips:
        for paragraph in text.paragraphs:
            slip = pattern.search(paragraph)
            if slip:
                yield Finding(kind, text.place, _excerpt(paragraph, slip.start()), advice)
                break


def _excerpt(paragraph: str, at: int) -> str:
    start, end = max(0, at - 20), at + 25
    cut = paragraph[start:end].strip()
    return _("Typing: “%(words)s”") % {
        "words": ("…" if start else "") + cut + ("…" if end < len(paragraph) else "")
    }


def _lengths(text: Written, language: str) -> Iterator[Finding]:
    if text.is_title and graphemes(text.source) > LONGEST_TITLE:
        yield Finding(
            "long_title",
            text.place,
            ngettext(
                "The title has %(count)d character.",
                "The title has %(count)d characters.",
                graphemes(text.source),
            )
            % {"count": graphemes(text.source)},
            _("Say it shorter; what is left goes into the first sentence."),
        )
    for paragraph in text.paragraphs:
        count = words(paragraph)
        if count > LONGEST_PARAGRAPH:
            yield Finding(
                "long_paragraph",
                text.place,
                ngettext(
                    "A paragraph has %(count)d word: “%(start)s…”",
                    "A paragraph has %(count)d words: “%(start)s…”",
                    count,
                )
                % {"count": count, "start": _start(paragraph)},
                _("Cut it in two, or make a list of it: few people read a full screen of words."),
            )
        for sentence in _BREATH.findall(paragraph):
            length = words(sentence)
            if length > LONGEST_SENTENCE:
                yield Finding(
                    "long_sentence",
                    text.place,
                    ngettext(
                        "A sentence has %(count)d word: “%(start)s…”",
                        "A sentence has %(count)d words: “%(start)s…”",
                        length,
                    )
                    % {"count": length, "start": _start(sentence)},
                    _("Make two sentences of it."),
                )


def _start(text: str) -> str:
    return " ".join(text.split()[:6])


def _other_language(text: Written, language: str) -> Iterator[Finding]:
    for paragraph in text.paragraphs:
        foreign = foreign_part(paragraph, text.language or language)
        if foreign:
            words_there, other = foreign
            yield Finding(
                "other_language",
                text.place,
                _("This seems to be written in %(language)s: “%(start)s…”")
                % {
                    "language": get_language_info(other)["name_translated"],
                    "start": _start(words_there),
                },
                _("Translate it, or quote it in a block “Statement”, which says its language."),
            )


def _alternative(picture: Pictured) -> Iterator[Finding]:
    said = picture.alternative.strip()
    if not said:
        found, advice = (
            _("A picture has no text alternative."),
            _("Say what it shows to somebody who can’t see it, or mark it as decorative."),
        )
    elif _FILE_NAME.search(said):
        found, advice = (
            _("The text alternative “%(words)s” is the name of a file.") % {"words": said},
            _("Say what the picture shows."),
        )
    elif graphemes(said) > LONGEST_ALTERNATIVE:
        found, advice = (
            _("The text alternative of a picture is very long."),
            _("Say it in a sentence or two, and put the rest into the text."),
        )
    else:
        return
    yield Finding("alternative", picture.place, found, advice)


def _beside_the_video(video: Filmed) -> Iterator[Finding]:
    if video.plays_here and not video.captions:
        yield Finding(
            "captions",
            video.place,
            _("A video has no captions."),
            _("Add a WebVTT file, so that it can be followed without sound."),
        )
    if not video.transcript:
        yield Finding(
            "transcript",
            video.place,
            _("A video has no transcript."),
            _("Write what is said, for who can neither see nor hear it, and for searches."),
        )


def _other_tree(parts: Iterable[Part], page: Page) -> Iterator[Finding]:
    """Links to pages that can be read in another language only: ours lead to translations."""
    linked: list[tuple[Place, int]] = []
    for part in parts:
        if isinstance(part, Chosen):
            linked.append((part.place, part.page.pk))
        elif isinstance(part, Written):
            linked.extend((part.place, link.page_id) for link in part.links if link.page_id)
    if not linked:
        return
    translated = Page.objects.filter(locale_id=page.locale_id, alias_of=None).live()
    elsewhere = {
        other.pk: other
        for other in Page.objects.filter(pk__in={pk for _place, pk in linked})
        .exclude(locale_id=page.locale_id)
        .exclude(translation_key__in=translated.values("translation_key"))
        .select_related("locale")
    }
    for place, pk in linked:
        if pk in elsewhere:
            other = elsewhere[pk]
            yield Finding(
                "other_tree",
                place,
                _("A link leads to “%(title)s”, which can be read in %(language)s only.")
                % {
                    "title": other.title,
                    "language": get_language_info(other.locale.language_code)["name_translated"],
                },
                _("Have that page translated and published, or say in which language it is."),
            )
