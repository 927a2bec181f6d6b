"""Redacting and publishing in Wagtail's admin: where it stands, one answer's words, the acts."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from wagtail.admin import messages

from core.numbers import number
from submissions.contributions.publishing import redacting, services
from submissions.contributions.publishing.forms import ReasonForm, RedactForm, WhyForm
from submissions.contributions.publishing.letters import owner_of
from submissions.contributions.publishing.marked import marked_answers, pieces_of
from submissions.contributions.publishing.standing import PublicationStanding, standing_of
from submissions.contributions.publishing.warnings import warnings_of
from submissions.contributions.questions import wording_at
from submissions.contributions.staff import access
from submissions.contributions.staff.views.base import OfContribution
from submissions.models import Answer, Attachment, RedactionReason


def publication_url(pk: int) -> str:
    """The page of publication of a contribution."""
    return reverse("publishing:publication", args=[pk])


class OfPublication(OfContribution):
    """A page about what becomes public of one contribution."""

    header_icon = "view"
    may_change = access.REDACT

    @cached_property
    def standing(self) -> PublicationStanding:
        """Where it stands."""
        return standing_of(self.contribution)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """For those who may change it."""
        self.require(self.may_change)
        return self.act(request)

    def act(self, request: HttpRequest) -> HttpResponse:
        """What the form asks for."""
        raise NotImplementedError

    def require(self, permission: str) -> None:
        """Refuse whoever holds it not."""
        if not self.may(permission, self.contribution.consultation_id):
            raise PermissionDenied

    def back(self) -> HttpResponse:
        """To the page of publication."""
        return redirect(publication_url(self.contribution.pk))


class PublicationView(OfPublication):
    """Where a contribution stands, its answers with what is taken out, and what to do next."""

    template_name = "submissions/publishing/publication.html"
    page_title = gettext_lazy("Publication")
    why_form: WhyForm | None = None
    take_back_form: WhyForm | None = None

    def get_page_subtitle(self) -> str:
        """Of which one."""
        return self.contribution.reference

    def act(self, request: HttpRequest) -> HttpResponse:
        """Propose, publish or take back."""
        match request.POST.get("act"):
            case "propose":
                return self.propose()
            case "publish":
                self.require(access.PUBLISH)
                return self.publish()
            case "take_back":
                self.require(access.PUBLISH)
                return self.take_back()
        return self.back()

    def propose(self) -> HttpResponse:
        """Show its author what would be published."""
        try:
            publication = services.propose(self.contribution, self.me)
        except services.NotNowError:
            messages.error(self.request, _("There is nothing to show to its author now."))
            return self.back()
        if owner_of(publication) is None:
            told = _(
                "Its author can’t be reached by mail. The days of the preview run all the same."
            )
            messages.warning(self.request, told)
        else:
            messages.success(self.request, _("Its author is asked to have a look."))
        return self.back()

    def publish(self) -> HttpResponse:
        """Publish what was looked at."""
        form = self.form_of_why(self.request.POST) if self.standing.needs_reason else None
        if form is not None and not form.is_valid():
            self.why_form = form
            return self.again()
        try:
            services.publish(
                self.contribution,
                self.me,
                why=form.cleaned_data["why"] if form else "",
                seen=self.request.POST.get("seen", ""),
            )
        except services.ChangedMeanwhileError:
            told = _("It changed since you looked at it. Look again before you publish.")
            messages.error(self.request, told)
        except services.NotNowError:
            messages.error(self.request, _("It can’t be published now."))
        else:
            messages.success(self.request, _("Published. Its author is told."))
        return self.back()

    def take_back(self) -> HttpResponse:
        """Let nobody read it any more."""
        self.take_back_form = self.form_of_taking_back(self.request.POST)
        if not self.take_back_form.is_valid():
            return self.again()
        try:
            services.take_back(
                self.contribution, self.me, why=self.take_back_form.cleaned_data["why"]
            )
        except services.NotNowError:
            messages.error(self.request, _("It is not public."))
        else:
            messages.success(self.request, _("Taken back: nobody can read it any more."))
        return self.back()

    def form_of_why(self, data: Any = None) -> WhyForm:
        """Why it is published though its author has not agreed."""
        return WhyForm(
            data,
            prefix="publish",
            said=_("Why do you publish it though its author has not agreed?"),
            hint=_("Kept in the audit log."),
            missing=_("Say why you publish it though its author has not agreed."),
        )

    def form_of_taking_back(self, data: Any = None) -> WhyForm:
        """Why it is taken back."""
        return WhyForm(
            data,
            prefix="take_back",
            said=_("Why do you take it back?"),
            hint=_("Kept in the audit log. The public reads that it is gone, not why."),
            missing=_("Say why you take it back."),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """All that the page shows."""
        consultation = self.contribution.consultation_id
        proposed = self.standing.proposed
        return super().get_context_data(
            contribution=self.contribution,
            standing=self.standing,
            warnings=warnings_of(self.standing),
            answers=marked_answers(self.contribution.pk),
            files=list(
                self.contribution.attachments.filter(removed_at=None)
                .select_related("withheld", "question")
                .prefetch_related("question__wordings")
            ),
            reasons=RedactionReason.choices,
            may_redact=self.may(access.REDACT, consultation),
            may_publish=self.may(access.PUBLISH, consultation),
            reachable=proposed is None or owner_of(proposed) is not None,
            why_form=self.why_form or self.form_of_why(),
            take_back_form=self.take_back_form or self.form_of_taking_back(),
            read_url=self.read_url,
            **kwargs,
        )


class RedactView(OfPublication):
    """One answer whole, what is taken out of it marked; the form to take out more."""

    template_name = "submissions/publishing/redact.html"
    page_title = gettext_lazy("Redact an answer")
    permission = access.VIEW
    form: RedactForm | None = None

    @cached_property
    def answer(self) -> Answer:
        """The one of the address."""
        rows = Answer.objects.select_related("question").prefetch_related(
            "redactions__by", "question__wordings"
        )
        found: Answer = get_object_or_404(
            rows, pk=self.kwargs["answer_pk"], contribution=self.contribution
        )
        return found

    def get_page_subtitle(self) -> str:
        """Of which one."""
        return self.contribution.reference

    def steps(self) -> list[tuple[str, Any]]:
        """Below the page of publication."""
        step = (publication_url(self.contribution.pk), pgettext_lazy("admin page", "Publication"))
        return [*super().steps(), step]

    def act(self, request: HttpRequest) -> HttpResponse:
        """Take words out, or put them back."""
        if "lift" in request.POST:
            return self.lift(request.POST["lift"])
        self.form = RedactForm(request.POST)
        if not self.form.is_valid():
            return self.again()
        try:
            made = redacting.redact(
                self.answer,
                self.form.cleaned_data["words"],
                RedactionReason(self.form.cleaned_data["reason"]),
                self.me,
            )
        except redacting.WordsNotFoundError:
            self.form.add_error("words", _("This answer doesn’t say these words."))
            return self.again()
        told = ngettext(
            "Taken out in %(number)s place.", "Taken out in %(number)s places.", len(made)
        ) % {"number": number(len(made), self.language)}
        messages.success(request, told if made else _("They were taken out already."))
        return redirect(request.get_full_path())

    def lift(self, said: str) -> HttpResponse:
        """Put the words of one redaction back."""
        mark = self.answer.redactions.filter(pk=int(said) if said.isdecimal() else 0).first()
        if mark is not None:
            redacting.lift(mark, self.me)
            messages.success(self.request, _("These words will be published again."))
        return redirect(self.request.get_full_path())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The words, and the form."""
        answer = self.answer
        return super().get_context_data(
            contribution=self.contribution,
            answer=answer,
            wording=wording_at(answer.question, answer.language, answer.version),
            pieces=pieces_of(answer),
            marks=list(answer.redactions.all()),
            form=self.form or RedactForm(),
            may_redact=self.may(access.REDACT, self.contribution.consultation_id),
            back_url=publication_url(self.contribution.pk),
            **kwargs,
        )


class FileView(OfPublication):
    """Withhold a file, or let it be published."""

    http_method_names = ("post",)

    def act(self, request: HttpRequest) -> HttpResponse:
        """As the button says."""
        files = Attachment.objects.filter(contribution=self.contribution, removed_at=None)
        file = get_object_or_404(files, pk=self.kwargs["file_pk"])
        form = ReasonForm(request.POST)
        if "release" in request.POST:
            redacting.release(file, self.me)
            messages.success(request, _("The file will be published with the rest."))
        elif form.is_valid():
            redacting.withhold(file, RedactionReason(form.cleaned_data["reason"]), self.me)
            messages.success(request, _("The file will not be published."))
        else:
            messages.error(request, _("Choose the reason why the file is not published."))
        return self.back()
