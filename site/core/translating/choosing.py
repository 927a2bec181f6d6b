"""Choosing another picture, document or page for a translation: a list, without a script."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages
from wagtail.documents.permissions import permission_policy as documents
from wagtail.images.permissions import permission_policy as pictures
from wagtail.models import Page

from core.models import PageTranslation
from core.translating.access import work_on
from core.translating.choices import (
    NUMBER,
    Choice,
    ChosenMeanwhile,
    choices_of,
    choose,
    objects_of,
)

TEMPLATE = "core/translating/choose.html"
AT_ONCE = 24


class ChooseView(View):
    """What could stand at one place of the translated page."""

    def get(self, request: HttpRequest, page_id: int, segment_id: int) -> HttpResponse:
        """What there is to choose from, the newest first."""
        page, work, choice = _asked(request, page_id, segment_id)
        return _show(request, page, work, choice)

    def post(self, request: HttpRequest, page_id: int, segment_id: int) -> HttpResponse:
        """Take what was chosen, unless another one was chosen meanwhile."""
        page, work, choice = _asked(request, page_id, segment_id)
        if request.POST.get("seen", "") != choice.seen:
            return _tell(request, page, work, choice)
        picked = request.POST.get("pick", "")
        if picked and not (
            NUMBER.fullmatch(picked) and _offered(request, page, choice).filter(pk=picked).exists()
        ):
            raise Http404
        try:
            choose(work, page, request.user, choice, int(picked) if picked else None)
        except ChosenMeanwhile:
            return _tell(request, *_asked(request, page_id, segment_id))
        messages.success(request, _("It is chosen."))
        return redirect(f"{reverse('translating:desk', args=[page.pk])}?saved#{choice.name}")


def _tell(request: HttpRequest, page: Page, work: PageTranslation, choice: Choice) -> HttpResponse:
    """What was chosen meanwhile, by whom, and the shelf again."""
    if choice.chosen is None:
        told = _("The choice that stood here was taken back meanwhile: choose again if you like.")
    elif choice.by_id == request.user.pk:
        told = _("You chose another one yourself meanwhile: choose again if you like.")
    else:
        told = _("A colleague chose another one meanwhile: choose again if you like.")
    messages.warning(request, told)
    return _show(request, page, work, choice, status=409)


def _asked(
    request: HttpRequest, page_id: int, segment_id: int
) -> tuple[Page, PageTranslation, Choice]:
    page, work = work_on(request, page_id)
    found = choices_of(work.translation, page)
    choice = next((one for one in found if one.row.pk == segment_id), None)
    if choice is None or (choice.source is None and not choice.absent):
        raise Http404
    return page, work, choice


def _offered(request: HttpRequest, page: Page, choice: Choice) -> QuerySet[Any]:
    """What ``request.user`` may choose: of the library, or of the tree of the page's language."""
    rows = objects_of(choice.model)
    if choice.kind == "page":
        home = page.get_ancestors(inclusive=True).filter(depth=2).get()
        return rows.filter(path__startswith=home.path, alias_of=None).order_by("path")
    policy = pictures if choice.kind == "picture" else documents
    mine = policy.instances_user_has_any_permission_for(request.user, ["choose"])
    return rows.filter(pk__in=mine.order_by().values("pk")).order_by("-created_at", "-pk")


def _show(
    request: HttpRequest, page: Page, work: PageTranslation, choice: Choice, *, status: int = 200
) -> HttpResponse:
    sought = request.GET.get("q", "").strip()[:200].replace("\0", "")
    rows = _offered(request, page, choice)
    if sought:
        rows = rows.filter(title__icontains=sought)
    shown = Paginator(rows, AT_ONCE).get_page(request.GET.get("p"))
    title = {
        "picture": _("Choose a picture for the translation"),
        "document": _("Choose a document for the translation"),
        "page": _("Choose a page for the translation"),
    }[choice.kind]
    context = {
        "page": page,
        "page_title": title,
        "header_title": title,
        "header_icon": "image" if choice.kind == "picture" else "doc-full-inverse",
        "breadcrumbs_items": [
            {
                "url": reverse("translating:desk", args=[page.pk]),
                "label": _("Translate “%(title)s”") % {"title": page.get_admin_display_title()},
            },
            {"url": "", "label": title},
        ],
        "choice": choice,
        "source_language": work.translation.source.locale.language_code,
        "into": page.locale.language_code,
        "shown": shown,
        "sought": sought,
    }
    return render(request, TEMPLATE, context, status=status)
