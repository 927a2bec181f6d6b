"""Wordings in the admin: looking for one as it stands on the screen, mending it, files."""

from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import get_language, ngettext, pgettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import ModelLogEntry

from core.admin_page import AdminPage
from core.alternates import own_name
from core.models import InterfaceWording
from core.numbers import number
from core.wordings import files, services
from core.wordings.catalogue import Message, plural_examples
from core.wordings.searching import plain, says

PERMISSION = "core.change_interfacewording"
PAGE_LENGTH = 50
SHOWN = ("", "mended", "empty")


class WordingsPage(AdminPage):
    """One language's wordings, for administrators."""

    page_title = pgettext_lazy("admin menu", "Wordings")
    header_icon = "edit"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """A language that there isn't is a 404."""
        super().setup(request, *args, **kwargs)
        self.said_in: str = kwargs.get("language", settings.LANGUAGE_CODE)
        if self.said_in not in dict(settings.LANGUAGES):
            raise Http404

    def test_func(self) -> bool:
        """No role holds the permission."""
        return self.request.user.has_perm(PERMISSION)

    def get_page_title(self) -> str:
        """Of which language, which the words alone don't tell where both are alike."""
        return f"{self.page_title} – {own_name(self.said_in)}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """By way of the list."""
        home, _own = super().get_breadcrumbs_items()
        return [home, {"url": self.address(), "label": self.get_page_title()}, *self.below()]

    def below(self) -> list[dict[str, Any]]:
        """Where one stands, below the list; the last of the way is the heading."""
        here = self.heading()
        return [{"url": "", "label": f"{here} – {own_name(self.said_in)}"}] if here else []

    def heading(self) -> str:
        """What is done here, where it is not the list."""
        return ""

    def address(self) -> str:
        """The list of the language."""
        return reverse("wordings:index", args=[self.said_in])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Which languages there are."""
        return super().get_context_data(**kwargs) | {
            "said_in": self.said_in,
            "languages": [(code, own_name(code)) for code, _name in settings.LANGUAGES],
        }


class WordingsView(WordingsPage):
    """The list: searched by words as they stand on the screen."""

    template_name = "core/wordings/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One query, whatever the list holds."""
        query, shown = self.request.GET.get("q", "")[:200], self.request.GET.get("show", "")
        if shown not in SHOWN:
            raise BadRequest
        held = services.mended(self.said_in)
        known = sorted(services.mendable(self.said_in).values(), key=lambda one: one.message)
        rows: list[dict[str, Any]] = [
            {"number": number, "message": one, "words": services.stands(one, held)}
            | {"mended": one.key in held}
            for number, one in enumerate(known)
        ]
        empty = sum(not all(row["words"]) for row in rows)
        if shown == "mended":
            rows = [row for row in rows if row["mended"]]
        elif shown == "empty":
            rows = [row for row in rows if not all(row["words"])]
        sought = plain(query)
        if sought:
            rows = [row for row in rows if says(_all_of(row), sought)]
        paginator = Paginator(rows, PAGE_LENGTH)
        page = paginator.get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {
            "query": query,
            "show": shown,
            "page": page,
            "found": paginator.count,
            "mended_count": len(held),
            "empty_count": empty,
        }


def _all_of(row: dict[str, Any]) -> tuple[str, ...]:
    message: Message = row["message"]
    return (*row["words"], message.message, message.plural)


