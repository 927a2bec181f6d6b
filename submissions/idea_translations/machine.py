"""The machine translator: it may propose, a person approves. None is set by default.

wagtail-localize's class, as the settings choose it, for pages and ideas alike. Only the words of
published ideas are sent to it, by the worker, and what goes wrong is written on the request.
"""

import logging
from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.db import transaction
from django.dispatch import receiver
from django_tasks import task
from wagtail.models import Locale
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.strings import StringValue

from core.clock import database_now
from core.graphemes import clean
from submissions.idea_translations import services
from submissions.idea_translations.forms import CODE_POINTS_PER_CHARACTER
from submissions.models import Idea, IdeaStatus, MachineRequest, MachineTrouble
from submissions.signals import idea_published

logger = logging.getLogger(__name__)

WAITS = (1, 10)  # minutes after each attempt that failed; then it is given up
STALE = timedelta(hours=1)  # a request that is older was lost on its way


def translator_name() -> str:
    """Who gets to read what is sent, as the admin says it; empty: no machine translator is set."""
    translator = get_machine_translator()
    if translator is None:
        return ""
    host = urlsplit(translator.options.get("LIBRETRANSLATE_URL", "")).netloc
    return f"{translator.display_name} ({host})" if host else str(translator.display_name)


@transaction.atomic
def ask(ideas: Iterable[Idea], language: str) -> int:
    """Ask for a proposal for each of ``ideas`` that has room for one; how many were asked for.

    What was asked for and is under way is not asked for twice; what failed is tried anew.
    """
    asked = 0
    for idea in ideas:
        text = next((text for text in idea.texts.all() if text.language == language), None)
        if services.replaceable(text) and _is_to_be_asked(idea, language):
            asked += 1
    return asked


def _is_to_be_asked(idea: Idea, language: str) -> bool:
    requests_ = MachineRequest.objects.select_for_update(no_key=True)
    now = database_now()
    request, created = requests_.get_or_create(idea=idea, language=language)
    if not created:
        if request.failed_at is None and request.asked_at > now - STALE:
            return False
        request.attempts, request.trouble, request.failed_at = 0, "", None
        request.asked_at = now
        request.save()
    propose.enqueue(request.pk)
    return True


@task(backend="durable", priority=-10)  # mail comes first
def propose(request_id: int) -> None:
    """Ask the machine translator once. What goes wrong is tried again later, then given up.

    No row is held meanwhile: moderators and translators don't wait for a machine.
    """
    found = MachineRequest.objects.select_related("idea__debate").filter(pk=request_id)
    request = found.prefetch_related("idea__texts").first()
    if request is None or request.failed_at is not None:
        return
    idea, source = request.idea, request.idea.original
    text = next((text for text in idea.texts.all() if text.language == request.language), None)
    translator = get_machine_translator()
    wanted = idea.status == IdeaStatus.PUBLISHED and services.replaceable(text)
    if translator is None or source is None or not wanted:
        request.delete()
        return
    try:
        words = _translated(translator, idea, source.text, request.language)
    except Exception as error:  # noqa: BLE001 (whatever a service of others does)
        _try_again(request, _trouble_of(error))
        return
    services.propose(idea, request.language, words, made_from=source.text)
    request.delete()


def _translated(translator: Any, idea: Idea, words: str, language: str) -> str:
    """What the machine makes of ``words``, fit to be stored."""
    said = StringValue.from_plaintext(words)
    source, target = Locale(language_code=idea.language), Locale(language_code=language)
    meant: StringValue = translator.translate(source, target, [said])[said]
    most = CODE_POINTS_PER_CHARACTER * services.limit_of(idea)
    return clean(meant.render_text(), one_line=True, code_points=most)


def _trouble_of(error: Exception) -> MachineTrouble:
    match error:
        case requests.HTTPError():
            return MachineTrouble.REFUSED
        case ValueError() | KeyError() | TypeError() | AttributeError():  # no JSON, or not the one
            return MachineTrouble.UNUSABLE
        case _:
            return MachineTrouble.UNREACHABLE


def _try_again(request: MachineRequest, trouble: MachineTrouble) -> None:
    """Later, by a task of its own; or never, which the desk says."""
    with transaction.atomic():
        request.attempts += 1
        request.trouble = trouble
        now = database_now()
        given_up = request.attempts > len(WAITS)
        if given_up:
            request.failed_at = now
        request.save()
        if not given_up:
            later = now + timedelta(minutes=WAITS[request.attempts - 1])
            propose.using(run_after=later).enqueue(request.pk)
    # Neither the words nor the address: what a service answers may hold both.
    logger.warning("The machine translator gave nothing for idea %s: %s", request, trouble.value)


@receiver(idea_published, dispatch_uid="machine_translator.idea")
def propose_when_published(idea: Idea, **_kwargs: Any) -> None:
    """Where the setting is on: a moderator published it, so its words may leave the site."""
    if not settings.MACHINE_PROPOSES_IDEAS or get_machine_translator() is None:
        return
    found = Idea.objects.select_related("debate__consultation").prefetch_related("texts")
    published = found.get(pk=idea.pk)
    for language in published.debate.consultation.languages:
        if language != published.language:
            ask([published], language)
