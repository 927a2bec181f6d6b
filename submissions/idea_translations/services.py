"""What translators do: one transaction and one line in the audit log each, without the words.

Each locks the idea first. ``seen`` is the mark of what the translator had on screen (``mark_of``):
when it is no more what stands, ``ChangedMeanwhile`` is raised, and nothing is written.
"""

from functools import partial
from hashlib import blake2b

from django.contrib.auth.models import User
from django.db import transaction
from wagtail.log_actions import log

from core.clock import database_now
from submissions.debate.lottery import pools
from submissions.models import (
    Idea,
    IdeaStatus,
    IdeaText,
    ReportOutcome,
    TextOrigin,
    TranslationReport,
)
from submissions.sharing import place_of


class NoLongerPublished(Exception):
    """The idea was withdrawn, or erased: there is nothing to translate."""


class ChangedMeanwhile(Exception):
    """What stands is no more what the translator saw."""


def limit_of(idea: Idea) -> int:
    """The longest translation, in characters as a reader counts them.

    Twice the longest idea of the debate: other languages need more words for the same.
    """
    return 2 * idea.debate.longest_idea


def mark_of(idea: Idea, text: IdeaText | None) -> str:
    """Names what stands: before the dot the author's words, then the translation and its approval.

    ``idea`` has its texts prefetched, or reads them.
    """
    source = idea.original.text if idea.original else ""
    stands = "" if text is None else f"{text.text}\0{text.origin}\0{text.approved_at}"
    return f"{_digest(source)}.{_digest(stands)}"


def _digest(words: str) -> str:
    return blake2b(words.encode(), digest_size=12).hexdigest()


@transaction.atomic
def save_draft(idea: Idea, language: str, translator: User, words: str, *, seen: str) -> IdeaText:
    """Keep ``words``, which have passed the form's rules; readers don't see them yet.

    What is approved is no draft: it is taken back first, or mended and approved again.
    """
    source, text = _lock(idea, language, seen)
    if text is not None and text.approved_at is not None:
        raise ChangedMeanwhile
    text = _with_words(text, idea, language, words)
    text.made_from = source
    text.save()
    _record(idea, "draft", translator, text)
    return text


@transaction.atomic
def approve(idea: Idea, language: str, translator: User, words: str, *, seen: str) -> IdeaText:
    """Show ``words`` to those who read ``language``, from now on.

    A machine's proposal that nothing is changed of stays the machine's, checked by a person. Open
    reports are settled: mended, or kept where nothing changed.
    """
    source, text = _lock(idea, language, seen)
    before = text.text if text is not None else ""
    text = _with_words(text, idea, language, words)
    text.made_from = source
    text.approved_by, text.approved_at = translator, database_now()
    text.save()
    outcome = ReportOutcome.MENDED if text.text != before else ReportOutcome.KEPT
    _record(idea, "approve", translator, text, reports=_settle(text, outcome, translator))
    _readers_see(idea)
    return text


@transaction.atomic
def take_back(idea: Idea, language: str, translator: User, *, seen: str) -> IdeaText:
    """Make a draft of an approved translation: readers see it no more. Reports are settled."""
    _source, text = _lock(idea, language, seen)
    if text is None or text.approved_at is None:
        raise ChangedMeanwhile
    text.approved_by = text.approved_at = None
    text.save()
    settled = _settle(text, ReportOutcome.TAKEN_BACK, translator)
    _record(idea, "take_back", translator, text, reports=settled)
    _readers_see(idea)
    return text


@transaction.atomic
def keep(idea: Idea, language: str, translator: User, *, seen: str) -> IdeaText:
    """The translation is right as it stands: after reports, or after its source was mended."""
    source, text = _lock(idea, language, seen)
    if text is None:
        raise ChangedMeanwhile
    text.made_from = source
    text.save()
    settled = _settle(text, ReportOutcome.KEPT, translator)
    _record(idea, "keep", translator, text, reports=settled)
    return text


@transaction.atomic
def propose(idea: Idea, language: str, words: str, *, made_from: str) -> bool:
    """Keep a machine's ``words`` for a person to judge; whether there was room for them.

    Never over what a person wrote or approved, nor for an idea that is not published any more.
    """
    Idea.objects.select_for_update(no_key=True).get(pk=idea.pk)
    idea.refresh_from_db(fields=["status"])
    text = IdeaText.objects.filter(idea=idea, language=language).first()
    if idea.status != IdeaStatus.PUBLISHED or not replaceable(text):
        return False
    text = text or IdeaText(idea=idea, language=language, origin=TextOrigin.MACHINE)
    text.text, text.made_from = words, made_from
    text.save()
    _record(idea, "propose", None, text)
    return True


def replaceable(text: IdeaText | None) -> bool:
    """Whether a machine may write there: nothing yet, or an earlier proposal of a machine."""
    return text is None or (text.origin == TextOrigin.MACHINE and text.approved_at is None)


def _lock(idea: Idea, language: str, seen: str) -> tuple[str, IdeaText | None]:
    """Until the transaction ends nobody else writes on ``idea``: its words, and the translation."""
    locked = Idea.objects.select_for_update(no_key=True).filter(pk=idea.pk).first()
    if locked is None or locked.status != IdeaStatus.PUBLISHED:
        raise NoLongerPublished
    texts = {text.language: text for text in locked.texts.all()}
    text = texts.get(language)
    if mark_of(locked, text) != seen:
        raise ChangedMeanwhile
    return texts[locked.language].text, text


def _with_words(text: IdeaText | None, idea: Idea, language: str, words: str) -> IdeaText:
    """Whose words they are: a machine's as long as nobody changes them."""
    if text is None:
        return IdeaText(idea=idea, language=language, text=words, origin=TextOrigin.PERSON)
    if text.text != words:
        text.text, text.origin = words, TextOrigin.PERSON
    return text


def _settle(text: IdeaText, outcome: ReportOutcome, translator: User) -> int:
    """What became of the open reports; how many there were."""
    reports = TranslationReport.objects.filter(text=text, settled_at=None)
    return reports.update(settled_at=database_now(), settled_by=translator, outcome=outcome)


def _record(
    idea: Idea, what: str, translator: User | None, text: IdeaText, *, reports: int = 0
) -> None:
    title = f"{Idea._meta.verbose_name} {idea.pk}"
    data = {"language": text.language, "origin": str(text.origin), "reports": reports}
    log(idea, f"submissions.{what}_translation", user=translator, title=title, data=data)


def _readers_see(idea: Idea) -> None:
    """With the commit: sequences draw it for who reads the language or no more, pictures go.

    Another process draws from what it read at most some seconds ago; it asks again whether an idea
    can be read before it shows it.
    """
    transaction.on_commit(partial(pools.forget, idea.debate_id))
    transaction.on_commit(partial(place_of(idea.pk).forget))
