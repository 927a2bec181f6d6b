"""What an organiser says when judging."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class JudgeForm(forms.Form):
    """Which of them, and why. The reason is kept in the log, beside the organiser's name."""

    reason = forms.CharField(
        label=pgettext_lazy("suspects", "Why"),
        max_length=500,
        help_text=_("Kept with your name in the log of this page. 500 characters at most."),
        error_messages={"required": _("Say why: it is kept in the log.")},
    )
    who = forms.MultipleChoiceField(
        required=False,
        error_messages={"invalid_choice": _("One of those you ticked is here no more.")},
    )
    judgement = forms.ChoiceField(
        choices=[
            ("aside_all", pgettext_lazy("suspects", "Set all of them aside")),
            ("aside", pgettext_lazy("suspects", "Set the ticked aside")),
            ("back", pgettext_lazy("suspects", "Take the ticked back")),
            ("back_all", pgettext_lazy("suspects", "Take all of them back")),
        ]
    )

    def __init__(self, *args: object, people: set[UUID], **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["who"].choices = [(str(one), str(one)) for one in people]  # type: ignore[attr-defined]

    def clean(self) -> None:
        """The ticked are some."""
        said = super().clean() or self.cleaned_data
        if said.get("judgement") in {"aside", "back"} and not said.get("who"):
            self.add_error("who", _("Tick somebody first."))

    @property
    def suspect(self) -> bool:
        """Set aside, or taken back."""
        return self.cleaned_data["judgement"].startswith("aside")

    @property
    def only(self) -> list[UUID] | None:
        """The ticked; None for all."""
        if self.cleaned_data["judgement"].endswith("_all"):
            return None
        return [UUID(one) for one in self.cleaned_data["who"]]
