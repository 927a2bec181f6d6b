"""Moderators and their browsers, for the tests of moderation."""

from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.test import Client

from submissions.models import Idea, ModeratedLanguage

QUEUE = "/admin/moderation/"


def staff(name: str, *permissions: str) -> User:
    """Somebody who may open the admin, and what ``permissions`` name."""
    user = User.objects.create_user(name, f"{name}@example.org", "secret", first_name=name.title())
    names = ("access_admin", *permissions)
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    return user


def moderator_of(name: str, *languages: str) -> User:
    """Somebody who moderates ideas written in ``languages``."""
    user = staff(name, "moderate_idea")
    for language in languages:
        group, _created = Group.objects.get_or_create(name=f"Moderators of {language}")
        ModeratedLanguage.objects.get_or_create(group=group, language=language)
        user.groups.add(group)
    return user


def desk_of(user: User) -> Client:
    """Their browser."""
    client = Client()
    client.force_login(user)
    return client


def decide_on(desk: Client, one: Idea, kind: str, reason: str = "", **more: Any) -> Any:
    """Press a button of the page of ``one``."""
    return desk.post(f"{QUEUE}{one.pk}/", {"kind": kind, "reason": reason, **more})
