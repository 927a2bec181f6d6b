"""All that bears one code: passages of every contribution, and contributions as a whole."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import pgettext_lazy
from wagtail.admin.paginator import WagtailPaginator
from wagtail.log_actions import log

from core.cells import BYTE_ORDER_MARK, Cell, csv_lines
from core.clock import database_now
from submissions.contributions.exports.answers import name_of
from submissions.contributions.exports.coding import key_of
from submissions.contributions.staff import access
from submissions.contributions.staff.scheme.tree import full_name
from submissions.contributions.staff.views.base import Page
from submissions.models import Code, Passage
from submissions.models.contribution import ContributionQuerySet

A_PAGE = 50
ROWS_AT_ONCE = 500
COLUMNS = ("reference", "question", "language", "code", "passage", "start", "end", "lost")


class CodeView(Page):
    """The definition, then passages, the newest contribution first; those of codes below too."""

    template_name = "submissions/contributions/staff/code.html"
    header_icon = "tag"

    @cached_property
    def code(self) -> Code:
        """The one of the address, of a scheme that one sees."""
        rows = Code.objects.filter(consultation__in=access.consultations_of(self.me))
        rows = rows.select_related("parent", "consultation").prefetch_related(
            "labels", "parent__labels", "children__labels"
        )
        found: Code = get_object_or_404(rows, pk=self.kwargs["pk"])
        return found

    def get_page_title(self) -> str:
        """Its name."""
        return full_name(self.code)

    def steps(self) -> list[tuple[str, Any]]:
        """Below the scheme."""
        url = f"{reverse('contributions:scheme')}?consultation={self.code.consultation_id}"
        return [(url, pgettext_lazy("admin", "Coding scheme"))]

    def passages(self) -> QuerySet[Passage]:
        """With what is shown of each: a constant number of queries."""
        bears = Q(codes=self.code) | Q(codes__parent=self.code)
        rows = Passage.objects.filter(bears, answer__contribution__in=self._standing()).distinct()
        return rows.select_related("answer__contribution", "answer__question").order_by(
            "-answer__contribution__submitted_at",
            "answer__contribution",
            "answer__question__position",
            "answer",
            "start",
            "pk",
        )

    def _standing(self) -> ContributionQuerySet:
        return access.contributions_of(self.me).standing()

    def contributions(self) -> ContributionQuerySet:
        """Those that bear it as a whole."""
        bears = Q(coded__code=self.code) | Q(coded__code__parent=self.code)
        return self._standing().filter(bears).distinct().order_by("-submitted_at", "-pk")

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """A page of passages."""
        rows = self.passages().prefetch_related(
            "codes__labels", "codes__parent__labels", "answer__question__wordings"
        )
        page = WagtailPaginator(rows, A_PAGE).get_page(self.request.GET.get("p"))
        for passage in page:
            contribution = passage.answer.contribution
            passage.get_link = (
                f"{reverse('contributions:inspect', args=[contribution.pk])}#passage-{passage.pk}"
            )
        label = next(iter(self.code.labels.filter(language=self.language)), None)
        may_export = self.may(access.EXPORT, self.code.consultation)
        return super().get_context_data(
            code=self.code,
            definition=label.definition if label else "",
            page_obj=page,
            count=page.paginator.count,
            whole=self.contributions()[:A_PAGE],
            listed_url=f"{reverse('contributions:index')}?code={self.code.pk}",
            csv_url=reverse("contributions:code_csv", args=[self.code.pk]) if may_export else "",
            here_url=reverse("contributions:code", args=[self.code.pk]),
            **more,
        )


class CodeFileView(CodeView):
    """The passages as a CSV file: an export, for who may export, with a line in the log."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """As an attachment. Neither names nor addresses are in it."""
        if not self.may(access.EXPORT, self.code.consultation):
            raise PermissionDenied
        log(self.code, "submissions.export_passages", user=request.user, title=str(self.code))
        name = f"passages-{self.code.pk}-{database_now():%Y-%m-%d}.csv"
        return StreamingHttpResponse(
            self.lines(),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    def lines(self) -> Iterator[str]:
        """A line a passage; questions and codes are named as in the exports: ``q12``, ``k5``."""
        yield BYTE_ORDER_MARK
        yield from csv_lines([COLUMNS])
        passages = self.passages().prefetch_related("codes").iterator(ROWS_AT_ONCE)
        yield from csv_lines(_cells(passage) for passage in passages)


def _cells(passage: Passage) -> list[Cell]:
    answer = passage.answer
    return [
        answer.contribution.reference,
        name_of(answer.question_id),
        answer.language,
        " ".join(key_of(code.pk) for code in passage.codes.all()),
        passage.quote,
        passage.start,
        passage.end,
        int(passage.lost),
    ]
