"""The machine translator: it may propose, a person approves. None is set by default.

wagtail-localize's class, as the settings choose it, for pages and ideas alike. Only the words of
published ideas are sent to it, by the worker, and what goes wrong is written on the request.
"""

import logging
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.dispatch import receiver
from django_tasks import task
from wagtail.models import Locale
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.strings import StringValue

from core.graphemes import clean
from core.models import MachineTrouble
from core.translating.machine import trouble_of
from submissions.idea_translations import services
from submissions.idea_translations.forms import CODE_POINTS_PER_CHARACTER
from submissions.models import Idea, IdeaStatus, MachineRequest
from submissions.signals import idea_published

logger = logging.getLogger(__name__)


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
    request, created = requests_.get_or_create(idea=idea, language=language)
    if not created:
        if request.under_way:
            return False
        request.ask_anew()
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
        _try_again(request, trouble_of(error))
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


def _try_again(request: MachineRequest, trouble: MachineTrouble) -> None:
    """Later, by a task of its own; or never, which the desk says."""
    with transaction.atomic():
        later = request.count_failure(trouble)
        if later is not None:
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
