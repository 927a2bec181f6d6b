"""The languages in which somebody reads ideas: asked once, and changed at will."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.alternates import own_name
from submissions.models import Consultation, Debate, Participant


def several_languages(debate: Debate) -> bool:
    """Whether there is something to choose."""
    return len(debate.consultation.languages) > 1


def asks_languages(debate: Debate, participant: Participant) -> bool:
    """Whether there is something to choose, and it was not asked yet."""
    return not participant.reads and several_languages(debate)


def read_in(participant: Participant, languages: list[str]) -> None:
    """From now on, show the participant ideas that can be read in one of ``languages``."""
    Participant.objects.filter(pk=participant.pk).update(reads=languages)  # or erased meanwhile


class LanguagesForm(forms.Form):
    """Which of the consultation's languages somebody reads: one at least."""

    reads = forms.MultipleChoiceField(
        label=gettext_lazy("Which languages do you read ideas in?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Choose one language at least."),
            "invalid_choice": gettext_lazy("Choose among the languages of the consultation."),
        },
    )

    def __init__(
        self, consultation: Consultation, participant: Participant, language: str, data: Any = None
    ) -> None:
        super().__init__(data, initial={"reads": participant.reads or [language]})
        names = dict(settings.LANGUAGES)
        offered = [code for code in consultation.languages if code in names]
        self.fields["reads"].choices = [  # type: ignore[attr-defined]
            (code, own_name(code)) for code in offered
        ]
        self.fields["reads"].help_text = _(
            "You are shown ideas written in these languages, and those whose translation "
            "somebody has read over."
        )
