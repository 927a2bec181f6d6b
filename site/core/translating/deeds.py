"""What the buttons of a desk do: it is ready, send it back, publish it, ask a machine.

What stands in the fields of the desk goes along with each of them and is saved first: no button
loses words. Who comes back to such an address without sending anything, as after signing in again,
is led to the desk.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from core.models import PageTranslation
from core.scheduled import TimesForm, goes_live
from core.translating import keeping, machine, notes, publishing, states
from core.translating.access import may_publish, work_on
from core.translating.desk import keep, show
from core.translating.holding import held
from core.translating.po.reading import CONTROLS
from core.translating.saving import Saved
from core.translating.segments import segments_of


def say_ready(request: HttpRequest, page_id: int) -> HttpResponse:
    """Every text is translated, and somebody else should look."""
    page, work = work_on(request, page_id)
    if request.method != "POST":
        return _desk(page)
    with transaction.atomic():
        states.hold(work)  # what is counted is what is said to be ready
        saved = keep(request, page, work)
        reasons = [] if saved.unfit else publishing.obstacles(saved.segments)
        if not saved.unfit and not reasons:
            try:
                publishing.draft(work, request.user)
            except publishing.NotPublishable as not_yet:
                reasons = not_yet.reasons
            else:
                states.say_ready(work, request.user, page)
    if saved.unfit or reasons:
        return show(request, page, work, saved, reasons=reasons, status=saved.status)
    messages.success(request, _("It is ready: a publisher reviews and publishes it."))
    return _back(page)


def send_back(request: HttpRequest, page_id: int) -> HttpResponse:
    """A publisher asks the translator for something."""
    page, work = _to_publish(request, page_id)
    if request.method != "POST":
        return _desk(page)
    saved = keep(request, page, work)
    note = CONTROLS.sub("", request.POST.get("note", "")).strip()
    if saved.unfit or not note:
        unsaid = [] if note else [_("Say what should be done again.")]
        return show(
            request, page, work, saved, reasons=unsaid, at_fault="note", status=saved.status
        )
    with transaction.atomic():
        states.hold(work)  # nobody decides between the question and the deed
        seen = request.POST.get(notes.SEEN)
        if notes.decided_since(seen, notes.last_decision(page)):
            unread = [_("It was decided meanwhile: your note is not sent. Read it again.")]
            return show(request, page, work, saved, reasons=unread, at_fault="note", status=409)
        cancelled = states.send_back(work, request.user, note, page)
    keeping.forget(request, page.pk)
    messages.success(
        request,
        _("It is sent back, with your note; it no longer goes live at the time that was set.")
        if cancelled
        else _("It is sent back, with your note."),
    )
    return _back(page)


def publish(request: HttpRequest, page_id: int) -> HttpResponse:
    """Put it before the public: for those who may, once it was reviewed."""
    page, work = _to_publish(request, page_id)
    if request.method != "POST":
        return _desk(page)
    saved = keep(request, page, work)
    times, status = TimesForm(request.POST), saved.status
    reasons = _blocked(request, page, work, saved)
    if not reasons:
        reasons = [str(error) for errors in times.errors.values() for error in errors]
        if saved.written and not saved.unfit:
            reasons.append(_("What you changed is saved: say again that you have reviewed it."))
    elif saved.unfit:  # told at each text
        reasons = []
    if not reasons and not saved.unfit:
        try:
            publishing.publish(
                work,
                request.user,
                seen=request.POST.get("seen", ""),
                reviewed="reviewed" in request.POST,
                times=times.cleaned_data,
            )
        except publishing.NotPublishable as not_yet:
            reasons, saved = not_yet.reasons, Saved(segments_of(work.translation, page))
            if isinstance(not_yet, publishing.ChangedMeanwhile):
                status = 409
    if reasons or saved.unfit:
        where = next((f"id_{name}" for name in times.fields if name in times.errors), "reviewed")
        return show(
            request, page, work, saved, reasons=reasons, times=times, at_fault=where, status=status
        )
    keeping.forget(request, page.pk)
    waiting = Page.objects.get(pk=page.pk).scheduled_revision
    messages.success(
        request,
        goes_live(waiting.approved_go_live_at) if waiting else _("The translation is published."),
    )
    return _back(page)


def propose(request: HttpRequest, page_id: int) -> HttpResponse:
    """Have the worker ask the machine translator; nobody waits for a service of others."""
    page, work = work_on(request, page_id)
    if not machine.translator_name():
        raise Http404
    if request.method != "POST":
        return _desk(page)
    saved = keep(request, page, work)
    if machine.ask(work.translation, request.user):
        messages.success(request, _("The machine translator is asked."))
    else:
        messages.warning(request, _("It was asked already, or does not know these languages."))
    if saved.unfit:
        return show(request, page, work, saved, status=saved.status)
    return _back(page)


def _to_publish(request: HttpRequest, page_id: int) -> tuple[Page, PageTranslation]:
    page, work = work_on(request, page_id)
    if not may_publish(request.user, page):
        raise PermissionDenied
    return page, work


def _blocked(request: HttpRequest, page: Page, work: PageTranslation, saved: Saved) -> list[str]:
    """Why the desk has no fields to publish with."""
    original = work.translation.source.get_source_instance()
    return publishing.obstacles(saved.segments) or held(page, original, request.user)


def _desk(page: Page) -> Any:
    """Nothing was sent, so nothing is saved: the browser keeps its own copy of the words."""
    return redirect("translating:desk", page.pk)


def _back(page: Page) -> Any:
    return redirect(f"{reverse('translating:desk', args=[page.pk])}?saved")
