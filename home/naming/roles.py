"""The roles of ``home.roles`` in the words of whoever reads; any other group is called as it is."""

import re

from django.conf import settings
from django.contrib.auth.models import Group
from django.utils.translation import pgettext_lazy

from home.roles import (
    EDITORS,
    ORGANISERS,
    REVIEWERS,
    languages_in_english,
    moderators_of,
    publishers_of,
    translators_of,
)

OF_A_SITE = re.compile(r" \(\S+:\d+\)$")  # as ``group_name`` ends the name of a further site's
WHOLE = {
    EDITORS: pgettext_lazy("role", "Editors"),
    REVIEWERS: pgettext_lazy("role", "Reviewers"),
    ORGANISERS: pgettext_lazy("role", "Organisers"),
}
BY_LANGUAGE = {
    publishers_of: pgettext_lazy("role", "Publishers: %(language)s"),
    translators_of: pgettext_lazy("role", "Translators: %(language)s"),
    moderators_of: pgettext_lazy("role", "Moderators: %(language)s"),
}


def in_words(name: str) -> str:
    """What a reader calls the group that the database calls ``name``."""
    found = OF_A_SITE.search(name)
    site = found.group() if found else ""
    role = name.removesuffix(site)
    return f"{_in_words().get(role, role)}{site}"


def _in_words() -> dict[str, str]:
    names = {name: str(words) for name, words in WHOLE.items()}
    spoken = dict(settings.LANGUAGES)
    for code, language in languages_in_english():
        for name_of, words in BY_LANGUAGE.items():
            names[name_of(language)] = words % {"language": spoken[code]}
    return names


def _said(group: Group) -> str:
    return in_words(group.name)


def connect() -> None:
    """Each list, filter and title of the admin that shows a group asks for its ``str()``."""
    Group.add_to_class("__str__", _said)
