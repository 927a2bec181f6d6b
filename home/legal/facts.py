"""What the legal pages can say by themselves: from the consultation and from the settings."""

from datetime import timedelta

from django.conf import settings
from django.utils.html import escape

from home.legal.texts import Values
from submissions.contributions.drafts.access import MAX_AGE
from submissions.debate.participants import A_YEAR
from submissions.models import Consultation

MESSAGE_COOKIE = "messages"  # of django.contrib.messages, which offers no setting
SIDEBAR_COOKIE = "wagtail_sidebar_collapsed"  # set by Wagtail's own script


def cookies() -> dict[str, str]:
    """Every cookie that the site may set, by the blank that names it."""
    return {
        "participant_cookie": settings.PARTICIPANT_COOKIE_NAME,
        "draft_cookie": settings.DRAFT_COOKIE_NAME,
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "session_cookie": settings.SESSION_COOKIE_NAME,
        "message_cookie": MESSAGE_COOKIE,
        "language_cookie": settings.LANGUAGE_COOKIE_NAME,
        "sidebar_cookie": SIDEBAR_COOKIE,
    }


def facts(consultation: Consultation | None) -> Values:
    """What fills blanks in any language, as HTML; what isn't known yet is left out."""
    known = cookies() | {
        "participant_days": str(_days(A_YEAR)),
        "draft_days": str(_days(MAX_AGE)),
        "csrf_days": str(_days(settings.CSRF_COOKIE_AGE)),
        "session_days": str(_days(settings.SESSION_COOKIE_AGE)),
        "moderation_hours": str(consultation.moderation_hours if consultation else 48),
    }
    if consultation is not None:
        known |= {
            "controller": consultation.controller,
            "contact_email": consultation.contact_email,
        }
    return {name: _same(words) for name, words in known.items() if words}


def _same(words: str) -> dict[str, str]:
    escaped = str(escape(words))
    return {"en": escaped, "fr": escaped}


def _days(seconds: int | None) -> int:
    return timedelta(seconds=seconds or 0).days
