"""The sections of a questionnaire, one a page, and the form of some of its questions."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from core.typography import typeset
from submissions.contributions.fields import SHORT_TEXT_GRAPHEMES, WrittenText
from submissions.contributions.follow_ups import (
    applies,
    conditions_of,
    parent_of,
    said_condition,
)
from submissions.contributions.kinds import AttachedField, field_for
from submissions.contributions.kinds.answering import Answering
from submissions.contributions.kinds.choosing import OTHER, OneChoiceField, Revealing
from submissions.contributions.layout import MOST_REVEALED, Group
from submissions.contributions.questions import AskedQuestion, Versions, asked_in
from submissions.contributions.sent import GivenAnswer
from submissions.models import AnswerPublication, QuestionKind, Questionnaire


@dataclass(frozen=True)
class Section:
    """A page of a questionnaire. ``key`` is the pk of its heading's question, 0 before any."""

    questionnaire: Questionnaire
    key: int
    title: str
    introduction: str
    asked: tuple[AskedQuestion, ...]  # statements among them


def sections_in(
    questionnaire: Questionnaire, language: str, shown: Versions | None = None
) -> list[Section]:
    """What the page of ``language`` asks now, section by section; none of them is empty.

    Reads the prefetched ``questions.WITH_QUESTIONS``.
    """
    sections: list[tuple[int, str, str, list[AskedQuestion]]] = [(0, "", "", [])]
    for one in asked_in(questionnaire, language, shown):
        if one.question.kind == QuestionKind.SECTION:
            introduction = typeset(one.wording.help_text, language)
            sections.append((one.question.pk, one.label, introduction, []))
        else:
            sections[-1][3].append(one)
    return [
        Section(questionnaire, key, title, introduction, tuple(asked))
        for key, title, introduction, asked in sections
        if asked
    ]


def as_posted(data: Mapping[str, Sequence[str]]) -> QueryDict:
    """What was kept of a form, as a form reads it."""
    posted = QueryDict(mutable=True)
    for name, values in data.items():
        posted.setlist(name, list(values))
    return posted


