"""The coding scheme: seen by every reader, changed by who may."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy
from wagtail.admin import messages

from core.clock import database_now
from core.numbers import number
from submissions.contributions.staff import access
from submissions.contributions.staff.scheme import files, services
from submissions.contributions.staff.scheme.forms import REFUSED, CodeForm, FileForm, MergeForm
from submissions.contributions.staff.scheme.services import SchemeRefused
from submissions.contributions.staff.scheme.tree import codes_of, full_name, whole_tree
from submissions.contributions.staff.views.base import Page
from submissions.debate.views.page import id_in
from submissions.models import Code, Consultation

FILE_REFUSED = {
    "not_utf8": gettext_lazy("This file is not text in UTF-8. Save it as “CSV UTF-8”."),
    "not_csv": gettext_lazy("This file can’t be read as CSV."),
    "no_column": gettext_lazy("These columns are missing: %(words)s."),
    "empty": gettext_lazy("No line of this file names a code."),
    "too_long": gettext_lazy("That is more codes than a scheme takes (1,000)."),
    "no_name": gettext_lazy("Line %(line)s: the name in one language is missing (%(words)s)."),
    "no_number": gettext_lazy("Line %(line)s: no code has the number %(words)s."),
    "no_parent": gettext_lazy("Line %(line)s: no code above is named “%(words)s”."),
    "twice": gettext_lazy("Line %(line)s: this code stands in the file twice."),
    "too_long_words": gettext_lazy("Line %(line)s: the words are too long (“%(words)s”)."),
    "same": gettext_lazy("Line %(line)s: a code can’t stand below itself."),
    "too_deep": gettext_lazy("Line %(line)s: there are two levels only."),
    "name_taken": gettext_lazy("Line %(line)s: another code is named “%(words)s”."),
}


class OfScheme(Page):
    """A page of one consultation's scheme; to change it asks for a permission more."""

    changes = True
    header_icon = "tag"

    @cached_property
    def consultation(self) -> Consultation:
        """The one that the address names, or the first that one sees."""
        rows = access.consultations_of(self.me, self.permission).select_related("site")
        said = id_in(self.request.GET.get("consultation", ""))
        found = rows.filter(pk=said) if said is not None else rows.order_by("pk")[:1]
        consultation: Consultation = get_object_or_404(found)
        self.check(consultation)
        return consultation

    def check(self, consultation: Consultation) -> None:
        """Who may not change the scheme is refused where that is what a page is for."""
        if self.changes and not self.may(access.SCHEME, consultation):
            raise PermissionDenied

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, for whom it is."""
        self.check(self.consultation)
        return super().get(request, *args, **kwargs)

    def scheme_url(self, name: str = "scheme", *args: Any) -> str:
        """An address of this consultation's scheme."""
        address = reverse(f"contributions:{name}", args=args)
        return f"{address}?consultation={self.consultation.pk}"

    def steps(self) -> list[tuple[str, Any]]:
        """Below the scheme."""
        return [(self.scheme_url(), pgettext_lazy("admin", "Coding scheme"))]


class SchemeView(OfScheme):
    """All codes in their order, with how often each is given."""

    changes = False
    template_name = "submissions/contributions/staff/scheme.html"
    page_title = pgettext_lazy("admin", "Coding scheme")

    def steps(self) -> list[tuple[str, Any]]:
        """Right below the list."""
        return []

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """The tree; the addresses to change it for who may."""
        others = access.consultations_of(self.me).select_related("site").order_by("pk")
        return super().get_context_data(
            consultation=self.consultation,
            consultations=list(others),
            branches=whole_tree(self.consultation),
            may_change=self.may(access.SCHEME, self.consultation),
            add_url=self.scheme_url("scheme_add"),
            csv_url=self.scheme_url("scheme_csv"),
            load_url=self.scheme_url("scheme_load"),
            **more,
        )


