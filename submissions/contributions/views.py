"""The expert's door: fill in a questionnaire, and the page that says it was received."""

from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views import View
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Site

from core.origin import token_free
from submissions.contributions.forms import ContributionForm
from submissions.contributions.given_back import (
    answers_given_back,
    as_plain_text,
    identity_given_back,
)
from submissions.contributions.questions import (
    AskedQuestion,
    Versions,
    asked_in,
    asked_once,
    question_ids,
    read_stamp,
    stamp,
)
from submissions.contributions.receipts import contribution_of, receipt_url
from submissions.contributions.sent import Sent
from submissions.contributions.services import (
    AlreadyReceivedError,
    QuestionnaireClosedError,
    receive,
)
from submissions.contributions.surroundings import surroundings
from submissions.models import Contribution, Questionnaire

# Never kept by a shared cache: each form has a key of its own. Not "no-store", with which browsers
# forget what was typed when a person goes back to the page.
private_page = cache_control(private=True, no_cache=True)


class FillIn(View):
    """The form of a questionnaire in the language of the address, and what it sends."""

    questionnaire: Questionnaire
    language: str

    def dispatch(
        self, request: HttpRequest, *args: Any, questionnaire_id: int, **kwargs: Any
    ) -> HttpResponseBase:
        """Find the questionnaire on this site, with its words and its state."""
        self.language = get_language() or ""
        self.questionnaire = get_object_or_404(
            Questionnaire.objects.with_state().prefetch_related(
                "labels", "questions__wordings", "questions__choices__labels"
            ),
            pk=questionnaire_id,
            consultation__site=Site.find_for_request(request),
        )
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """An empty form with a fresh key; or when it opens, or that it is closed."""
        asked = self.asked_now()
        if asked:
            return self.form_page(ContributionForm(asked), form_key=uuid4())
        context = surroundings(request, self.questionnaire, self.language)
        if context["theme"] is None and not self.questionnaire.opened_at:
            raise Http404("not announced in this language")
        return self.show("closed.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Receive the form, or give back every word with what to do."""
        try:
            posted = request.POST
        except (RequestDataTooBig, TooManyFieldsSent):
            context = {"has_errors": True}
            return self.show("too_large.html", context, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        key = _key_of(posted)
        shown = read_stamp(posted.get("shown", ""), self.questionnaire, self.language)
        asked = self.asked_now(shown)
        received = Contribution.objects.filter(form_key=key).first()
        if received is not None:
            return self.again(received, posted, shown)
        if not asked:
            return self.given_back(posted, shown)
        if "continue" in posted:  # from the form of another language
            return self.not_asked_here(posted, shown, form_key=key, status=HTTPStatus.OK)
        if self.no_longer_asked(posted, shown, asked):
            return self.not_asked_here(posted, shown, form_key=key, status=HTTPStatus.CONFLICT)
        return self.judge(ContributionForm(asked, data=posted), shown, form_key=key)

    def judge(self, form: ContributionForm, shown: Versions, *, form_key: UUID) -> HttpResponse:
        """Store a form that is in order; say of any other what to mend."""
        if not form.is_valid():
            return self.form_page(form, form_key=form_key, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            contribution = receive(
                self.questionnaire, form.sent(), language=self.language, form_key=form_key
            )
        except QuestionnaireClosedError:
            return self.given_back(self.request.POST, shown)
        except AlreadyReceivedError as already:
            return self.again(already.contribution, self.request.POST, shown)
        return redirect(receipt_url(contribution))

    def asked_now(self, shown: Versions | None = None) -> list[AskedQuestion]:
        """The questions to answer; none when the questionnaire takes no answers here."""
        if not self.questionnaire.is_open:
            return []
        return asked_in(self.questionnaire, self.language, shown)

    def no_longer_asked(
        self, posted: QueryDict, shown: Versions, asked: list[AskedQuestion]
    ) -> list[Any]:
        """Answers to questions that are not on the form of this language any more."""
        return answers_given_back(
            self.questionnaire,
            posted,
            self.language,
            shown,
            but=[one.field_name for one in asked],
        )

    def not_asked_here(
        self, posted: QueryDict, shown: Versions, *, form_key: UUID, status: int
    ) -> HttpResponse:
        """The form, filled in, and beside it what it has no question for."""
        asked = self.asked_now(shown)
        form = ContributionForm.carried_over(asked, posted)
        left = self.no_longer_asked(posted, shown, asked)
        return self.form_page(form, form_key=form_key, status=status, given_back=left)

    def again(self, received: Contribution, posted: QueryDict, shown: Versions) -> HttpResponse:
        """The form was received before: if it says the same, that contribution is the answer."""
        once = asked_once(self.questionnaire, self.language, shown, set(question_ids(posted)))
        form = ContributionForm(once, data=posted)
        if form.is_valid() and form.sent().says_the_same_as(Sent.of(received)):
            return redirect(receipt_url(received))
        asked = self.asked_now(shown)
        if not asked:
            return self.given_back(posted, shown, received=received)
        return self.form_page(
            ContributionForm.carried_over(asked, posted),
            form_key=uuid4(),
            status=HTTPStatus.CONFLICT,
            received=received,
            given_back=self.no_longer_asked(posted, shown, asked),
        )

    def form_page(
        self, form: ContributionForm, *, form_key: UUID, status: int = HTTPStatus.OK, **context: Any
    ) -> HttpResponse:
        """The page with the form."""
        context |= surroundings(self.request, self.questionnaire, self.language)
        context |= {
            "form": form,
            "form_key": form_key,
            "shown": stamp(form.asked, self.questionnaire, self.language),
            "label": self.questionnaire.label_in(self.language),
            "has_errors": status != HTTPStatus.OK,
        }
        return self.show("questionnaire.html", context, status=status)

    def given_back(self, posted: QueryDict, shown: Versions, **context: Any) -> HttpResponse:
        """It is too late, here: everything that was written, to read and to copy."""
        told = [
            *answers_given_back(self.questionnaire, posted, self.language, shown),
            *identity_given_back(posted),
        ]
        context |= surroundings(self.request, self.questionnaire, self.language)
        context |= {"given_back": told, "plain_text": as_plain_text(told), "has_errors": True}
        return self.show("closed.html", context, status=HTTPStatus.CONFLICT)

    def show(
        self, template: str, context: dict[str, Any], *, status: int = HTTPStatus.OK
    ) -> HttpResponse:
        """Render a template of the expert's door."""
        path = f"submissions/contributions/{template}"
        return render(self.request, path, context, status=status)


# Without a token, so that nothing is set before something is sent, and a form that was open for
# hours is received all the same: a POST must come from one of our own pages (core.origin).
fill_in = token_free(private_page(FillIn.as_view()))


@require_safe
@private_page
def received(request: HttpRequest) -> HttpResponse:
    """The reference of a contribution, and what happens next."""
    site = Site.find_for_request(request)
    token = request.GET.get("receipt", "")
    contribution = contribution_of(token, site.pk) if site else None
    status = HTTPStatus.OK if contribution else HTTPStatus.NOT_FOUND
    return render(
        request,
        "submissions/contributions/received.html",
        {"contribution": contribution},
        status=status,
    )


def _key_of(posted: QueryDict) -> UUID:
    """The form's key; a fresh one for a form whose key was lost, which costs nobody a word."""
    try:
        return UUID(posted.get("form_key", ""))
    except ValueError:
        return uuid4()