class AnswersForm(forms.Form):
    """Some questions of a questionnaire. ``complete`` False: nothing is required yet.

    Words are judged all the same. ``elsewhere`` holds what is kept of other sections, for the
    follow-ups whose condition stands there; ``attached`` the questions whose file is there. The
    control of a file is not ours: the page's context brings ``file_controls``, by question.
    """

    def __init__(
        self,
        asked: Sequence[AskedQuestion],
        data: QueryDict | None = None,
        *,
        elsewhere: Mapping[str, list[str]] | None = None,
        complete: bool = False,
        attached: Collection[int] = (),
    ) -> None:
        super().__init__(data)
        self.asked = asked
        self.elsewhere = elsewhere or {}
        self.complete = complete
        self.attached = attached
        self._here = {one.question.pk: one for one in asked}
        self.conditions = {pk: said_condition(one, self._here) for pk, one in self._here.items()}
        for one in self.shown:
            self._ask(one)

    @cached_property
    def shown(self) -> list[AskedQuestion]:
        """What stands on the page: not the follow-ups that something on another page rules out."""
        return [
            one
            for one in self.asked
            if one.question.kind != QuestionKind.SECTION and self._may_apply(one)
        ]

    def _may_apply(self, one: AskedQuestion, above: frozenset[int] = frozenset()) -> bool:
        """Whether it applies, or could once something else is ticked on this page."""
        above |= {one.question.pk}
        here = {
            choice.question_id
            for choice in conditions_of(one.question)
            if choice.question_id in self._here.keys() - above and choice.retired_at is None
        }
        return any(self._may_apply(self._here[pk], above) for pk in here) or self.applies(one)

    def _ask(self, one: AskedQuestion) -> None:
        """The fields of a question. None is required before the whole has to be ``complete``."""
        name, question = one.field_name, one.question
        field = field_for(
            one,
            required=question.required and self.complete,
            condition=self.conditions[question.pk],
        )
        if field is None:
            return
        self._add(name, field, marked=question.required)
        if isinstance(field, AttachedField):
            field.attached = question.pk in self.attached
        if isinstance(field, OneChoiceField) and not field.required and self._sent(name):
            field.offer_no_answer()
        if question.other:
            other = WrittenText(
                label=_("Say which"),
                limit=SHORT_TEXT_GRAPHEMES,
                unit="graphemes",
                one_line=True,
                counter=False,
                required=False,
                # An empty placeholder tells the stylesheet whether something is written.
                widget=forms.TextInput(attrs={"placeholder": " "}),
            )
            self._add(f"{name}_other", other, marked=True)
        if question.publication == AnswerPublication.ASKED:
            publish = forms.BooleanField(label=_("You may publish this answer."), required=False)
            self._add(f"{name}_publish", publish, marked=True)

    def _add(self, name: str, field: forms.Field, *, marked: bool) -> None:
        """``marked``: without "(optional)" behind its label, required by now or not."""
        field.never_marked_optional = marked  # type: ignore[attr-defined]
        self.fields[name] = field

    def _sent(self, name: str) -> list[str]:
        """What the form holds under that name; empty texts left out."""
        values = self.data.getlist(name) if isinstance(self.data, QueryDict) else []
        return [value for value in values if value]

    def raw(self, one: AskedQuestion) -> dict[str, list[str]]:
        """What was typed for it, to keep; nothing if it was left empty.

        Of what is not on the page (``shown``), what was kept before: it is not for this page to
        change.
        """
        name = one.field_name
        if isinstance(self.data, QueryDict):
            field = self.fields.get(name) or field_for(one)
            kept = field.typed(self.data, name) if isinstance(field, Answering) else {}
            for beside in (f"{name}_other", f"{name}_publish"):
                if words := self._sent(beside):
                    kept[beside] = words[:1]
            if kept or one in self.shown:
                return kept
        mine = re.compile(f"{name}(?:_.+)?")
        return {key: list(said) for key, said in self.elsewhere.items() if mine.fullmatch(key)}

    def applies(self, one: AskedQuestion) -> bool:
        """Whether ``one`` is asked, given what is ticked: of a follow-up, perhaps not."""
        if not conditions_of(one.question):
            return True
        everything = one.question.questionnaire.questions.all()
        questions = {question.pk: question for question in everything}
        return applies(one.question, self._typed, questions)

    def _typed(self, name: str) -> Sequence[str]:
        here = any(name == one.field_name for one in self.asked)
        return self._sent(name) if here else self.elsewhere.get(name, ())

    def clean(self) -> dict[str, Any]:
        """What one field alone can't tell: "Other" with its words, files, what does not apply."""
        cleaned = super().clean() or {}
        for one in self.shown:
            name = one.field_name
            if not self.applies(one):
                for field in (name, f"{name}_other", f"{name}_publish"):
                    self.errors.pop(field, None)
                    cleaned.pop(field, None)
            elif f"{name}_other" in self.fields:
                self._clean_other(name, cleaned)
        return cleaned

    def _clean_other(self, name: str, cleaned: dict[str, Any]) -> None:
        words, chosen = cleaned.get(f"{name}_other", ""), cleaned.get(name) or ()
        one_of_several = isinstance(self.fields[name], forms.MultipleChoiceField)
        other = OTHER in chosen if one_of_several else chosen == OTHER
        if words and not self._sent(name):
            self.errors.pop(name, None)  # what is written there is the choice
            cleaned[name] = [OTHER] if one_of_several else OTHER
        elif words and not other and name not in self.errors:
            told = _("To give this answer, choose “Other, say which” too. Else delete these words.")
            self.add_error(f"{name}_other", told)
        elif other and not words and self.complete and f"{name}_other" not in self.errors:
            self.add_error(f"{name}_other", _("Say which, or choose another answer."))

    def given(self) -> list[GivenAnswer]:
        """What a valid form says; follow-ups that don't apply are left out."""
        return [answer for one in self.shown if (answer := self._given(one)) is not None]

    def _given(self, one: AskedQuestion) -> GivenAnswer | None:
        name = one.field_name
        field: Any = self.fields.get(name)
        cleaned = getattr(self, "cleaned_data", {})
        if not isinstance(field, Answering) or name not in cleaned or not self.applies(one):
            return None
        value: Any = cleaned[name]
        said = field.given(value)
        if f"{name}_other" in self.fields and OTHER in [value, *(value or ())]:
            said |= {"text": words} if (words := cleaned.get(f"{name}_other")) else {}
        agreed = bool(cleaned.get(f"{name}_publish"))
        # A file stands for itself; what is agreed to for it needs an answer to be told by.
        if not said and not (isinstance(field, AttachedField) and field.attached and agreed):
            return None
        asks = one.question.publication
        may = asks == AnswerPublication.WITH_THE_REST or (
            asks == AnswerPublication.ASKED and agreed
        )
        return GivenAnswer(one.question.pk, one.wording.version, may_publish=may, **said)

    @cached_property
    def helper(self) -> FormHelper:
        """The questions, with follow-ups under what they follow; no form tag and no buttons."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        groups: dict[int, Group] = {}
        top: list[Group] = []
        for one in self.shown:
            group = groups[one.question.pk] = Group(one)
            parent = parent_of(one, groups)
            if parent is None or parent == one.question.pk:
                top.append(group)
                continue
            above = groups[parent].follow_ups
            above.append(group)
            group.place = len(above)
            if group.place <= MOST_REVEALED:
                self._reveal(groups[parent].one, one, group.place)
        helper.layout = Layout(*top)
        return helper

    def _reveal(self, parent: AskedQuestion, one: AskedQuestion, place: int) -> None:
        """Tell the choices of ``parent`` that they show its follow-up number ``place``."""
        widget = self.fields[parent.field_name].widget
        if isinstance(widget, Revealing):
            for choice in conditions_of(one.question):
                shows = widget.reveals.get(str(choice.pk), "")
                widget.reveals = widget.reveals | {str(choice.pk): f"{shows} {place}".strip()}