class AddCodeView(OfScheme):
    """A further code."""

    template_name = "submissions/contributions/staff/code_edit.html"
    page_title = pgettext_lazy("coding scheme", "Add a code")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Add it, and back to the scheme."""
        form = CodeForm(self.consultation, data=request.POST)
        if form.is_valid():
            try:
                parent = form.cleaned_data["parent"]
                code = services.add(self.consultation, form.labels, parent, self.me)
            except SchemeRefused as refused:
                form.refuse(refused)
            else:
                messages.success(request, _("“%(name)s” is in the scheme.") % {"name": code})
                return redirect(self.scheme_url())
        return self.again(form=form)

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """The form, or the one with what was typed."""
        form = {"form": CodeForm(self.consultation)}
        return super().get_context_data(**form | more, back_url=self.scheme_url())


class CodeEditView(OfScheme):
    """One code: its words, its place, retired or taken up again, merged into another."""

    template_name = "submissions/contributions/staff/code_edit.html"

    @cached_property
    def code(self) -> Code:
        """The one of the address, of a scheme that one may change."""
        rows = Code.objects.filter(
            consultation__in=access.consultations_of(self.me, self.permission)
        )
        rows = rows.select_related("consultation", "parent").prefetch_related(
            "labels", "parent__labels"
        )
        found: Code = get_object_or_404(rows, pk=self.kwargs["pk"])
        self.check(found.consultation)
        return found

    @cached_property
    def consultation(self) -> Consultation:
        """The code's."""
        return self.code.consultation

    def get_page_title(self) -> str:
        """Its name."""
        return self.code.name_in()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One change."""
        act = request.POST.get("act", "")
        moves = {"up": -1, "down": 1}
        if act in moves:
            services.move(self.code, moves[act], self.me)
        elif act == "retire":
            services.retire(self.code, self.me)
            messages.success(request, _("“%(name)s” is retired.") % {"name": self.code})
        elif act == "take_up":
            services.take_up(self.code, self.me)
            messages.success(request, _("“%(name)s” is given again.") % {"name": self.code})
        elif act == "merge":
            return self._merge()
        elif act == "change":
            return self._change()
        else:
            return self.again()
        return redirect(f"{self.scheme_url()}#code-{self.code.pk}")

    def _change(self) -> HttpResponse:
        form = CodeForm(self.consultation, self.code, self.request.POST)
        if form.is_valid():
            try:
                services.change(self.code, form.labels, form.cleaned_data["parent"], self.me)
            except SchemeRefused as refused:
                form.refuse(refused)
            else:
                messages.success(self.request, _("The code is kept."))
                return redirect(f"{self.scheme_url()}#code-{self.code.pk}")
        return self.again(form=form)

    def _merge(self) -> HttpResponse:
        form = MergeForm(self.code, self.request.POST)
        if not form.is_valid():
            return self.again(merge_form=form)
        name, into, back = str(self.code), form.cleaned_data["into"], self.scheme_url()
        try:
            services.merge(self.code, into, self.me)
        except SchemeRefused as refused:
            form.add_error("into", REFUSED[refused.code])
            return self.again(merge_form=form)
        words = _("“%(name)s” went into “%(into)s”.") % {"name": name, "into": full_name(into)}
        messages.success(self.request, words)
        return redirect(f"{back}#code-{into.pk}")

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """Its forms."""
        own = {
            "form": CodeForm(self.consultation, self.code),
            "merge_form": MergeForm(self.code),
        }
        has_others = codes_of(self.consultation).exclude(pk=self.code.pk).exists()
        return super().get_context_data(
            **own | more, code=self.code, has_others=has_others, back_url=self.scheme_url()
        )


class SchemeFileView(OfScheme):
    """The scheme as a CSV file, for every reader."""

    changes = False

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """As an attachment."""
        name = f"codes-{database_now():%Y-%m-%d}.csv"
        return StreamingHttpResponse(
            files.as_csv(self.consultation),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


class SchemeLoadView(OfScheme):
    """A scheme from a CSV file: all of it, or nothing."""

    template_name = "submissions/contributions/staff/scheme_load.html"
    page_title = pgettext_lazy("coding scheme", "Load a scheme from a file")
    header_icon = "upload"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Load it, and back to the scheme."""
        consultation = self.consultation
        form = FileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.again(form=form)
        try:
            done = files.load(consultation, files.read(form.cleaned_data["file"]), self.me)
        except files.FileRefused as refused:
            words = FILE_REFUSED[refused.code] % {"line": refused.line, "words": refused.words}
            form.add_error("file", words)
            return self.again(form=form)
        messages.success(request, self._told(done))
        return redirect(self.scheme_url())

    def _told(self, done: files.Imported) -> str:
        added = ngettext("%(number)s code added", "%(number)s codes added", done.added)
        changed = ngettext("%(number)s already there", "%(number)s already there", done.changed)
        return pgettext("coding scheme", "%(added)s, %(changed)s.") % {
            "added": added % {"number": number(done.added, self.language)},
            "changed": changed % {"number": number(done.changed, self.language)},
        }

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """The form and the names of the columns."""
        form = {"form": FileForm()}
        return super().get_context_data(
            **form | more,
            columns=files.columns(),
            back_url=self.scheme_url(),
            csv_url=self.scheme_url("scheme_csv"),
        )
