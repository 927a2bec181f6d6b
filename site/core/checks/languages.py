"""Whether words are plainly in another language of the site than their page."""

from collections.abc import Iterator

import regex

# Short words that every text of some length holds, and that the other languages don't have.
_LISTED = {
    "en": "the of and to is that it was for are with as his they be at this have from had by "
    "but what all were we when your can said there which their if will how our who should would "
    "has been its must could than into these those because about do does not you",
    "fr": "le la les des et est que qui dans une pour pas sur au aux avec ce cette ces par plus "
    "nous vous il elle ils elles leur leurs mais où sont ont être avoir du en sa ses il faut faire "
    "comme aussi tout tous l qu c j n ne se son notre votre doit peut être cela entre",
}
FUNCTION_WORDS = {language: frozenset(words.split()) for language, words in _LISTED.items()}
_WORDS = regex.compile(r"\p{L}+")
# What somebody is quoted with, then what stands between two stops.
_QUOTED = regex.compile(r"[«“\"]\s*([^«»“”\"]+?)\s*[»”\"]")
_SENTENCE = regex.compile(r"[^.!?…]+[.!?…]*")
FEWEST_WORDS = 6  # fewer say too little: a title, a name
FEWEST_SIGNS = 3
TIMES = 4  # as many signs of the other language as of the one that is expected


def seems_to_be(words: str, expected: str) -> str | None:
    """The language that ``words`` seem to be in, if it is not ``expected``; else None.

    Plain cases alone: at least three function words of it, and next to none of ``expected``.
    """
    said = [word.lower() for word in _WORDS.findall(words)]
    if len(said) < FEWEST_WORDS or expected not in FUNCTION_WORDS:
        return None
    signs = {
        language: sum(word in known for word in said) for language, known in FUNCTION_WORDS.items()
    }
    likeliest = max(signs, key=lambda language: signs[language])
    plain = signs[likeliest] >= FEWEST_SIGNS and signs[likeliest] > TIMES * signs[expected]
    return likeliest if plain and likeliest != expected else None


def foreign_part(paragraph: str, expected: str) -> tuple[str, str] | None:
    """The first part of ``paragraph`` that is not in ``expected``, with its language.

    All of it, else a sentence, else what is quoted within one.
    """
    for part in (paragraph, *_parts(paragraph)):
        language = seems_to_be(part, expected)
        if language:
            return part.strip(), language
    return None


def _parts(paragraph: str) -> Iterator[str]:
    yield from _QUOTED.findall(paragraph)
    yield from _SENTENCE.findall(paragraph)
