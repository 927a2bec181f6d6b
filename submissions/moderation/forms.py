"""The forms of the desk: each decision has the fields that it needs."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.graphemes import TextRefused, clean
from submissions.debate.form_fields import IdeaTextField
from submissions.debate.views.page import id_in
from submissions.models import Decision, Idea, RefusalReason
from submissions.moderation.spam import MOST_AT_ONCE, SPAM_REASONS

LONGEST_NOTE = 1000


class ReasonForm(forms.Form):
    """Why an idea is refused or withdrawn."""

    reason = forms.ChoiceField(
        label=pgettext_lazy("decision", "Reason"),
        choices=RefusalReason.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a reason."),
            "invalid_choice": _("Choose a reason of the list."),
        },
    )

    def clean_reason(self) -> RefusalReason:
        """The reason itself."""
        return RefusalReason(self.cleaned_data["reason"])


class NoteForm(forms.Form):
    """Words for the other moderators."""

    note = forms.CharField(
        label=_("Note to the other moderators"),
        help_text=_("Never public, and never sent to the author."),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say in a sentence what the other moderators should know.")},
    )

    def __init__(self, data: Any = None, *, required: bool = True) -> None:
        super().__init__(data)
        self.fields["note"].required = required

    def clean_note(self) -> str:
        """Fit to be stored."""
        note: str = self.cleaned_data["note"]
        try:
            return clean(note, code_points=None) if note.strip() else ""
        except TextRefused as refused:
            raise ValidationError(str(refused), code=refused.code) from refused


class CorrectionForm(forms.Form):
    """The idea's words with their spelling mended: the rules of writing hold."""

    seen = forms.CharField(widget=forms.HiddenInput, strip=False)

    def __init__(self, idea: Idea, language: str, data: Any = None) -> None:
        stands = idea.original.text if idea.original else ""
        super().__init__(data, initial={"text": stands, "seen": stands})
        self.fields["text"] = IdeaTextField(
            label=pgettext_lazy("moderation", "The idea, with its spelling mended"),
            shortest=idea.debate.shortest_idea,
            longest=idea.debate.longest_idea,
            language=language,
            widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "lang": idea.language}),
            error_messages={"required": _("Write the idea.")},
        )


class UndoForm(forms.Form):
    """Which decision is taken back."""

    decision = forms.ModelChoiceField(Decision.objects.none())

    def __init__(self, idea: Idea, data: Any = None) -> None:
        super().__init__(data)
        self.fields["decision"].queryset = idea.decisions.all()  # type: ignore[attr-defined]


class SpamForm(forms.Form):
    """Which ideas are refused together, and as which kind of spam."""

    reason = forms.TypedChoiceField(
        label=pgettext_lazy("decision", "Reason"),
        choices=[(reason.value, reason.label) for reason in SPAM_REASONS],
        coerce=RefusalReason,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a reason."),
            "invalid_choice": _("Choose a reason of the list."),
        },
    )


def ids_in(values: list[str]) -> list[int]:
    """The ids among what was sent, at most a page of them."""
    numbers = (id_in(value) for value in values)
    return [number for number in numbers if number is not None][:MOST_AT_ONCE]
