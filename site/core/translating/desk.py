"""The desk of a translated page: the original beside the fields, and what can be done next."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View
from wagtail.admin import messages
from wagtail.models import Page

from core.models import PageTranslation, TranslationState
from core.scheduled import TimesForm, comes_down
from core.translating import keeping, notes, parity, publishing, states
from core.translating.access import may_publish, work_on
from core.translating.choices import NUMBER, choices_of, forget_gone
from core.translating.colleagues import last_of_another
from core.translating.drawing import drawn
from core.translating.glossary import terms_in
from core.translating.holding import held, to_decide
from core.translating.links import name_links
from core.translating.machine_desk import at_the_desk
from core.translating.saving import Saved, fault_in, save
from core.translating.segments import segments_of
from core.translating.stopping import may_stop

TEMPLATE = "core/translating/desk.html"
FORM = "desk"  # the id of its form: buttons below and above it send what stands in the fields, too


class DeskView(View):
    """All texts of one page, with their fields."""

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """The desk."""
        page, work = work_on(request, page_id)
        segments = segments_of(work.translation, page)
        saved = keeping.put_back(request, page.pk, segments) or Saved(segments)
        return show(request, page, work, saved)

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """Keep the words; tell what did not fit, with the words in their fields."""
        page, work = work_on(request, page_id)
        saved = keep(request, page, work)
        if saved.unfit:
            return show(request, page, work, saved, status=saved.status)
        if saved.written:
            messages.success(
                request,
                ngettext("%(n)s text saved.", "%(n)s texts saved.", saved.written)
                % {"n": saved.written},
            )
        choice = request.POST.get("choose", "")
        if NUMBER.fullmatch(choice):
            return redirect("translating:choose", page.pk, int(choice))
        after = next((one for one in saved.segments if one.waiting), None)
        where = reverse("translating:desk", args=[page.pk])
        return redirect(f"{where}?saved#{after.name}" if after else f"{where}?saved#next-steps")


def keep(request: HttpRequest, page: Page, work: PageTranslation) -> Saved:
    """Save the texts; a note and times that go with another button wait for it."""
    saved = save(work, page, request.user, request.POST.dict())
    sent = {name: request.POST[name] for name in keeping.ASIDE if name in request.POST}
    proposed = _times_of(page, work.translation.source.get_source_instance())
    changed = {*TimesForm(sent, initial=proposed).changed_data}
    if sent.get("note", "").strip():
        changed |= {"note", notes.SEEN}
    waiting = keeping.aside(request, page.pk) | sent  # what has no field now waits on
    for name in sent.keys() - changed:
        del waiting[name]
    keeping.set_aside(request, page.pk, waiting)
    return saved


def show(
    request: HttpRequest,
    page: Page,
    work: PageTranslation,
    saved: Saved,
    *,
    reasons: list[str] | None = None,
    times: TimesForm | None = None,
    at_fault: str = "",
    status: int = 200,
) -> HttpResponse:
    """The desk with these texts. ``at_fault``: the id of the field that ``reasons`` speak of."""
    segments = saved.segments
    obstacles = publishing.obstacles(segments)
    own = [one for one in segments if not one.address]
    waiting = [one for one in own if one.waiting]
    for one in segments:
        if one.error:  # kept in the language of who wrote it: said in that of who reads it
            one.error = fault_in(one, page) or one.error
    publisher = may_publish(request.user, page)
    original = work.translation.source.get_source_instance()
    languages = work.translation.source.locale.language_code, page.locale.language_code
    for index, terms in terms_in([one.source for one in own], *languages).items():
        own[index].terms = terms
    choices = choices_of(work.translation, page)
    name_links(own, page.locale_id, choices)
    title = _("Translate “%(title)s”") % {"title": page.get_admin_display_title()}
    kept_back = held(page, original, request.user)
    if at_fault != "note" and (obstacles or kept_back):
        at_fault = ""  # the fields to publish with are not drawn
    aside = keeping.aside(request, page.pk)
    times = times or TimesForm(initial=_times_of(page, original) | aside)
    is_ready = work.state == TranslationState.READY
    takes_note = publisher and bool(is_ready or aside.get("note") or at_fault == "note")
    decision = notes.last_decision(page) if takes_note else None
    for timed in times.fields.values():
        timed.widget.attrs["form"] = FORM
    context: dict[str, Any] = {
        "page": page,
        "page_title": title,
        "header_icon": "globe",
        "header_title": page.get_admin_display_title(),
        "breadcrumbs_items": [
            {
                "url": reverse("wagtailadmin_explore", args=[page.get_parent().pk]),
                "label": _("Pages"),
            },
            {"url": "", "label": title},
        ],
        "work": work,
        "saved": saved,
        "texts": own,
        "addresses": [one for one in segments if one.address],
        "choices": choices,
        "seen": publishing.shown_as(segments, choices),
        # Whoever writes after it was ready takes it up again: until then nobody is at it.
        "another": None
        if is_ready or work.state == TranslationState.PUBLISHED
        else last_of_another([*segments, *choices], request.user, timezone.now()),
        "writer": keeping.writer(request.user, page.pk),
        "answered": request.method == "POST" or "saved" in request.GET,
        "waiting": waiting,
        "first_waiting": next(iter(waiting), None),
        "done": len(own) - len(waiting),
        "source_language": languages[0],
        "into": languages[1],
        "source_url": (original.get_url(request) or "") if original.live else "",
        "reasons": reasons or [],
        "at_fault": at_fault,
        "takes_note": takes_note,
        "note": aside.get("note", ""),
        "seen_note": notes.name_of(decision),
        "decided": notes.decided_since(aside.get(notes.SEEN), decision),
        "obstacles": obstacles,
        "may_publish": publisher,
        "overtaken": states.overtaken(work, page),
        "live_url": (page.get_url(request) or "") if page.live else "",
        "differences": parity.differences(page) if publisher and not waiting else [],
        "held": kept_back,
        "to_decide": to_decide(page, request.user),
        "comes_down": comes_down(page.expire_at) if page.live and page.expire_at else "",
        "times": times,
        "is_ready": is_ready,
        "is_scheduled": is_ready and page.scheduled_revision is not None,
        "may_stop": may_stop(request.user),
        "is_published": work.state == TranslationState.PUBLISHED,
    }
    context |= at_the_desk(page, work, empty=any(not one.words and not one.is_slug for one in own))
    return render(request, TEMPLATE, context, status=status)


def _times_of(page: Page, original: Page) -> dict[str, datetime | None]:
    """What is proposed: together with an original that waits for its time, down with it."""
    waiting = original.scheduled_revision
    proposed = {
        "go_live_at": waiting.approved_go_live_at if waiting else None,
        "expire_at": page.expire_at or original.expire_at,
    }
    # As the fields show it: to the minute.
    return {name: when and when.replace(second=0, microsecond=0) for name, when in proposed.items()}


def preview(request: HttpRequest, page_id: int) -> HttpResponse:
    """The page as it would be, what is not translated in the original's words."""
    page, work = work_on(request, page_id)
    with transaction.atomic():
        forget_gone(work.translation, page)  # for the drawing alone: looking changes nothing
        shown = drawn(work.translation)
        transaction.set_rollback(True)
    mode = request.GET.get("mode", shown.default_preview_mode)
    if mode not in dict(shown.preview_modes):
        raise Http404
    answer: HttpResponse = shown.make_preview_request(request, mode)
    return answer
