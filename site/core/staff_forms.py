"""Signing in to the admin."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm


class SignInForm(LoginForm):
    """Wagtail's, whose second field bears its Python name in every language."""

    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(
            attrs={"autocomplete": "current-password", "placeholder": _("Enter password")}
        ),
        strip=False,
    )
