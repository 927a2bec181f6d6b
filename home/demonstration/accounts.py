"""An account for each role of the demonstration. For trying only: all share one password."""

from dataclasses import dataclass

from django.contrib.auth.models import Group, User
from wagtail.users.models import UserProfile

from home.roles import (
    EDITORS,
    ORGANISERS,
    REVIEWERS,
    moderators_of,
    publishers_of,
    translators_of,
)


@dataclass(frozen=True)
class Account:
    """A role and who plays it."""

    username: str
    role: str
    groups: tuple[str, ...]
    language: str = ""  # of the admin; empty: the browser's


ACCOUNTS = (
    Account("admin", "Administrator", ()),
    Account(
        "editor",
        "Editor who publishes",
        (EDITORS, publishers_of("English"), publishers_of("French")),
    ),
    Account("writer", "Editor", (EDITORS,)),
    Account("publisher-fr", "Publisher of French pages", (publishers_of("French"),), "fr"),
    Account("publisher-en", "Publisher of English pages", (publishers_of("English"),)),
    Account("translator-fr", "Translator to French", (translators_of("French"),), "fr"),
    Account("translator-en", "Translator to English", (translators_of("English"),)),
    Account("moderator", "Moderator", (moderators_of("English"), moderators_of("French"))),
    Account("moderator-en", "Moderator of English", (moderators_of("English"),)),
    Account("moderator-fr", "Moderator of French", (moderators_of("French"),), "fr"),
    Account("organiser", "Organiser", (ORGANISERS,)),
    Account("reviewer", "Reviewer", (REVIEWERS,)),
    Account("reviewer-fr", "Reviewer reading in French", (REVIEWERS,), "fr"),
)


def make_accounts(password: str) -> tuple[Account, ...]:
    """Make the accounts that are missing, with ``password``; those that exist keep theirs."""
    for account in ACCOUNTS:
        user, created = User.objects.get_or_create(
            username=account.username, defaults={"email": f"{account.username}@example.org"}
        )
        if created:
            user.is_superuser = account.role == "Administrator"
            user.is_staff = user.is_superuser
            user.set_password(password)
            user.save()
            user.groups.set(Group.objects.filter(name__in=account.groups))
            profile = UserProfile.get_for_user(user)
            profile.preferred_language = account.language
            profile.save()
    return ACCOUNTS
