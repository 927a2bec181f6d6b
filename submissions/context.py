"""What templates know of the consultation."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from submissions.models import Consultation


def consultation(request: HttpRequest) -> dict[str, Any]:
    """The consultation of the site that answers, and its phase by the database's clock."""
    if request.path.startswith(reverse("wagtailadmin_home")):
        return {}

    def phase() -> str | None:
        found = Consultation.of(request)
        return found.phase_at(found.now).value if found else None

    return {
        "consultation": SimpleLazyObject(lambda: Consultation.of(request)),
        "phase": SimpleLazyObject(phase),
    }
