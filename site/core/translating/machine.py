"""The machine translator: it may propose words for pages, a person reads them. None by default.

wagtail-localize's class, as the settings choose it. It is asked by the worker, for texts that have
no words yet; what it says is marked as a proposal, and a page that holds one can't be ready. What
goes wrong is written on the request, tried again later, and told at the desk.
"""

import logging
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import requests
from django.db import transaction
from django_tasks import task
from wagtail.models import Locale, Page
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.models import Translation
from wagtail_localize.strings import StringValue

from core.models import MachineTrouble, PageTranslation, ProposalRequest
from core.translating.po.reading import CONTROLS
from core.translating.saving import fault_in, store
from core.translating.segments import Segment, segments_of, shown
from core.translating.states import target_of, words_written

logger = logging.getLogger(__name__)

TEXTS_AT_ONCE = 20  # what a service answers in the time that it is given
LONGEST = 20_000  # code points of one answer


class UnusableError(ValueError):
    """The service answered something that is no text of a page."""


def translator_name() -> str:
    """Who gets to read what is sent, as the admin says it; empty: no machine translator is set."""
    translator = get_machine_translator()
    if translator is None:
        return ""
    host = urlsplit(translator.options.get("LIBRETRANSLATE_URL", "")).netloc
    return f"{translator.display_name} ({host})" if host else str(translator.display_name)


def can_translate(source: Locale, target: Locale) -> bool:
    """Whether a machine translator is set, and knows both languages."""
    translator = get_machine_translator()
    return translator is not None and bool(translator.can_translate(source, target))


def trouble_of(error: Exception) -> MachineTrouble:
    """What went wrong with a service of others."""
    match error:
        case requests.HTTPError():
            return MachineTrouble.REFUSED
        case ValueError() | KeyError() | TypeError() | AttributeError():  # no JSON, or not the one
            return MachineTrouble.UNUSABLE
        case _:
            return MachineTrouble.UNREACHABLE


@transaction.atomic
def ask(translation: Translation, user: Any) -> bool:
    """Ask for what the page still lacks; whether it was asked for.

    What was asked for and is under way is not asked for twice; what failed is tried anew.
    """
    if not can_translate(translation.source.locale, translation.target_locale):
        return False
    request, created = ProposalRequest.objects.select_for_update(no_key=True).get_or_create(
        translation=translation, defaults={"by": user}
    )
    if not created:
        if request.under_way:
            return False
        request.by = user
        request.ask_anew()
    propose.enqueue(request.pk)
    return True


@task(backend="durable", priority=-10)  # mail comes first
def propose(request_id: int) -> None:
    """Ask the machine translator once. What goes wrong is tried again later, then given up.

    Nothing is locked meanwhile: translators don't wait for a machine.
    """
    found = ProposalRequest.objects.select_related(
        "translation__source__locale", "translation__target_locale", "by"
    )
    request = found.filter(pk=request_id, failed_at=None).first()
    if request is None:
        return
    translation = request.translation
    try:
        page = translation.get_target_instance() if translation.enabled else None
    except Page.DoesNotExist:
        page = None
    translator = get_machine_translator()
    if translator is None or page is None:
        request.delete()
        return
    work, _made = PageTranslation.objects.get_or_create(translation=translation)
    try:
        empty = list(empty_texts(translation, page))
        for start in range(0, len(empty), TEXTS_AT_ONCE):
            some = empty[start : start + TEXTS_AT_ONCE]
            _keep(work, request.by, _proposals(translator, translation, some))
    except Exception as error:  # noqa: BLE001 (whatever a service of others does)
        _try_again(request, trouble_of(error))
        return
    request.delete()


def empty_texts(translation: Translation, page: Page) -> Iterator[Segment]:
    """The texts that nobody has written yet; an address is made from its title at the desk."""
    seen = set()
    for segment in segments_of(translation, page.specific):
        if segment.stored or segment.address or segment.is_slug:
            continue
        place = (segment.row.string_id, segment.row.context_id)
        if place not in seen:  # the same words twice in one text: translated once
            seen.add(place)
            yield segment


def _proposals(translator: Any, translation: Translation, some: list[Segment]) -> dict[str, str]:
    """What the machine makes of each of these texts, by the name of its segment."""
    said = {one.name: StringValue(one.row.string.data) for one in some}
    source, target = translation.source.locale, translation.target_locale
    meant = translator.translate(source, target, list(dict.fromkeys(said.values())))
    proposals = {}
    for name, value in said.items():
        answer = meant[value].data
        if not isinstance(answer, str) or len(answer) > LONGEST or CONTROLS.search(answer):
            raise UnusableError
        if answer.strip():  # else it has none
            proposals[name] = answer.strip()
    return proposals


@transaction.atomic
def _keep(work: PageTranslation, user: Any, proposals: dict[str, str]) -> None:
    """Store what still has no words: nobody is written over. What would break the page is told."""
    translation = Translation.objects.select_for_update().get(pk=work.translation_id)
    page = target_of(work)
    kept = 0
    for segment in empty_texts(translation, page):
        if segment.name not in proposals:
            continue
        segment.words = shown(proposals[segment.name], rich=segment.rich)
        segment.error = fault_in(segment, page)
        store(segment, page, user, machine=translator_name())
        kept += 1
    if kept:
        words_written(work, user, page)


def _try_again(request: ProposalRequest, trouble: MachineTrouble) -> None:
    """Later, by a task of its own; or never, which the desk says."""
    with transaction.atomic():
        later = request.count_failure(trouble)
        if later is not None:
            propose.using(run_after=later).enqueue(request.pk)
    # Neither the words nor the address: what a service answers may hold both.
    logger.warning("The machine translator gave nothing for page translation %s", request)
