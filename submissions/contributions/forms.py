"""The expert's form: the editor's questions, then who answers and what may be done with it."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from submissions.consents import ANALYSIS, PUBLICATION
from submissions.contributions.countries import country_choices
from submissions.contributions.fields import WrittenText, field_for
from submissions.contributions.questions import AskedQuestion
from submissions.contributions.sent import IDENTITY, GivenAnswer, Sent
from submissions.models import QuestionKind, RespondentType

NAME_LENGTH = 200  # of the columns behind
EMAIL_LENGTH = 254
NOT_PUBLISHED = "not_published"

_CHOOSE_LISTED = gettext_lazy("Choose among the answers that are listed.")


def _name_field(**options: Any) -> WrittenText:
    return WrittenText(
        limit=NAME_LENGTH,
        unit="graphemes",
        one_line=True,
        code_points=NAME_LENGTH,
        counter=False,
        **options,
    )


class ContributionForm(forms.Form):
    """Identity and consents are fixed here: no editor can make two datasets of one."""

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

    messages_name = (*IDENTITY, "email", "analysis", "publication")

    def __init__(self, asked: list[AskedQuestion], **options: Any) -> None:
        super().__init__(**options)
        self.asked = asked
        self.fields["country"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose a country")),
            *country_choices(get_language() or "en"),
        ]
        for one in asked:
            self.fields[one.field_name] = field_for(one)
        self.order_fields([one.field_name for one in asked])  # errors are listed as fields stand

    @classmethod
    def carried_over(cls, asked: list[AskedQuestion], posted: QueryDict) -> "ContributionForm":
        """The form filled in with what was posted to another, and not judged."""
        form = cls(asked)
        form.initial = {
            name: field.widget.value_from_datadict(posted, {}, name)
            for name, field in form.fields.items()
        }
        return form

    @cached_property
    def helper(self) -> FormHelper:
        """Three parts with headings; the page's template holds the form tag and the buttons."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.layout = Layout(
            Fieldset(_("Your answers"), *(one.field_name for one in self.asked)),
            Fieldset(_("About you"), *IDENTITY, "email"),
            Fieldset(_("What may be done with it"), "analysis", "publication"),
        )
        return helper

    def clean(self) -> dict[str, Any]:
        """A contribution says something: at least one answer, once each one given is in order."""
        cleaned = super().clean() or {}
        names = {one.field_name for one in self.asked}
        if not names & self.errors.keys() and not any(cleaned.get(name) for name in names):
            raise ValidationError(_("Answer at least one of the questions."), code="no_answer")
        return cleaned

    def sent(self) -> Sent:
        """What a valid form says, ready to be stored."""
        said = self.cleaned_data
        return Sent(
            identity={name: said[name] for name in IDENTITY},
            email=said["email"],
            publication=None if said["publication"] == NOT_PUBLISHED else said["publication"],
            answers=tuple(
                _given(one, said[one.field_name]) for one in self.asked if said[one.field_name]
            ),
        )


def _given(asked: AskedQuestion, said: Any) -> GivenAnswer:
    """One answer, as the kind of its question stores it."""
    question, version = asked.question.pk, asked.wording.version
    match asked.question.kind:
        case QuestionKind.ONE_CHOICE:
            return GivenAnswer(question, version, choices=frozenset([int(said)]))
        case QuestionKind.SEVERAL_CHOICES:
            return GivenAnswer(question, version, choices=frozenset(map(int, said)))
        case QuestionKind.SCALE:
            return GivenAnswer(question, version, number=int(said))
        case _:
            return GivenAnswer(question, version, text=said)
