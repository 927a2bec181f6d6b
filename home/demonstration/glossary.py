"""The demonstration's glossary: words that its translators agree on."""

from core.models import Term, TermWording
from home.demonstration.content import load


def make_terms() -> int:
    """Make those whose words are in no term yet; how many there were to make."""
    made = 0
    for entry in load("glossary.toml")["terms"]:
        words = {language: entry[language] for language in ("en", "fr")}
        if any(
            TermWording.objects.filter(language=language, words__iexact=said).exists()
            for language, said in words.items()
        ):
            continue
        term = Term(note=entry.get("note", ""))
        term.wordings = [TermWording(language=code, words=said) for code, said in words.items()]
        term.save()
        made += 1
    return made