class WordingView(WordingsPage):
    """One wording: its source, what stands, who changed it."""

    template_name = "core/wordings/wording.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """The message is named by its words and context; one that can't be mended is a 404."""
        super().setup(request, *args, **kwargs)
        key = (request.GET.get("context", ""), request.GET.get("message", ""))
        found = services.mendable(self.said_in).get(key)
        if found is None:
            raise Http404
        self.message = found

    def heading(self) -> str:
        """Named by its source."""
        return Truncator(self.message.message).chars(40)

    def get_context_data(
        self, said: list[str] | None = None, errors: list[str] | None = None, **kwargs: Any
    ) -> dict[str, Any]:
        """``said``: what was typed and could not be taken, to be mended further."""
        held = services.mended(self.said_in)
        stands = services.stands(self.message, held)
        said = stands if said is None else said
        forms = plural_examples(self.said_in) if self.message.plural else [[]]
        said = [*said, *[""] * len(forms)][: len(forms)]
        row = InterfaceWording.objects.filter(
            language=self.said_in, context=self.message.context, message=self.message.message
        ).first()
        lines = ModelLogEntry.objects.for_instance(row) if row else ModelLogEntry.objects.none()
        return super().get_context_data(**kwargs) | {
            "message": self.message,
            "forms": [
                {"words": words, "numbers": ", ".join(map(str, examples[:3]))}
                | {"more": len(examples) > len("012")}
                for words, examples in zip(said, forms, strict=True)
            ],
            "seen": stands,
            "is_mended": self.message.key in held,
            "released": self.message.words,
            "errors": errors or [],
            "history": lines.select_related("user").order_by("-timestamp", "-pk")[:20],
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Mend it, or have back what stood before."""
        said = [one.replace("\r\n", "\n") for one in request.POST.getlist("words")]
        seen = [one.replace("\r\n", "\n") for one in request.POST.getlist("seen")]
        if "release" in request.POST:
            said = list(self.message.words)
        elif "undo" in request.POST:
            said = self._before(request.POST["undo"])
        change = {self.message.key: said}
        try:
            services.mend(self.said_in, change, request.user, seen={self.message.key: seen})
        except services.UnfitWordingError as refused:
            context = self.get_context_data(said=said, errors=refused.reasons)
            return self.render_to_response(context, status=422)
        except services.MendedMeanwhileError:
            told = [_("Somebody else has mended it meanwhile: what they wrote is shown below.")]
            context = self.get_context_data(said=said, errors=told)
            return self.render_to_response(context | {"others": context["seen"]}, status=409)
        messages.success(request, _("Saved: everybody reads it within seconds."))
        return redirect(request.get_full_path())

    def _before(self, line: str) -> list[str]:
        """What stood before that line of the log."""
        lines = ModelLogEntry.objects.filter(
            action=services.ACTION, label=self.message.message[:200]
        )
        found = lines.filter(pk=line).first() if line.isdecimal() else None
        if found is None or found.data.get("language") != self.said_in:
            raise BadRequest
        return found.data["before"] or list(self.message.words)


class ExportView(WordingsPage):
    """The catalogue as it stands, as a PO file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """To be kept, translated elsewhere, or put into a release."""
        return HttpResponse(
            files.po_of(self.said_in),
            content_type="text/x-gettext-translation; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="interface-{self.said_in}.po"'},
        )


class ImportView(WordingsPage):
    """A PO file, in: all of it or nothing, once who brings it has read what it would change."""

    template_name = "core/wordings/import.html"

    def heading(self) -> str:
        """One file, of one language."""
        return _("Bring in a PO file")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Read it, and say what it would change; take what was confirmed."""
        if "changes" in request.POST:
            return self.confirmed(request)
        file = request.FILES.get("file")
        if file is None or (file.size or 0) > files.LARGEST:
            why = _("Choose a PO file of at most 2 MB.")
            report = files.Report(refused=[(0, "", why)])
        else:
            report = files.look(self.said_in, file.read())
        return self.shown(report, status=422 if report.refused else 200)

    def confirmed(self, request: HttpRequest) -> HttpResponse:
        """Take the changes that were shown; others are shown first."""
        changes = request.POST["changes"].encode(errors="replace")
        try:
            report = files.take(self.said_in, changes, request.user, request.POST.get("seen", ""))
        except services.MendedMeanwhileError:
            return self.shown(files.look(self.said_in, changes), status=409, meanwhile=True)
        if report.refused:
            return self.shown(report, status=422)
        count = len(report.changes)
        words = ngettext("%(number)s wording changed.", "%(number)s wordings changed.", count)
        messages.success(request, words % {"number": number(count, get_language())})
        return redirect(f"{self.address()}?show=mended")

    def shown(self, report: files.Report, *, status: int, meanwhile: bool = False) -> HttpResponse:
        """The report; what it would change goes back with the button that confirms it."""
        context = self.get_context_data() | {"report": report, "meanwhile": meanwhile}
        if report.changes and not report.refused:
            context |= {
                "listed": report.changes,
                "changes": files.changes_of(self.said_in, report),
            }
        return self.render_to_response(context, status=status)
