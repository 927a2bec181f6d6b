"""The form of a term: its words in every language, side by side."""

import unicodedata
from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.alternates import own_name
from core.models import Term, TermWording
from core.translating.glossary import words_in

EMPTY = gettext_lazy("Write what it is called in this language.")
LONGEST = 200
FEWEST = 2  # languages: words in one alone are of use to nobody


def languages() -> list[str]:
    """The languages of the glossary: those of the site, in their order."""
    return [code for code, _name in settings.LANGUAGES]


def field_of(language: str) -> str:
    """The name of the field with the words in ``language``."""
    return f"words_{language.replace('-', '_')}"


class TermForm(forms.ModelForm[Term]):
    """A field a language; at least two of them say something, and no other term says the same."""

    class Meta:
        model = Term
        fields = ("note",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        note = self.fields["note"]
        note.label = pgettext_lazy("glossary", "Note")
        note.help_text = gettext_lazy(
            "Translators read it beside the term: when to use it, and when another word."
        )
        note.widget = forms.Textarea(attrs={"rows": 2, "dir": "auto"})
        said: dict[str, str] = {}
        if self.instance.pk:
            rows = TermWording.objects.filter(term=self.instance)
            said = dict(rows.values_list("language", "words"))
        own = languages()
        fields: dict[str, forms.Field] = {
            field_of(code): forms.CharField(
                label=own_name(code),
                max_length=LONGEST,
                required=len(own) <= FEWEST,  # of three languages, one may wait for its words
                initial=said.get(code, ""),
                error_messages={"required": EMPTY},
                widget=forms.TextInput(attrs={"lang": code, "dir": "auto"}),
            )
            for code in own
        }
        self.fields = {**fields, **self.fields}

    def clean(self) -> dict[str, Any]:
        """Enough languages; words that can be found; each once in the glossary."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for code in languages():
            name = field_of(code)
            if said.get(name):
                said[name] = " ".join(unicodedata.normalize("NFC", said[name]).split())
                self._judge(code, said[name])
        empty = [code for code in languages() if said.get(field_of(code)) == ""]
        if len(languages()) - len(empty) < FEWEST:
            for code in empty:
                self.add_error(field_of(code), str(EMPTY))
        return said

    def _judge(self, language: str, words: str) -> None:
        if not words_in(words):
            self.add_error(field_of(language), _("Write words, in letters or figures."))
            return
        same = TermWording.objects.filter(language=language, words__iexact=words)
        other = same.exclude(term=self.instance.pk).select_related("term").first()
        if other is not None:
            self.add_error(
                field_of(language),
                _(
                    "The glossary has this already: “%(term)s”. Change that entry; its note can"
                    " tell when another word is right."
                )
                % {"term": other.term},
            )

    def save(self, commit: bool = True) -> Term:
        """The term with its words; a language left empty has none."""
        with transaction.atomic():
            term: Term = super().save(commit=True)
            for code in languages():
                if words := self.cleaned_data[field_of(code)]:
                    TermWording.objects.update_or_create(
                        term=term, language=code, defaults={"words": words}
                    )
                else:
                    TermWording.objects.filter(term=term, language=code).delete()
        return term
