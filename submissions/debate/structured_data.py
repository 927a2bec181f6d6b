"""An idea in schema.org's words: what its page says, for search engines and archives."""

from typing import Any

from django.utils.safestring import SafeString

from core.structured_data import json_ld
from submissions.debate.cards import Card, other_translations
from submissions.models import Idea, IdeaText, SpeaksFor


def idea_for_machines(card: Card, url: str, *, about: dict[str, str], results: bool) -> SafeString:
    """The idea of ``card`` as its page at ``url`` shows it.

    ``about`` names the theme's page and its address, where there is one; ``results``: whether
    readers see how the votes stand.
    """
    idea = card.idea
    said: dict[str, Any] = {
        "@type": "Comment",
        "@id": f"{url}#idea",
        "url": url,
        "identifier": str(idea.pk),
        **_words(card.text),
    }
    if idea.published_at:
        said["datePublished"] = idea.published_at.isoformat(timespec="seconds")
    if idea.speaks_for == SpeaksFor.ORGANISATION and idea.organisation:
        said["author"] = {"@type": "Organization", "name": idea.organisation}
    if about:
        said["isPartOf"] = {"@type": "WebPage", **about}
    if card.original:
        said["translationOfWork"] = {"@type": "Comment", **_words(card.original)}
    else:
        others = [_words(text) for text in other_translations(card)]
        if others:
            said["workTranslation"] = [{"@type": "Comment", **words} for words in others]
    if results:
        said["interactionStatistic"] = _votes(idea)
    return json_ld(said)


def _words(text: IdeaText) -> dict[str, str]:
    return {"text": text.text, "inLanguage": text.language}


def _votes(idea: Idea) -> list[dict[str, Any]]:
    """The votes that count: all of them, then those that take a side."""
    tally = getattr(idea, "tally", None)
    counts = (
        ("VoteAction", tally.counted if tally else 0),
        ("AgreeAction", tally.agree if tally else 0),
        ("DisagreeAction", tally.disagree if tally else 0),
    )
    return [
        {
            "@type": "InteractionCounter",
            "interactionType": f"https://schema.org/{action}",
            "userInteractionCount": count,
        }
        for action, count in counts
    ]
