"""Published contributions, one in ten of a campaign: for the bench of the library."""

import json
import random
import uuid
from typing import Any

from core.clock import database_now
from submissions.contributions.publishing.services import searched
from submissions.contributions.versions import sha256_of
from submissions.models import (
    Campaign,
    CampaignMember,
    Consultation,
    Contribution,
    ContributionVersion,
    Membership,
    Publication,
    PublicationState,
    Questionnaire,
)
from tools.bench.inside.dossiers import AT_ONCE, PARAGRAPHS, WORDS, WORDS_OF_ONE

TYPES = ("independent", "academic", "company", "other")
COUNTRIES = ("FR", "BE", "CA", "SN", "DE")
ONE_CAMPAIGN = 10  # contributions in each


def main(wanted: int, words: int) -> None:
    """Have ``wanted`` of them, of ``words`` words each."""
    chance = random.Random(2025)  # noqa: S311 (no secret)
    consultation = Consultation.objects.order_by("pk")[0]
    themes = list(Questionnaire.objects.filter(consultation=consultation, retired_at=None))
    paragraphs = [
        " ".join(chance.choices(WORDS, k=WORDS_OF_ONE)) + "." for _number in range(PARAGRAPHS)
    ]
    for begun in range(0, wanted, AT_ONCE):
        made = Contribution.objects.bulk_create(
            Contribution(
                consultation=consultation,
                language=chance.choice(["en", "fr"]),
                respondent_type=chance.choice(TYPES),
                name="Camille Noël",
                country=chance.choice(COUNTRIES),
            )
            for _number in range(min(AT_ONCE, wanted - begun))
        )
        text = words // WORDS_OF_ONE
        _publish(
            {one: _content(one, chance, themes, chance.choices(paragraphs, k=text)) for one in made}
        )
        _gather(consultation, made[::ONE_CAMPAIGN])
    print(json.dumps(Publication.objects.live().count()))


def _content(
    one: Contribution, chance: random.Random, themes: list[Questionnaire], said: list[str]
) -> dict[str, Any]:
    """As ``publishing.content`` makes it, of a long text to each of two themes."""
    answered = sorted(chance.sample([theme.pk for theme in themes], k=2))
    half = len(said) // 2
    texts = ("\n\n".join(said[:half]), "\n\n".join(said[half:]))
    return {
        "reference": one.reference,
        "number": 1,
        "language": one.language,
        "sent_on": "2026-01-15",
        "identity": {"name": one.name},
        "type": one.respondent_type,
        "country": one.country,
        "parts": [
            {"questionnaire": theme, "answers": [_answer(one.language, text)]}
            for theme, text in zip(answered, texts, strict=True)
        ],
        "files": [],
    }


def _answer(language: str, text: str) -> dict[str, Any]:
    asked = {"question": 0, "kind": "long_text", "version": 1, "asked": "What do you propose?"}
    return asked | {"language": language, "text": text}


def _publish(contents: dict[Contribution, dict[str, Any]]) -> None:
    """Rows as publishing leaves them, the words to search in included."""
    versions = ContributionVersion.objects.bulk_create(
        ContributionVersion(
            contribution=one, number=1, form_key=uuid.uuid4(), language=one.language, sha256="0"
        )
        for one in contents
    )
    published = Publication.objects.bulk_create(
        Publication(
            contribution=version.contribution,
            version=version,
            number=1,
            state=PublicationState.LIVE,
            content=content,
            sha256=sha256_of(content),
            language=content["language"],
            respondent_type=content["type"],
            country=content["country"],
            questionnaires=[part["questionnaire"] for part in content["parts"]],
            published_at=database_now(),
        )
        for version, content in zip(versions, contents.values(), strict=True)
    )
    for one in published:
        Publication.objects.filter(pk=one.pk).update(words=searched(one.content))


def _gather(consultation: Consultation, alike: list[Contribution]) -> None:
    """Campaigns that staff confirmed, of ``ONE_CAMPAIGN`` each."""
    for begun in range(0, len(alike), ONE_CAMPAIGN):
        campaign = Campaign.objects.create(consultation=consultation, confirmed_at=database_now())
        CampaignMember.objects.bulk_create(
            CampaignMember(
                campaign=campaign, contribution=one, likeness=1, judgement=Membership.OF_IT
            )
            for one in alike[begun : begun + ONE_CAMPAIGN]
        )
