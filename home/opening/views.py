"""The checklist in the admin: what is missing, a test message, and the button that lets it open."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin import messages

from core.admin_page import AdminPage
from core.alternates import own_name
from home.opening.checklist import Requirement, checklist
from home.opening.clearing import AlreadyOpenError, NotReadyError, clear, hold_back
from home.opening.lacks import Lack
from home.opening.words import settings_url
from home.workplace.reach import Reach
from submissions import limits
from submissions.mail import UnsafeHeader, send
from submissions.models import Consultation, MailKind, Phase
from submissions.staff_access import may

PERMISSION = "submissions.open_consultation"
URL_NAME = "opening"


@dataclass(frozen=True)
class Looked:
    """One thing of the list, with what is missing, and whether the reader may see to it."""

    looked_at: Requirement
    lines: list[tuple[Lack, bool]]


class OpeningView(AdminPage):
    """The consultation of the site that answers."""

    template_name = "home/opening/checklist.html"
    page_title = pgettext_lazy("admin", "Opening")
    header_icon = "tick-inverse"
    consultation: Consultation

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the consultation, with the clock."""
        super().setup(request, *args, **kwargs)
        found = Consultation.of(request)
        if found is None:
            raise Http404
        self.consultation = found

    def test_func(self) -> bool:
        """Who may clear this consultation."""
        return may(self.request.user, PERMISSION, self.consultation)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What is looked at, in two lists: what must be there, and what had better be."""
        requirements = self.read()
        return super().get_context_data(**kwargs) | {
            "consultation": self.consultation,
            "phase": self.consultation.phase_at(self.consultation.now),
            "upcoming": Phase.UPCOMING,
            "musts": [one for one in requirements if one.looked_at.must],
            "betters": [one for one in requirements if not one.looked_at.must],
            "ready": all(one.looked_at.met for one in requirements if one.looked_at.must),
            "names": {code: own_name(code) for code in self.consultation.languages},
            "settings_url": settings_url(self.consultation),
            "may_change": may(
                self.request.user, "submissions.change_consultation", self.consultation
            ),
        }

    def read(self) -> list[Looked]:
        """The checklist, each line with the way that its reader may go."""
        reach = Reach(self.request.user)
        return [
            Looked(one, [(lack, lack.led_for(reach)) for lack in one.lacks])
            for one in checklist(self.consultation)
        ]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Let it open, hold it back, or send a test message to the reader."""
        if "clear" in request.POST:
            self._clear(request)
        elif "hold_back" in request.POST:
            self._hold_back(request)
        elif "test" in request.POST:
            self._send_test(request)
        return redirect(URL_NAME)

    def _clear(self, request: HttpRequest) -> None:
        try:
            clear(self.consultation, request.user)  # type: ignore[arg-type] # who has a permission
        except NotReadyError as refused:
            titles = ", ".join(str(one.title) for one in refused.requirements)
            messages.error(request, _("It can’t open yet. Missing: %(what)s.") % {"what": titles})
        else:
            messages.success(request, _("Cleared: it opens when its time comes."))

    def _hold_back(self, request: HttpRequest) -> None:
        try:
            hold_back(self.consultation, request.user)  # type: ignore[arg-type]
        except AlreadyOpenError:
            messages.error(
                request,
                _("It is open. To end it, set its closing time."),
            )
        else:
            messages.success(request, _("Held back: it does not open until you clear it again."))

    def _send_test(self, request: HttpRequest) -> None:
        email = request.user.email  # type: ignore[union-attr]
        try:
            limits.check(request, "mail", None, mailbox=email)
            send(
                MailKind.TEST,
                to=email,
                language=get_language() or self.consultation.languages[0],
                consultation=self.consultation,
                context={},
            )
        except limits.TooMany:
            messages.error(request, _("That is enough for now: try again in an hour."))
        except (UnsafeHeader, ValueError, ImproperlyConfigured):
            messages.error(request, _("Your account has no e-mail address that can be written to."))
        else:
            messages.success(
                request,
                _("A message to %(address)s has been written. Look here again in a minute.")
                % {"address": email},
            )
