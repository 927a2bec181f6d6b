"""What is no question: who answers, and what may be done with it. Fixed in code, for all alike.

Each form judges what is written; ``complete`` False demands nothing, so that a draft can be saved.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from submissions.consents import ANALYSIS, PUBLICATION
from submissions.contributions.countries import country_choices
from submissions.contributions.fields import WrittenText
from submissions.contributions.sent import IDENTITY
from submissions.models import RespondentType

ABOUT, CONSENTS = "about", "consents"
WORDINGS = "wordings"  # beside the fields of the consents: which versions of the words were read
AS_SENT = "as_sent"  # no form: the draft as it was sent last, while it is being changed
NAME_LENGTH = 200  # of the columns behind
EMAIL_LENGTH = 254
NOT_PUBLISHED = "not_published"

_CHOOSE_LISTED = gettext_lazy("Choose among the answers that are listed.")


def wordings_in_force() -> str:
    """Which words stand beside the boxes now: their versions, by purpose."""
    return " ".join(f"{one.purpose}:{one.version}" for one in (ANALYSIS, *PUBLICATION))


class PartForm(forms.Form):
    """The fields of a part, as they were typed or as they are judged."""

    key: ClassVar[str]

    def __init__(self, data: QueryDict | None = None, *, complete: bool = False) -> None:
        super().__init__(data)
        self.complete = complete

    def add_error(self, field: str | None, error: Any) -> None:
        """What was left empty is told when it is sent: fields stay marked as required."""
        if self.complete or getattr(error, "code", "") != "required":
            super().add_error(field, error)

    def raw(self) -> dict[str, list[str]]:
        """What was typed, to keep."""
        posted = self.data if isinstance(self.data, QueryDict) else QueryDict()
        return {name: posted.getlist(name) for name in self.fields if any(posted.getlist(name))}

    def said(self) -> Mapping[str, Any]:
        """What a valid form says, by field."""
        return self.cleaned_data

    @cached_property
    def helper(self) -> FormHelper:
        """The fields; the page's template holds the form tag and the buttons."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.layout = Layout(*self.fields)
        return helper


def _name_field(**options: Any) -> WrittenText:
    return WrittenText(
        limit=NAME_LENGTH,
        unit="graphemes",
        one_line=True,
        code_points=NAME_LENGTH,
        counter=False,
        **options,
    )


class AboutForm(PartForm):
    """Who answers: once for the whole dossier."""

    key = ABOUT

    respondent_type = forms.ChoiceField(
        label=gettext_lazy("You answer as"),
        choices=RespondentType.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose what you answer as."),
            "invalid_choice": _CHOOSE_LISTED,
        },
    )
    name = _name_field(
        label=gettext_lazy("Your first and last name"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Enter your name.")},
    )
    organisation = _name_field(
        label=pgettext_lazy("contribution", "Organisation"),
        help_text=gettext_lazy("Leave it empty if you speak for yourself."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    role = _name_field(
        label=gettext_lazy("Your role there"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    country = forms.ChoiceField(
        label=pgettext_lazy("contribution", "Country"),
        help_text=gettext_lazy("Where you, or your organisation, are based."),
        widget=forms.Select(attrs={"autocomplete": "country", "class": "width-medium"}),
        error_messages={
            "required": gettext_lazy("Choose a country."),
            "invalid_choice": gettext_lazy("Choose a country of the list."),
        },
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy(
            "Only to write to you about this contribution. Kept apart from your answers, and"
            " never published."
        ),
        max_length=EMAIL_LENGTH,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": gettext_lazy("Enter your e-mail address."),
            "invalid": gettext_lazy("Enter an e-mail address such as name@example.org."),
        },
    )

    messages_name = (*IDENTITY, "email")

    def __init__(self, data: QueryDict | None = None, *, complete: bool = False) -> None:
        super().__init__(data, complete=complete)
        self.fields["country"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose a country")),
            *country_choices(get_language() or "en"),
        ]


class ConsentsForm(PartForm):
    """What may be done with it, purpose by purpose; nothing is ticked beforehand (case 59)."""

    key = CONSENTS

    analysis = forms.BooleanField(
        label=ANALYSIS.text,  # type: ignore[arg-type] # a lazy string, as consents.py says
        error_messages={
            "required": gettext_lazy(
                "Tick this box: we can’t take a contribution that we may not read."
            )
        },
    )
    publication = forms.ChoiceField(
        label=gettext_lazy("Publication"),
        choices=[
            *((wording.purpose, wording.text) for wording in PUBLICATION),
            (NOT_PUBLISHED, gettext_lazy("Do not publish my contribution.")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose whether your contribution may be published."),
            "invalid_choice": _CHOOSE_LISTED,
        },
    )

    messages_name = ("analysis", "publication")

    def raw(self) -> dict[str, list[str]]:
        """With the versions of the words that were on screen, as its page says them."""
        typed = super().raw()
        shown = self.data.get(WORDINGS, "")
        return typed | {WORDINGS: [shown]} if typed and shown else typed

    @property
    def wordings(self) -> str:
        """The versions of the words on screen, for a hidden field of the page."""
        return wordings_in_force()


PARTS: dict[str, type[PartForm]] = {form.key: form for form in (AboutForm, ConsentsForm)}
