"""What staff do to a form block besides editing its rules: open, take up, confirm a typo."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from submissions.models import FormBlock, Question
from submissions.registry.attach import CannotAttachError, attach
from submissions.registry.opening import NotLevelError, open_by_hand
from submissions.registry.typo import NotATypoError, confirm_typo
from submissions.staff_access import may


def _edit(row: FormBlock) -> HttpResponse:
    return redirect(f"{row._meta.model_name}s:edit", row.pk)


def _allowed(
    request: HttpRequest, permission: str, consultation: int | None = None
) -> AbstractUser:
    """Who acts, on ``consultation``. Raises ``PermissionDenied`` for those who may not."""
    user = request.user
    if not isinstance(user, AbstractUser) or not may(
        user, f"submissions.{permission}", consultation
    ):
        raise PermissionDenied
    return user


def open_view(model: type[FormBlock]) -> Callable[..., HttpResponse]:
    """The button “Open”: a view for one kind of form block."""

    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        _allowed(request, f"open_{model._meta.model_name}")
        row = get_object_or_404(model.objects.select_related("consultation"), pk=pk)
        user = _allowed(request, f"open_{model._meta.model_name}", row.consultation_id)
        try:
            open_by_hand(row, user)
        except NotLevelError as problem:
            messages.error(
                request,
                _("Not opened, because its languages differ: %(differences)s")
                % {"differences": " ".join(d.sentence for d in problem.differences)},
            )
        else:
            messages.success(request, _("“%(title)s” is open.") % {"title": row})
        back = get_valid_next_url_from_request(request)
        return redirect(back) if back else _edit(row)

    return view


def take_up_view(model: type[FormBlock]) -> Callable[..., HttpResponse]:
    """The button that lets a new block take up the submissions of the one it replaced."""

    @require_POST
    def view(request: HttpRequest, pk: int, retired_pk: int) -> HttpResponse:
        _allowed(request, f"change_{model._meta.model_name}")
        row = get_object_or_404(model, pk=pk)
        retired = get_object_or_404(model, pk=retired_pk, consultation=row.consultation_id)
        user = _allowed(request, f"change_{model._meta.model_name}", row.consultation_id)
        try:
            row = attach(retired, row, user)
        except CannotAttachError:
            messages.error(
                request, _("Nothing was attached: this block has submissions of its own by now.")
            )
        else:
            messages.success(request, _("The submissions are attached to this block."))
        return _edit(row)

    return view


class ConfirmTypoView(View):
    """The button “It was a typo” beside a question whose words changed a little."""

    def post(self, request: HttpRequest, *args: Any, pk: int, **kwargs: Any) -> HttpResponse:
        """Fold the newest version of the question into the one before it."""
        _allowed(request, "change_questionnaire")
        question = get_object_or_404(Question.objects.select_related("questionnaire"), pk=pk)
        of = question.questionnaire.consultation_id
        user = _allowed(request, "change_questionnaire", of)
        try:
            confirm_typo(question, user)
        except NotATypoError:
            messages.error(
                request, _("The words changed too much to be a typo: it stays a new version.")
            )
        else:
            messages.success(request, _("The question keeps its version."))
        return _edit(question.questionnaire)
