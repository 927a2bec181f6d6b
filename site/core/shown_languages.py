"""Which of the site's languages the public reads. The others are being worked on, and are a 404.

The rooms above know a consultation; they say here which languages it is held in.
"""

from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from core.sites import site_id_of

SECONDS = 5  # a language that is shown or hidden is so in every process by then

Asked = Callable[[int], list[str] | None]
_asked: list[Asked] = []


def ask_for_languages(asked: Asked) -> None:
    """``asked`` is told the id of a site, and says its languages; None where it knows none."""
    _asked[:] = [asked]


def languages_shown(request: HttpRequest) -> list[str]:
    """Codes, in the order of ``LANGUAGES``, of the site that answers; one query in five seconds."""
    return shown_on(site_id_of(request))


def shown_on(site_id: int | None) -> list[str]:
    """Codes of the languages that the public reads on a site; all of them where nobody says."""
    if site_id is None or not _asked:
        return _every_language()
    known: list[str] | None = cache.get(_key(site_id))
    if known is None:
        said = _asked[0](site_id)
        known = [code for code in _every_language() if said is None or code in said]
        cache.set(_key(site_id), known, SECONDS)
    return known


def remembered(request: HttpRequest) -> list[str]:
    """The same, asking no database: all languages where nothing is remembered."""
    try:
        site_id = cache.get(f"site:{request.get_host()}")
        known: list[str] | None = cache.get(_key(site_id))
    except Exception:  # noqa: BLE001 (for pages that must answer when nothing else does)
        known = None
    return known or _every_language()


def forget(site_id: int) -> None:
    """What a site shows has changed."""
    cache.delete(_key(site_id))


def _key(site_id: int) -> str:
    return f"languages-shown:{site_id}"


def _every_language() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]
