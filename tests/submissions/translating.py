"""Translators and what they do, for the tests of translations of ideas."""

from typing import Any

from django.contrib.auth.models import Group, User
from django.test import Client

from submissions.idea_translations.services import mark_of
from submissions.models import Idea, IdeaText, TranslatedLanguage
from tests.submissions.desk import staff

QUEUE = "/admin/idea-translations/"


def translator_into(name: str, *languages: str) -> User:
    """Somebody who translates ideas into ``languages``."""
    user = staff(name, "translate_idea")
    for language in languages:
        group, _created = Group.objects.get_or_create(name=f"Translators into {language}")
        TranslatedLanguage.objects.get_or_create(group=group, language=language)
        user.groups.add(group)
    return user


def fresh(idea: Idea) -> Idea:
    """The idea as it stands in the database."""
    return Idea.objects.get(pk=idea.pk)


def text_in(idea: Idea, language: str) -> IdeaText | None:
    """Its text in a language, approved or not."""
    return IdeaText.objects.filter(idea=idea, language=language).first()


def seen(idea: Idea, into: str = "fr") -> str:
    """What the form of the desk would carry now."""
    return mark_of(fresh(idea), text_in(idea, into))


def press(
    desk: Client, idea: Idea, kind: str, text: str = "", into: str = "fr", **more: Any
) -> Any:
    """Press a button of the desk of ``idea``: what was seen is what stands, unless told."""
    sent = {"kind": kind, "text": text, "seen": seen(idea, into), **more}
    return desk.post(f"{QUEUE}{idea.pk}/{into}/", sent)
