"""Sending a tree, in Wagtail's admin: what would be sent, how far it is, what became of it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Locale, Page

from core.alternates import own_name
from core.models import BulkState, BulkTranslation
from core.translating import machine
from core.translating.access import may_translate
from core.translating.bulk import jobs, telling
from core.translating.bulk.access import may_send, sendable_into
from core.translating.bulk.forms import TreeForm
from core.translating.bulk.plan import title_of
from core.translating.states import states_of

TITLE = gettext_lazy("Translate this part of the site")


class TreeView(WagtailAdminTemplateMixin, TemplateView):
    """What is in this part of the site, what would be sent, and its PO files."""

    template_name = "core/translating/tree.html"
    header_icon = "globe"
    _show_breadcrumbs = True
    page_title = TITLE

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """For who may send it into some language, or translate it; a draft, for who edits it."""
        pages = Page.objects.select_related("locale").filter(depth__gt=1)
        self.page: Page = get_object_or_404(pages, pk=kwargs["page_id"])
        self.locales: list[Locale] = sendable_into(request.user, self.page)
        self.edits = may_translate(request.user, self.page)
        if not self.edits and not (self.locales and self.page.live):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        """Which part."""
        return title_of(self.page, edits=self.edits)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """From where it stands in the explorer, for those who see it there."""
        return [*super().get_breadcrumbs_items(), *_above(self.page, edits=self.edits), _here()]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A job for each language; those that can't be begun are told, with nothing lost."""
        form = TreeForm(request.POST, codes=[one.language_code for one in self.locales])
        if not form.is_valid():
            return self.again(form=form)
        begun: list[BulkTranslation] = []
        troubles: list[tuple[str, str]] = []
        for locale in self.locales:
            if locale.language_code in form.cleaned_data["into"]:
                try:
                    begun.append(
                        jobs.ask(
                            self.page,
                            locale,
                            request.user,
                            drafts=form.cleaned_data["drafts"] and self.edits,
                            proposals=form.cleaned_data["proposals"],
                        )
                    )
                except jobs.NothingToSendError:
                    troubles.append((_nothing(locale), ""))
                except jobs.OverlappingError as other:
                    troubles.append((_overlapping(locale), _url_of(other.job)))
        if not begun:
            return self.again(form=form, troubles=troubles)
        for words, _url in troubles:
            messages.warning(request, words)
        if len(begun) == 1:
            return redirect("translating:bulk", begun[0].pk)
        return redirect("translating:tree", self.page.pk)

    def again(self, **more: Any) -> HttpResponse:
        """The page with what is wrong."""
        return self.render_to_response(self.get_context_data(**more), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A number of queries that depends on the languages alone."""
        user, chosen = self.request.user, self.request.GET.getlist("into")
        form = kwargs.pop("form", None)
        if form is not None:
            chosen = form.data.getlist("into")
        made = telling.jobs_of(self.page, self.locales)
        sendable = telling.into(
            self.page, self.locales, edits=self.edits, drafts=False, chosen=chosen
        )
        return super().get_context_data(
            form=form,
            page=self.page,
            title=title_of(self.page, edits=self.edits),
            edits=self.edits,
            into=sendable,
            can_send=any(
                one.plan.pages or (self.edits and one.plan.drafts)
                for one in sendable
                if one.plan.above is None
            ),
            drafts=max((one.plan.drafts for one in sendable), default=0) if self.edits else 0,
            machine=machine.translator_name() if self.locales else "",
            files=telling.files_of(user, self.page),
            elsewhere=telling.elsewhere(user, self.page),
            jobs=[_row(job) for job in made],
            **kwargs,
        )


class OneJob:
    """The job that the address names, for who may send such a tree."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The right before anything else; a 404 for what there isn't."""
        rows = BulkTranslation.objects.select_related("page__locale", "locale", "by")
        self.job: BulkTranslation = get_object_or_404(rows, pk=kwargs["pk"])
        page = self.job.page
        self.edits = may_translate(request.user, page)
        if not may_send(request.user, page, self.job.locale) or not (self.edits or page.live):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class JobView(OneJob, WagtailAdminTemplateMixin, TemplateView):
    """How far it is; then what became of every page."""

    template_name = "core/translating/bulk.html"
    header_icon = "globe"
    _show_breadcrumbs = True

    def get_page_title(self) -> str:
        """Where to."""
        return _("Sent into %(language)s") % {"language": own_name(self.job.locale.language_code)}

    def get_page_subtitle(self) -> str:
        """Which part."""
        return title_of(self.job.page, edits=self.edits)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """From the page of that tree."""
        tree = {"url": reverse("translating:tree", args=[self.job.page_id]), "label": TITLE}
        here = {"url": "", "label": self.get_page_title()}
        above = _above(self.job.page, edits=self.edits)
        return [*super().get_breadcrumbs_items(), *above, tree, here]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The whole page; for htmx the bar alone, and the page again once there is no more bar."""
        if "HX-Request" not in request.headers:
            return super().get(request, *args, **kwargs)
        row = _row(self.job)
        if not row["under_way"] or row["stale"]:
            return HttpResponse(headers={"HX-Refresh": "true"})
        self.template_name = "core/translating/bulk_progress.html"
        return self.render_to_response({"row": row})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The job in words, in a constant number of queries."""
        job = self.job
        edits = self.edits
        failed = [one for one in job.failed if edits or one["live"]]
        return super().get_context_data(
            row=_row(job),
            title=title_of(job.page, edits=edits),
            made=self.made(),
            left_out=telling.left_out(job.left_out, edits=edits),
            failed=failed[: telling.MOST],
            failed_in_all=len(job.failed),
            left_out_in_all=len(job.left_out),
            queue_url=_queue(job.locale),
            files=[
                one
                for one in telling.files_of(self.request.user, job.page)
                if one.language == job.locale.language_code
            ],
            **kwargs,
        )

    def made(self) -> list[dict[str, Any]]:
        """The pages that it made and that are still there, with the state of each."""
        ids = self.job.made[: telling.MOST]
        found: QuerySet[Page] = Page.objects.filter(pk__in=ids).select_related("locale")
        pages = list(found.order_by("path"))
        works = states_of(pages)
        user = self.request.user
        return [
            {
                "page": page,
                "state": works[page.pk].get_state_display() if page.pk in works else "",
                "url": reverse("translating:desk", args=[page.pk])
                if page.pk in works and may_translate(user, page)
                else "",
            }
            for page in pages
        ]


class AgainView(OneJob, View):
    """“Send again”, and “Take it up again”: what there is to send now."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The same choices, by who asks now."""
        old = self.job
        try:
            job = jobs.ask(
                old.page,
                old.locale,
                request.user,
                drafts=old.drafts and self.edits,
                proposals=old.proposals,
            )
        except jobs.NothingToSendError:
            messages.success(request, _nothing(old.locale))
            return redirect("translating:tree", old.page_id)
        except jobs.OverlappingError as other:
            messages.warning(request, _overlapping(old.locale))
            return redirect("translating:bulk", other.job.pk)
        return redirect("translating:bulk", job.pk)


def _here() -> dict[str, Any]:
    return {"url": "", "label": TITLE}


def _above(page: Page, *, edits: bool) -> list[dict[str, Any]]:
    if not edits:
        return []
    url = reverse("wagtailadmin_explore", args=[page.pk])
    return [{"url": url, "label": page.get_admin_display_title()}]


def _nothing(locale: Locale) -> str:
    return _("%(language)s: there is nothing to send.") % {
        "language": own_name(locale.language_code)
    }


def _overlapping(locale: Locale) -> str:
    return _("%(language)s: a part of this tree, or one that holds it, is being sent.") % {
        "language": own_name(locale.language_code)
    }


def _url_of(job: BulkTranslation) -> str:
    return reverse("translating:bulk", args=[job.pk])


def _queue(locale: Locale) -> str:
    """Where new translations wait; empty where no room above has a queue."""
    try:
        return f"{reverse('workplace:queue')}?into={locale.language_code}"
    except NoReverseMatch:
        return ""


def _row(job: BulkTranslation) -> dict[str, Any]:
    """What a template shows of it."""
    under_way = job.state in {BulkState.WAITING, BulkState.RUNNING}
    return {
        "job": job,
        "url": _url_of(job),
        "under_way": under_way,
        "stale": under_way and jobs.is_stale(job),
        "language": own_name(job.locale.language_code),
        "code": job.locale.language_code,
        "made": len(job.made),
        "by": get_user_display_name(job.by),
    }
