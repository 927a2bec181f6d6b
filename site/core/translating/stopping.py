"""A translation is stopped, and its page edited by hand; and taken up again. For administrators.

A page with forms keeps its translation: one that is edited by hand drifts from its original, and a
form that differs between languages is closed. Rooms above this one say which pages hold forms.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages
from wagtail.log_actions import LogContext, log
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationLog

from core.translating.following import cut_anew, made_at_desk, publisher_of, says_all
from core.translating.states import say_overtaken, work_of

STOPPED = "core.translation_stopped"
RESUMED = "core.translation_resumed"

Look = Callable[[Page], bool]
_looks: list[Look] = []


def register(look: Look) -> Look:
    """Ask ``look`` whether a page holds forms."""
    _looks.append(look)
    return look


def holds_forms(page: Page) -> bool:
    """Whether the translation of ``page`` can't be stopped."""
    return any(look(page) for look in _looks)


def may_stop(user: Any) -> bool:
    """Administrators answer for a page that no longer follows its original; nobody else does."""
    return bool(user.is_active and user.is_superuser)


@transaction.atomic
def stop(translation: Translation, page: Page, user: Any) -> None:
    """From now on ``page`` is edited by hand; what was saved at the desk stays."""
    Translation.objects.filter(pk=translation.pk).update(enabled=False)
    log(instance=page, action=STOPPED, user=user)


@transaction.atomic
def resume(translation: Translation, page: Page, user: Any) -> None:
    """``page`` is made of the words of its desk again, cut from the original as it is now.

    Where words that were written by hand are before the public, its state says so: who published
    them, and when. That is not ``user``, who only finds it so; nor did they change the original.
    """
    Translation.objects.filter(pk=translation.pk).update(enabled=True)
    log(instance=page, action=RESUMED, user=user)
    with LogContext():  # else whoever is signed in is named where nobody is known
        cut_anew(translation.source, None)
        work = work_of(page)
        by_hand = page.live and not made_at_desk(translation, page.live_revision)
        if work is not None and by_hand and not says_all(page, translation):
            who = publisher_of(page.live_revision) if page.live_revision else None
            say_overtaken(work, who, page, at=page.last_published_at)


def written_by_hand(translation: Translation, page: Page) -> bool:
    """Whether ``page`` says something that its desk does not know."""
    last = TranslationLog.objects.filter(
        source=translation.source_id, locale=translation.target_locale_id
    ).order_by("-pk")
    made = last.values_list("revision_id", flat=True).first()
    return bool(page.latest_revision_id and page.latest_revision_id != made)


class SwitchView(View):
    """Says what will happen, and does it: ``stops`` a translation, or takes it up again."""

    stops = True

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """What will happen."""
        page, translation = self.asked(request, page_id)
        return self.show(request, page, translation)

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """Do it; refuse to stop a page with forms."""
        page, translation = self.asked(request, page_id)
        if self.stops and holds_forms(page):
            return self.show(request, page, translation, status=422)
        if self.stops:
            stop(translation, page, request.user)
            messages.success(request, _("The translation is stopped: the page is edited by hand."))
            return redirect("wagtailadmin_pages:edit", page.pk)
        resume(translation, page, request.user)
        messages.success(request, _("The page is translated at its desk again."))
        return redirect("translating:desk", page.pk)

    def asked(self, request: HttpRequest, page_id: int) -> tuple[Page, Translation]:
        """The page and its translation, for administrators."""
        if not may_stop(request.user):
            raise PermissionDenied
        page = get_object_or_404(Page.objects.select_related("locale"), pk=page_id).specific
        translation = Translation.objects.filter(
            source__object_id=page.translation_key,
            target_locale=page.locale_id,
            enabled=self.stops,
        ).first()
        if translation is None or page.alias_of_id:
            raise Http404
        return page, translation

    def show(
        self, request: HttpRequest, page: Page, translation: Translation, status: int = 200
    ) -> HttpResponse:
        """One question, and how to leave it."""
        title = (
            _("Stop the translation of “%(title)s”")
            if self.stops
            else _("Take up the translation of “%(title)s” again")
        ) % {"title": page.get_admin_display_title()}
        context = {
            "page": page,
            "page_title": title,
            "header_title": title,
            "header_icon": "globe",
            "breadcrumbs_items": [
                {
                    "url": reverse("wagtailadmin_explore", args=[page.get_parent().pk]),
                    "label": _("Pages"),
                },
                {"url": "", "label": title},
            ],
            "stops": self.stops,
            "forms": self.stops and holds_forms(page),
            "by_hand": not self.stops and written_by_hand(translation, page),
        }
        return render(request, "core/translating/switch.html", context, status=status)
