"""Who must be named before a consultation opens."""

from collections.abc import Iterator
from operator import attrgetter

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _
from wagtail.models import GroupPagePermission, Page

from home.opening.lacks import Lack, Whose
from home.workplace.standing import Standing
from submissions.contributions.staff.access import readers_of
from submissions.idea_translations.access import PERMISSION as TRANSLATE
from submissions.models import (
    Consultation,
    Debate,
    ModeratedLanguage,
    Questionnaire,
    TranslatedLanguage,
)
from submissions.moderation.access import PERMISSION as MODERATE
from submissions.staff_access import holders_in

FEWEST_ADMINISTRATORS = 2


def _nobody(sentence: str, language: str = "") -> Lack:
    """Somebody to be named, which is done where accounts are."""
    url = reverse("wagtailusers_users:index")
    within = attrgetter("accounts")
    return Lack(sentence, language, url, whose=Whose.ADMINISTRATORS, within=within)


def _named(code: str) -> str:
    name: str = get_language_info(code)["name_translated"]
    return name


def moderators(consultation: Consultation) -> Iterator[Lack]:
    """For each language, somebody who reads ideas, where there is a debate."""
    if not Debate.objects.filter(consultation=consultation, retired_at=None).exists():
        return
    for code in consultation.languages:
        rows = ModeratedLanguage.objects.filter(language=code)
        if not holders_in(rows, MODERATE, consultation).exists():
            said = _("Nobody moderates ideas in %(language)s.")
            yield _nobody(said % {"language": _named(code)}, code)


def reviewers(consultation: Consultation) -> Iterator[Lack]:
    """Somebody who reads contributions, where there is a questionnaire."""
    if not Questionnaire.objects.filter(consultation=consultation, retired_at=None).exists():
        return
    if not readers_of(consultation).filter(is_superuser=False).exists():
        yield _nobody(_("Nobody is named to read contributions."))


def publishers(consultation: Consultation) -> Iterator[Lack]:
    """For each language, somebody besides administrators who publishes its pages."""
    homes = Standing(consultation.site).homes
    may_publish = GroupPagePermission.objects.filter(permission__codename="publish_page")
    for code in consultation.languages:
        above = homes[code].get_ancestors(inclusive=True) if code in homes else Page.objects.none()
        groups = may_publish.filter(page__in=above).values("group")
        accounts = get_user_model().objects.filter(is_active=True, is_superuser=False)
        if not accounts.filter(groups__in=groups).exists():
            said = _("Nobody publishes pages in %(language)s.")
            yield _nobody(said % {"language": _named(code)}, code)


def translators(consultation: Consultation) -> Iterator[Lack]:
    """For each language, somebody who translates into it."""
    for code in consultation.languages:
        rows = TranslatedLanguage.objects.filter(language=code)
        if not holders_in(rows, TRANSLATE, consultation).exists():
            said = _("Nobody translates into %(language)s.")
            yield _nobody(said % {"language": _named(code)}, code)


def administrators(consultation: Consultation) -> Iterator[Lack]:
    """Two at least: one may be ill."""
    count = get_user_model().objects.filter(is_superuser=True, is_active=True).count()
    if count < FEWEST_ADMINISTRATORS:
        said = ngettext(
            "There is %(count)d administrator: name a second one, for the day when the first"
            " can’t be reached.",
            "There are %(count)d administrators.",
            count,
        )
        yield _nobody(said % {"count": count})
