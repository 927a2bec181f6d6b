"""Synthetic ideas and votes, so that every page looks alive. All say where they come from."""

import random
from datetime import datetime, timedelta
from typing import Any

from core.clock import database_now
from home.bilingual import Entry
from home.demonstration.content import identity, load
from submissions.debate.tallies import refresh_tallies
from submissions.models import (
    Debate,
    Decision,
    DecisionKind,
    Idea,
    IdeaStatus,
    IdeaText,
    Participant,
    TextOrigin,
    TranslationReport,
    Vote,
    VoteChoice,
    VoteEvent,
    VoteEventKind,
)
from submissions.signals import ideas_imported

SOURCE = "demonstration"
PARTICIPANTS = 240
HOURS_TO_DECIDE = 60  # at most; 48 are promised
READERS_OF_FRENCH = 0.55  # share of synthetic participants who read in French
SHARE_OF_IDEAS_READ = (0.2, 0.8)  # least and most of a debate's ideas that one of them votes on


def debates() -> dict[str, Debate]:
    """The demonstration's debates by the key of their theme."""
    keys = {identity(entry["theme"]): entry["theme"] for entry in load("ideas.toml")["ideas"]}
    found = Debate.objects.filter(translation_key__in=keys).select_related("consultation")
    return {keys[debate.translation_key]: debate for debate in found}


def make_ideas() -> int:
    """Add the ideas that are missing, and return how many they were."""
    there = set(Idea.objects.filter(source=SOURCE).values_list("source_row", flat=True))
    by_theme = debates()
    chance = random.Random(2025)  # noqa: S311 (synthetic)
    now = database_now()
    ideas, texts, reports, decisions = [], [], [], []
    for entry in load("ideas.toml")["ideas"]:
        waits = entry.get("status") == IdeaStatus.AWAITING
        received = now - timedelta(minutes=chance.randint(60, (50 if waits else 20 * 24) * 60))
        decided = min(received + timedelta(hours=chance.randint(1, HOURS_TO_DECIDE)), now)
        if entry["key"] in there:
            continue
        idea = _idea(entry, by_theme[entry["theme"]], received)
        ideas.append(idea)
        said = _texts(entry, idea, approved=decided)
        texts.extend(said)
        reports.extend(_reports(entry, said))
        if idea.status == IdeaStatus.PUBLISHED:
            idea.published_at = decided
            kind, reason = DecisionKind.PUBLISH, ""
        elif idea.status == IdeaStatus.REFUSED:
            kind, reason = DecisionKind.REFUSE, entry["reason"]
        else:
            continue
        decisions.append(Decision(idea=idea, kind=kind, reason=reason, decided_at=decided))
    Idea.objects.bulk_create(ideas)
    IdeaText.objects.bulk_create(texts)
    TranslationReport.objects.bulk_create(reports)
    Decision.objects.bulk_create(decisions)
    ideas_imported.send(sender=Idea, idea_ids=[idea.pk for idea in ideas])
    return len(ideas)


def _idea(entry: Entry, debate: Debate, received: Any) -> Idea:
    return Idea(
        debate=debate,
        language=entry["language"],
        status=IdeaStatus(entry.get("status", "published")),
        created_at=received,
        source=SOURCE,
        source_row=entry["key"],
    )


def _texts(entry: Entry, idea: Idea, *, approved: datetime) -> list[IdeaText]:
    said, before = entry["text"], entry.get("as_written", "")
    texts = [IdeaText(idea=idea, language=entry["language"], text=said, as_written=before)]
    meant = entry.get("translation") or entry.get("proposal")
    if meant:
        by_machine = "proposal" in entry or entry.get("translated_by") == "machine"
        texts.append(
            IdeaText(
                idea=idea,
                language="fr" if entry["language"] == "en" else "en",
                text=meant,
                origin=TextOrigin.MACHINE if by_machine else TextOrigin.PERSON,
                approved_at=approved if "translation" in entry else None,
                made_from=before or said,
            )
        )
    return texts


def _reports(entry: Entry, texts: list[IdeaText]) -> list[TranslationReport]:
    """What a reader of the translation finds wrong with it."""
    if "report" not in entry:
        return []
    text = texts[-1]
    return [TranslationReport(text=text, comment=entry["report"], language=text.language)]


def make_votes() -> int:
    """Draw votes of synthetic participants from each idea's leaning, once; return their number."""
    if Vote.objects.filter(participant__source=SOURCE).exists():
        return 0
    chance = random.Random(11_661)  # noqa: S311 (synthetic)
    leanings = {entry["key"]: entry.get("leaning") for entry in load("ideas.toml")["ideas"]}
    by_debate: dict[int, list[Idea]] = {}
    for idea in Idea.objects.published().filter(source=SOURCE).order_by("pk"):
        by_debate.setdefault(idea.debate_id, []).append(idea)
    consultations = {debate.consultation_id: debate.consultation for debate in debates().values()}
    votes = []
    for consultation in consultations.values():
        participants = Participant.objects.bulk_create(
            Participant(
                id=identity("participant", number),
                consultation=consultation,
                source=SOURCE,
                source_key=str(number),
            )
            for number in range(PARTICIPANTS)
        )
        for participant in participants:
            reads = "fr" if chance.random() < READERS_OF_FRENCH else "en"
            ideas = by_debate[chance.choice(sorted(by_debate))]
            read = chance.sample(ideas, int(len(ideas) * chance.uniform(*SHARE_OF_IDEAS_READ)))
            votes += [
                Vote(
                    idea=idea,
                    participant=participant,
                    choice=_draw(chance, leanings[idea.source_row]),
                    read_in=reads,
                    cast_at=idea.published_at or idea.created_at,
                )
                for idea in read
            ]
    Vote.objects.bulk_create(votes)
    VoteEvent.objects.bulk_create(
        VoteEvent(
            idea_id=vote.idea_id,
            participant_id=vote.participant_id,
            kind=VoteEventKind.CAST,
            choice=vote.choice,
            read_in=vote.read_in,
            key_valid=True,
            at=vote.cast_at,
        )
        for vote in votes
    )
    refresh_tallies()
    return len(votes)


def _draw(chance: random.Random, leaning: Entry | None) -> str:
    weights = leaning or dict.fromkeys(VoteChoice.values, 1)
    return chance.choices(VoteChoice.values, [weights[c] for c in VoteChoice.values])[0]
