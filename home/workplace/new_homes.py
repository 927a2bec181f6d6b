"""The staff of a language take their places in its tree as soon as there is one."""

from typing import Any

from wagtail.models import Page, Site
from wagtail.signals import copy_for_translation_done

from home.approval.workflows import keep_workflows
from home.roles import grant_roles
from submissions.models import TranslatedLanguage


def connect() -> None:
    """From now on, whoever makes a home page: an administrator, or a command."""
    copy_for_translation_done.connect(seat_staff, dispatch_uid="home.workplace.seat_staff")


def seat_staff(target_obj: Any, **_signal: Any) -> None:
    """A home page in a further language: its translators and publishers may work below it.

    Where no group translates into that language, roles were never granted: nobody is seated.
    """
    if not isinstance(target_obj, Page) or target_obj.alias_of_id:
        return
    if not Site.objects.filter(root_page__translation_key=target_obj.translation_key).exists():
        return
    code = target_obj.locale.language_code
    if TranslatedLanguage.objects.filter(language=code).exists():
        grant_roles()
        keep_workflows()
