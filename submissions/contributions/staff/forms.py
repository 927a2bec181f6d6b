"""The forms of the readers' desk."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from core.graphemes import TextRefused, clean
from submissions.contributions.staff import places
from submissions.contributions.staff.notes import LONGEST
from submissions.contributions.staff.people import name_of
from submissions.contributions.staff.places import Place
from submissions.contributions.staff.scheme.tree import Branch
from submissions.models import Answer, Code

LONGEST_SELECTION = 20_000


class CodesField(forms.TypedMultipleChoiceField):
    """Some codes of a scheme; its value is the codes themselves."""

    def __init__(self, branches: Iterable[Branch], **options: Any) -> None:
        self.branches = list(branches)
        self.codes = {code.pk: code for branch in self.branches for code in branch}
        super().__init__(
            label=pgettext_lazy("coding scheme", "Codes"),
            choices=[(str(pk), str(pk)) for pk in self.codes],
            coerce=lambda value: self.codes[int(value)],
            empty_value=[],
            required=False,
            error_messages={
                "invalid_choice": _("A code you chose is not in the scheme any more. Choose again.")
            },
            **options,
        )


class CodesForm(forms.Form):
    """Which codes hold, of a contribution or of a passage."""

    def __init__(self, branches: Iterable[Branch], data: Any = None, held: Any = ()) -> None:
        super().__init__(data, initial={"codes": [str(code.pk) for code in held]})
        self.fields["codes"] = CodesField(branches)

    @property
    def chosen(self) -> list[Code]:
        """The codes, of a valid form."""
        codes: list[Code] = self.cleaned_data["codes"]
        return codes

    @property
    def ticked(self) -> set[int]:
        """The numbers of those that are ticked, on screen."""
        values = self["codes"].value() or []
        return {int(value) for value in values if str(value).isascii() and str(value).isdigit()}


class MarkForm(CodesForm):
    """Words of an answer, selected or pasted, and their codes."""

    answer = forms.ModelChoiceField(
        Answer.objects.none(),
        required=False,
        error_messages={"invalid_choice": _("This answer is gone: the words stand nowhere.")},
    )
    words = forms.CharField(
        label=pgettext_lazy("passage", "Words of the passage"),
        help_text=_("Select them in an answer, or paste them here: they are looked for."),
        max_length=LONGEST_SELECTION,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={
            "required": _("Select words in an answer, or paste them into the field."),
            "max_length": _("That is too long for a passage: mark it in parts."),
        },
    )
    start = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    end = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def __init__(self, branches: Iterable[Branch], answers: list[Answer], data: Any = None) -> None:
        super().__init__(branches, data)
        self.answers = answers
        own = Answer.objects.filter(pk__in=[answer.pk for answer in answers])
        self.fields["answer"].queryset = own  # type: ignore[attr-defined]
        self.place: tuple[Answer, Place] | None = None

    def clean(self) -> dict[str, Any]:
        """Find the words: where they were selected, else in the answers."""
        data: dict[str, Any] = super().clean() or {}
        words = data.get("words", "")
        if not words.strip() or self.errors:
            if "words" in data and not words.strip():
                self.add_error("words", self.fields["words"].error_messages["required"])
            return data
        chosen, start, end = data.get("answer"), data.get("start"), data.get("end")
        try:
            if chosen is not None and start is not None and end is not None:
                self.place = chosen, places.as_selected(chosen.text, start, end, words)
            else:
                self.place = self._found([chosen] if chosen else self.answers, words)
        except places.NotFound:
            self.add_error("words", _("These words don’t stand in the answer as it is now."))
        except places.FoundOften as often:
            self.add_error("words", _often(often.times))
        return data

    def _found(self, answers: list[Answer], words: str) -> tuple[Answer, Place]:
        """In the only answer that has them. Raises as ``places.find`` does."""
        found, times = [], 0
        for answer in answers:
            try:
                found.append((answer, places.find(answer.text, words)))
                times += 1
            except places.NotFound:
                continue
            except places.FoundOften as often:
                times += often.times
        if times > 1:
            raise places.FoundOften(times)
        if not found:
            raise places.NotFound
        return found[0]


def _often(times: int) -> str:
    words = ngettext(
        "These words stand there %(number)s time: paste a few more around those you mean.",
        "These words stand there %(number)s times: paste a few more around those you mean.",
        times,
    )
    return words % {"number": times}


class NoteForm(forms.Form):
    """A private note."""

    note = forms.CharField(
        label=pgettext_lazy("contribution", "Private note"),
        help_text=_("For colleagues. Never published, and in no export."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Write the note.")},
    )

    def clean_note(self) -> str:
        """Fit to be stored."""
        note: str = self.cleaned_data["note"]
        try:
            return clean(note, code_points=None)
        except TextRefused as refused:
            raise ValidationError(str(refused), code=refused.code) from refused


class ReaderField(forms.ModelChoiceField):
    """A colleague who reads, by name."""

    def label_from_instance(self, obj: User) -> str:
        """As colleagues call them."""
        return name_of(obj)


class ReadersField(forms.ModelMultipleChoiceField):
    """Several colleagues."""

    def label_from_instance(self, obj: User) -> str:
        """As colleagues call them."""
        return name_of(obj)


class AssignForm(forms.Form):
    """Whose one contribution is to read; ``seen`` is whose it was on screen."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, readers: Any, data: Any = None) -> None:
        super().__init__(data)
        self.fields["to"] = ReaderField(
            readers,
            label=pgettext_lazy("contribution", "Give it to"),
            error_messages={
                "required": _("Choose a colleague."),
                "invalid_choice": _("Choose a colleague of the list."),
            },
            empty_label=pgettext_lazy("reader", "Choose…"),
        )


class ShareForm(forms.Form):
    """To whom contributions are given: to colleagues, in equal parts, or to nobody."""

    TICKED, LISTED = "ticked", "listed"
    READERS, NOBODY = "readers", "nobody"

    which = forms.ChoiceField(
        label=_("Which contributions"),
        choices=[(TICKED, TICKED), (LISTED, LISTED)],
        error_messages={"required": _("Say which contributions.")},
    )
    to = forms.ChoiceField(
        label=pgettext_lazy("contribution", "Give them"),
        choices=[(READERS, READERS), (NOBODY, NOBODY)],
        error_messages={"required": _("Say to whom they go.")},
    )
    only_free = forms.BooleanField(
        label=_("Only those that nobody reads yet"),
        help_text=_("Else the others change hands. What is read already stays as it is."),
        required=False,
    )

    def __init__(self, readers: Any, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["readers"] = ReadersField(
            readers,
            label=pgettext_lazy("contribution", "Readers"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": _("Choose colleagues of the list.")},
        )

    def clean(self) -> dict[str, Any]:
        """Somebody, if it is to somebody."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("to") == self.READERS and not data.get("readers") and "readers" in data:
            self.add_error("readers", _("Choose at least one colleague."))
        return data
