"""Colleagues, by the names that staff know them by."""

from typing import Any

from django.utils.translation import gettext as _


def name_of(user: Any) -> str:
    """How colleagues call ``user``; None: an account that is closed."""
    if user is None:
        return _("someone whose account is closed")
    return str(user.get_full_name() or user.get_username())
