"""PO files in Wagtail's admin: out, in, and the report between."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from core.models import TranslationFile
from core.slugs import slugify
from core.translating.access import may_translate
from core.translating.po import importing
from core.translating.po.archive import LARGEST_ARCHIVE
from core.translating.po.plan import digest
from core.translating.po.reading import Fault, FileRefused
from core.translating.po.reasons import REASONS
from core.translating.po.writing import (
    as_po,
    as_zip,
    file_name,
    translation_into,
    translations_under,
)

HANDLED = "translation_files_handled"  # in the session: where the work of each was
MOST_HANDLED = 20


class OfTranslatedPage:
    """For who may translate the page of the address."""

    kwargs: dict[str, Any]
    request: HttpRequest
    tree = False

    @cached_property
    def page(self) -> Page:
        """A 404 for what is no translated page."""
        page: Page = get_object_or_404(Page.objects.select_related("locale"), **self.named())
        return page

    def named(self) -> dict[str, Any]:
        """What the address says of the page."""
        return {"pk": self.kwargs["page_id"], "depth__gt": 1}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The right before anything else."""
        if not may_translate(request.user, self.page):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class PoView(OfTranslatedPage, View):
    """The PO file of a page."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """As an attachment."""
        translation = translation_into(self.page)
        if translation is None:
            raise Http404
        return _attachment(
            as_po(translation), "text/x-gettext-translation", file_name(self.page, translation)
        )


class TreePoView(OfTranslatedPage, View):
    """The PO files of a page and of all below it, as an archive."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """As an attachment."""
        found = translations_under(self.page)
        if not found:
            raise Http404
        title = slugify(self.page.title) or "pages"
        name = f"{title}.{self.page.locale.language_code}.zip"
        return _attachment(as_zip(found), "application/zip", name)


def _attachment(content: str | bytes, kind: str, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=kind, headers=headers)


class FileForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("Choose a file.")},
    )


class ImportView(OfTranslatedPage, WagtailAdminTemplateMixin, TemplateView):
    """Choose a file; what can't be taken is refused with every reason."""

    template_name = "core/translating/po_import.html"
    page_title = gettext_lazy("Import translations")
    header_icon = "upload"
    _show_breadcrumbs = True

    def get_page_subtitle(self) -> str:
        """Which page it is of."""
        return str(self.page.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """From where one works on the page."""
        return [*super().get_breadcrumbs_items(), *_way(self.page, self.page_title, tree=self.tree)]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Read it; nothing is imported before its report was read."""
        form = FileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.again(form=form)
        file = form.cleaned_data["file"]
        try:
            content = file.read(LARGEST_ARCHIVE + 1)
            kept = importing.keep(self.page, request.user, file.name, content, tree=self.tree)
        except FileRefused as refused:
            return self.again(form=form, faults=in_words(refused.faults))
        return redirect("translating:file", kept.pk)

    def again(self, **more: Any) -> HttpResponse:
        """The page with what is wrong."""
        return self.render_to_response(self.get_context_data(**more), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form, and the way to the files."""
        out = "translating:tree_po" if self.tree else "translating:po"
        context = {"form": FileForm(), "tree": self.tree, "page": self.page} | kwargs
        return super().get_context_data(
            **context,
            out_url=reverse(out, args=[self.page.pk]),
            back_url=back_from(self.page, tree=self.tree),
        )


class TreeImportView(ImportView):
    """The same for an archive."""

    tree = True


class ReportView(OfTranslatedPage, WagtailAdminTemplateMixin, TemplateView):
    """What the file would change, to be confirmed by who gave it."""

    template_name = "core/translating/po_report.html"
    page_title = gettext_lazy("What the file would change")
    header_icon = "clipboard-list"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Whoever presses “Back”, or a button twice, is told that there is nothing left to do."""
        back = request.session.get(HANDLED, {}).get(str(kwargs["pk"]))
        if back and not TranslationFile.objects.filter(pk=kwargs["pk"]).exists():
            messages.info(request, _("This file was imported already, or given up."))
            return redirect(back)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def kept(self) -> TranslationFile:
        """Nobody else's."""
        found = TranslationFile.objects.select_related("page__locale")
        return get_object_or_404(found, pk=self.kwargs["pk"], by=self.request.user)

    @cached_property
    def page(self) -> Page:
        """The file's."""
        page: Page = self.kept.page
        return page

    def get_page_subtitle(self) -> str:
        """Which file."""
        return self.kept.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """From where one works on the page."""
        way = _way(self.page, self.page_title, tree=self.kept.tree)
        return [*super().get_breadcrumbs_items(), *way]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The report; what can no longer be taken is said."""
        return self.shown()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Import, or give up."""
        back = back_from(self.page, tree=self.kept.tree)
        if request.POST.get("act") == "give_up":
            self.kept.delete()
            messages.success(request, _("Nothing was imported."))
            return self.leave(back)
        try:
            plans = importing.import_kept(
                self.kept,
                request.user,
                request.POST.get("seen", ""),
                set(request.POST.getlist("replace")),
            )
        except importing.ChangedMeanwhile:
            return self.shown(status=409, changed=True)
        except FileRefused as refused:
            return self.shown(status=409, faults=in_words(refused.faults))
        count = sum(len(plan.fits) for plan in plans) + len(set(request.POST.getlist("replace")))
        words = ngettext(
            "%(count)d string was imported.", "%(count)d strings were imported.", count
        )
        messages.success(request, words % {"count": count})
        return self.leave(back)

    def leave(self, back: str) -> HttpResponse:
        """Back to the work, by a way that is remembered: the file is gone."""
        handled = {**self.request.session.get(HANDLED, {}), str(self.kwargs["pk"]): back}
        self.request.session[HANDLED] = dict([*handled.items()][-MOST_HANDLED:])
        return redirect(back)

    def shown(self, status: int = 200, **more: Any) -> HttpResponse:
        """The page, as things stand now."""
        plans: list[Any] = []
        if "faults" not in more:
            try:
                plans = importing.plans_of(self.kept, self.request.user)
            except FileRefused as refused:
                more["faults"], status = in_words(refused.faults), 409
        context = self.get_context_data(
            plans=[_shown(plan) for plan in plans],
            seen=digest(plans),
            fits=sum(len(plan.fits) for plan in plans),
            conflicts=sum(len(plan.conflicts) for plan in plans),
            left_out=sum(plan.left_out for plan in plans),
            **more,
        )
        return self.render_to_response(
            context, status=status, headers={"Cache-Control": "no-store"}
        )


def _shown(plan: Any) -> dict[str, Any]:
    """A plan as the report lists it."""
    conflicts = [
        (importing.key_of(plan, line.string, line.context), line) for line in plan.conflicts
    ]
    return {"plan": plan, "conflicts": conflicts}


def in_words(faults: list[Fault]) -> list[dict[str, Any]]:
    """Each fault with its file, its line and its reason."""
    return [{"fault": fault, "reason": REASONS[fault.code]} for fault in faults]


def _way(page: Page, here: Any, *, tree: bool) -> list[dict[str, Any]]:
    """The breadcrumbs from the page to ``here``, which the last of them names as its heading."""
    return [
        {"url": back_from(page, tree=tree), "label": page.get_admin_display_title()},
        {"url": "", "label": here},
    ]


def back_from(page: Page, *, tree: bool) -> str:
    """Where one works on the page, or on what is below it too."""
    if tree:
        return reverse("translating:tree", args=[page.pk])
    return reverse("translating:desk", args=[page.pk])
