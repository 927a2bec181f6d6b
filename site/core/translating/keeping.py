"""What was sent and not stored waits in the session: nothing that was typed at a desk is lost.

Words sent after the session had ended wait in a new one until their writer is back. Without it the
login page would take the place of the form, and what was typed would be gone where no script keeps
it. Kept is only what comes from a desk that was shown, for whom it was shown to.

A note for the translator, and times, belong to one button each, and come along with every other
one: they wait for theirs.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from core.translating.notes import SEEN
from core.translating.saving import Saved, homeless
from core.translating.segments import Segment, token_of

# What stands in the fields goes along with each button.
DESKS = {f"translating:{name}" for name in ("desk", "ready", "send_back", "publish", "propose")}
SALT = "core.translating.keeping"
ASIDE = ("note", SEEN, "go_live_at", "expire_at")  # fields of one button each
FOR = 60 * 60 * 24 * 30  # seconds that a desk may stay open
MOST = 500_000  # characters of one form


def writer(user: Any, page_id: int) -> str:
    """Who is shown the desk of a page, for its form: nobody else can say so."""
    return signing.dumps([user.pk, page_id], salt=SALT)


def _key(page_id: int) -> str:
    return f"translating-{page_id}"


class KeptWordsMiddleware:
    """Keeps what is sent to a desk by somebody who is no longer signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Nothing is asked of an address that is no desk: it is not known yet."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, asked: dict[str, Any]
    ) -> None:
        """After the check of the form's token; the view itself leads to the login page."""
        match = request.resolver_match
        if request.method != "POST" or match is None or match.view_name not in DESKS:
            return
        if request.user.is_authenticated:
            return
        try:
            sent = request.POST.get("writer", "")
            user_id, page_id = signing.loads(sent, salt=SALT, max_age=FOR)
        except (signing.BadSignature, ValueError, TypeError):
            return
        words = {
            name: value
            for name, value in request.POST.items()
            if name in ASIDE or name.removeprefix("seen-")[:1] in {"s", "a"}
        }
        if page_id == asked["page_id"] and sum(map(len, words.values())) <= MOST:
            request.session[_key(page_id)] = {"user": user_id, "words": words}
            messages.warning(
                request, _("Your session has ended. What you wrote is kept: sign in to go on.")
            )


def put_back(request: HttpRequest, page_id: int, segments: list[Segment]) -> Saved | None:
    """The texts with what was never saved in their fields; None where nothing waits.

    It is kept until it is saved: a page that is left again loses nothing.
    """
    words = _held(request, page_id)
    if not words.keys() - set(ASIDE):
        return None
    saved = Saved(segments, restored=True)
    for segment in segments:
        typed = words.get(segment.name, "").replace("\r\n", "\n").strip()
        seen = words.get(f"seen-{segment.name}", "")
        if segment.name not in words or token_of(typed) in {seen, segment.token}:
            continue
        if seen != segment.token:
            segment.theirs = segment.stored
            saved.conflicts.append(segment)
        segment.words = typed
    saved.homeless = homeless(words, segments)
    return saved


def _held(request: HttpRequest, page_id: int) -> dict[str, str]:
    held = request.session.get(_key(page_id))
    return held["words"] if held and held["user"] == request.user.pk else {}


def aside(request: HttpRequest, page_id: int) -> dict[str, str]:
    """What waits for the button that it belongs to, by field; nothing for what nobody changed."""
    words = _held(request, page_id)
    return {name: words[name] for name in ASIDE if name in words}


def set_aside(request: HttpRequest, page_id: int, changed: Mapping[str, str]) -> None:
    """The texts are saved: of all that was sent only ``changed`` waits still."""
    if changed:
        request.session[_key(page_id)] = {"user": request.user.pk, "words": dict(changed)}
    else:
        forget(request, page_id)


def forget(request: HttpRequest, page_id: int) -> None:
    """Nothing waits any more."""
    request.session.pop(_key(page_id), None)
