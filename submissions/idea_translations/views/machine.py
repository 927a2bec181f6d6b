"""Asking the machine translator for many ideas at once."""

from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import View
from wagtail.admin import messages

from core.numbers import number
from core.translating.machine import translator_name
from submissions.idea_translations.machine import ask
from submissions.idea_translations.views.board import Board
from submissions.moderation.forms import ids_in


class MachineView(Board, View):
    """A POST of ticked ideas. What comes of it is found in the queue, some seconds later."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask, and go back to the list."""
        if not translator_name():
            raise BadRequest
        ticked = self.ideas.filter(pk__in=ids_in(request.POST.getlist("id")))
        asked = ask(ticked, self.into)
        if asked:
            words = ngettext(
                "The machine translator is asked for %(number)s translation.",
                "The machine translator is asked for %(number)s translations.",
                asked,
            )
            messages.success(request, words % {"number": number(asked, self.language)})
        else:
            messages.warning(request, _("Nothing to ask for: tick ideas without a translation."))
        return redirect(self.queue_url())
