"""A language is added, shown to the public or hidden; each leaves a line in the log."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Locale

from home.approval.workflows import keep_workflows
from home.roles import grant_roles
from home.workplace.standing import Standing
from submissions.models import Consultation
from submissions.models.consultation import site_languages


class LanguageRefusedError(Exception):
    """It can't be done: the message says why, for whoever asked."""


@transaction.atomic
def add(consultation: Consultation, language: str, by: AbstractBaseUser) -> None:
    """Let pages be translated into ``language``, by groups of its own. Nothing is shown yet.

    They take their places in its tree once its home page is there: ``home.workplace.new_homes``.
    """
    _locale, made = Locale.objects.get_or_create(language_code=language)
    if made:
        grant_roles()
        keep_workflows()
        log(consultation, "home.language_added", user=by, data={"language": language})


@transaction.atomic
def show(consultation: Consultation, language: str, by: AbstractBaseUser) -> None:
    """The public reads it. Raises ``LanguageRefusedError`` without a published home page."""
    held = Consultation.objects.select_for_update().get(pk=consultation.pk)
    home = Standing(held.site).homes.get(language)
    if home is None or not home.live:
        raise LanguageRefusedError(_("Publish its home page first: readers would find nothing."))
    if language not in held.languages:
        chosen = {*held.languages, language}
        held.languages = [code for code in site_languages() if code in chosen]
        held.save(update_fields=["languages"])
        log(consultation, "home.language_shown", user=by, data={"language": language})


@transaction.atomic
def hide(consultation: Consultation, language: str, by: AbstractBaseUser) -> None:
    """Its addresses are a 404. Raises ``LanguageRefusedError`` for the last one shown."""
    held = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if language not in held.languages:
        return
    if len(held.languages) == 1:
        raise LanguageRefusedError(_("It is the only language that the public reads."))
    held.languages = [code for code in held.languages if code != language]
    held.save(update_fields=["languages"])
    log(consultation, "home.language_hidden", user=by, data={"language": language})
