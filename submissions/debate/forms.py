"""The form in which an idea is written."""

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from submissions.debate.form_fields import IdeaTextField, OrganisationField, SpeaksForField
from submissions.debate.openings import is_only_opening, opening
from submissions.models import Debate, SpeaksFor


class LanguageRadios(forms.RadioSelect):
    """Each language bears its opening, for the script that puts it into the field."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """A radio button that knows how an idea opens in its language."""
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        if words := opening(str(value)):
            option["attrs"]["data-opening"] = f"{words} "
        return option


class IdeaForm(forms.Form):
    """An idea in one sentence, the language it is written in, and in whose name.

    It begins with the opening of its language, which the author may keep or not: what is stored is
    the text as it stands. ``form_key`` is drawn anew for each form: what one form sends twice is
    one idea.
    """

    language = forms.ChoiceField(
        label=gettext_lazy("Language of your idea"),
        widget=LanguageRadios(attrs={"class": "inline"}),
        error_messages={
            "required": gettext_lazy("Choose the language of your idea."),
            "invalid_choice": gettext_lazy("Choose one of the languages of the consultation."),
        },
    )
    speaks_for = SpeaksForField(
        label=pgettext_lazy("form", "You write"),
        choices=SpeaksFor.choices,
        widget=forms.RadioSelect(attrs={"class": "inline"}),
        error_messages={
            "invalid_choice": gettext_lazy(
                "Say whether you write as a citizen or for an organisation."
            ),
        },
    )
    organisation = OrganisationField(
        label=gettext_lazy("Name of the organisation"),
        help_text=gettext_lazy(
            "Shown beside your idea, to everybody. Without a name, it says “From an organisation”."
        ),
        widget=forms.TextInput(
            attrs={"dir": "auto", "autocomplete": "organization", "class": "when-organisation"}
        ),
    )
    form_key = forms.CharField(widget=forms.HiddenInput, required=False)

    field_order = ("language", "text", "speaks_for", "organisation", "form_key")
    messages_name = ("text", "language", "speaks_for", "organisation")

    def __init__(self, debate: Debate, language: str, data: Any = None) -> None:
        names = dict(settings.LANGUAGES)
        self.languages = [code for code in debate.consultation.languages if code in names]
        begins = opening(language)
        super().__init__(
            data,
            auto_id=f"id_debate{debate.pk}_%s",  # a page may hold several debates
            initial={
                "language": language,
                "text": f"{begins} " if begins else "",
                "speaks_for": SpeaksFor.CITIZEN,
                "form_key": uuid.uuid4(),
            },
        )
        written_in = data.get("language") if data is not None else language
        self.fields["text"] = IdeaTextField(
            label=pgettext_lazy("form", "Your idea"),
            help_text=_("In one sentence that can be understood by itself."),
            shortest=debate.shortest_idea,
            longest=debate.longest_idea,
            language=language,
            widget=forms.Textarea(
                attrs={
                    "rows": 3,
                    "dir": "auto",
                    "data-count-limit": str(debate.longest_idea),
                    "data-count-unit": "graphemes",
                    **({"lang": written_in} if written_in in self.languages else {}),
                }
            ),
            error_messages={"required": gettext_lazy("Write your idea.")},
        )
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            (code, self._named(code, str(capfirst(names[code])))) for code in self.languages
        ]
        self.order_fields(self.field_order)

    @classmethod
    def carried_over(cls, debate: Debate, language: str, sent: Any) -> "IdeaForm":
        """Filled in with what was ``sent`` by the form of another language, if anything was.

        An opening that nothing was added to gives way to the one of this language.
        """
        form = cls(debate, language)
        words = sent.get("text", "")
        kept = {name: value for name, value in sent.items() if name in form.fields}
        if is_only_opening(words, form.languages):
            kept = {name: kept[name] for name in kept if name not in {"text", "language"}}
        form.initial.update(kept)
        if form.initial["language"] in form.languages:
            form.fields["text"].widget.attrs["lang"] = form.initial["language"]
        return form

    @staticmethod
    def _named(code: str, name: str) -> str:
        """A language with the opening that its ideas have."""
        words = opening(code)
        return format_html('{} <span lang="{}">({}…)</span>', name, code, words) if words else name

    def clean_text(self) -> str:
        """What the form began with is no idea yet."""
        text: str = self.cleaned_data["text"]
        if is_only_opening(text, self.languages):
            raise ValidationError(self.fields["text"].error_messages["required"], "required")
        return text

    def clean_form_key(self) -> uuid.UUID:
        """A key that is missing or no key at all is a new one."""
        try:
            return uuid.UUID(self.cleaned_data["form_key"])
        except ValueError:
            return uuid.uuid4()

    def clean(self) -> dict[str, Any]:
        """A citizen speaks for no organisation, whatever stands in its field."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("speaks_for") == SpeaksFor.CITIZEN:
            cleaned["organisation"] = ""
            self.errors.pop("organisation", None)
        return cleaned
