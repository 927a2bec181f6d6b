"""A questionnaire with every kind of question, as its page of each language asks it."""

from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from django.http import QueryDict
from django.template import Context, Template
from django.utils import translation

from submissions.contributions.questions import WITH_QUESTIONS, AskedQuestion, asked_in
from submissions.contributions.sections import AnswersForm, as_posted
from submissions.models import Choice, Question, Questionnaire
from tests.factories import BilingualSite, bilingual_site, bilingual_theme, questionnaire_block
from themes.models import ThemePage

EVERY_KIND: list[tuple[str, dict[str, Any]]] = [
    ("section", {"label": "Your work", "help_text": "What you do, in short."}),
    ("statement", {"label": "Before you begin", "help_text": "Read **this**:\n\n- one\n- two"}),
    ("short_text", {"label": "Name one project.", "help_text": "A few words."}),
    ("long_text", {"label": "What do you propose?"}),
    ("link", {"label": "Where can it be read?"}),
    ("section", {"label": "Your views", "help_text": ""}),
    ("one_choice", {"label": "Which comes first?", "choices": ["Health", "Schools", "Work"]}),
    ("several_choices", {"label": "What is missing?", "choices": ["Data", "Money", "People"]}),
    ("ranking", {"label": "In which order?", "choices": ["Hospitals", "Courts", "Farms"]}),
    ("scale", {"label": "How open?", "low_label": "Not at all", "high_label": "Entirely"}),
    (
        "matrix",
        {
            "label": "How much of each?",
            "choices": ["Research", "Teaching"],
            "columns": ["Less", "As now", "More"],
        },
    ),
    ("number", {"label": "How many people?", "unit": "people"}),
    ("date", {"label": "Since when?"}),
    ("file", {"label": "Add your study."}),
]


@dataclass
class Asking:
    """A questionnaire in two languages, and its form."""

    where: BilingualSite
    page: ThemePage
    page_fr: ThemePage
    row: Questionnaire

    def fresh(self) -> Questionnaire:
        """The row with all that its form reads."""
        rows = Questionnaire.objects.with_state().prefetch_related(*WITH_QUESTIONS)
        return rows.get(pk=self.row.pk)

    def question(self, kind: str) -> Question:
        """The first question of that kind."""
        found = self.row.questions.filter(kind=kind).order_by("position").first()
        assert found is not None
        return found

    def set(self, kind: str, **rules: Any) -> Question:
        """Give the question of that kind rules."""
        question = self.question(kind)
        for name, value in rules.items():
            setattr(question, name, value)
        question.save()
        return question

    def choice(self, kind: str, position: int) -> Choice:
        """One of its choices; of a matrix, lines come before columns."""
        return self.question(kind).choices.get(position=position)

    def name(self, kind: str, *parts: Any) -> str:
        """The name of its field, or of a part of it."""
        return "_".join(["question", str(self.question(kind).pk), *map(str, parts)])

    def asked(self, language: str = "en") -> list[AskedQuestion]:
        """All that is asked."""
        return asked_in(self.fresh(), language)

    def one(self, kind: str, language: str = "en") -> AskedQuestion:
        """The question of that kind as it is asked."""
        return next(one for one in self.asked(language) if one.question.kind == kind)

    def form(
        self, data: dict[str, Any] | None = None, language: str = "en", **options: Any
    ) -> AnswersForm:
        """All questions in one form; values of ``data`` are texts or lists of texts."""
        posted: QueryDict | None = None
        if data is not None:
            posted = as_posted({k: v if isinstance(v, list) else [v] for k, v in data.items()})
        return AnswersForm(self.asked(language), posted, **options)

    def errors(self, data: dict[str, Any], language: str = "en", **options: Any) -> list[str]:
        """What the form says is wrong."""
        with translation.override(language):
            form = self.form(data, language, **options)
            return [str(message) for found in form.errors.values() for message in found]


def asking(questions: list[tuple[str, dict[str, Any]]] | None = None) -> Asking:
    """A site with a theme that asks ``questions``, by default one of every kind."""
    where = bilingual_site()
    block = questionnaire_block(questions=EVERY_KIND if questions is None else questions)
    page, page_fr = bilingual_theme(where, block)
    row = Questionnaire.objects.get(translation_key=page.translation_key)
    return Asking(where, page, page_fr, row)


def drawn(form: AnswersForm, language: str = "en") -> BeautifulSoup:
    """The form as a page shows it."""
    with translation.override(language):
        template = Template("{% load crispy_forms_tags %}{% crispy form %}")
        return BeautifulSoup(template.render(Context({"form": form})), "html.parser")
