"""How each kind of question looks to contributors, for whoever chooses one in the page editor."""

from typing import Any

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from submissions.models import QuestionKind

_MEASURES = [_("Independent audits"), _("Training for everyone"), _("A right to appeal")]
SAMPLES: dict[str, dict[str, Any]] = {
    QuestionKind.SECTION: {
        "label": _("What you have seen"),
        "help_text": _("Three questions on what exists today."),
    },
    QuestionKind.STATEMENT: {
        "label": _("Before you answer"),
        "help_text": _("Every question is optional, and you can come back until the close."),
    },
    QuestionKind.SHORT_TEXT: {
        "label": _("What is the name of your project?"),
        "help_text": _("A few words."),
    },
    QuestionKind.LONG_TEXT: {
        "label": _("What do you propose on this theme, and why?"),
        "help_text": _("Say what should be done, by whom, and what speaks for it."),
    },
    QuestionKind.LINK: {"label": _("Where can your work be read?")},
    QuestionKind.ONE_CHOICE: {
        "label": _("Which of these should come first?"),
        "choices": _MEASURES,
    },
    QuestionKind.SEVERAL_CHOICES: {
        "label": _("Which of these do you know from your work?"),
        "choices": _MEASURES,
    },
    QuestionKind.RANKING: {
        "label": _("In which order should this be done?"),
        "choices": _MEASURES,
    },
    QuestionKind.SCALE: {
        "label": _("How well is this governed today?"),
        "low_label": pgettext_lazy("sample of a question", "Not at all"),
        "high_label": pgettext_lazy("sample of a question", "Entirely"),
    },
    QuestionKind.MATRIX: {
        "label": _("How useful would each of these be?"),
        "choices": _MEASURES,
        "columns": [
            pgettext_lazy("sample of a question", "Useless"),
            pgettext_lazy("sample of a question", "Useful"),
            pgettext_lazy("sample of a question", "Essential"),
        ],
    },
    QuestionKind.NUMBER: {
        "label": _("How many people work for your organisation?"),
        "unit": pgettext_lazy("sample of a question", "people"),
    },
    QuestionKind.DATE: {"label": _("When did your project begin?")},
    QuestionKind.FILE: {
        "label": _("Is there a document that we should read?"),
        "help_text": _("A report or an article, in any language."),
    },
}


def sample_of(kind: str) -> dict[str, Any]:
    """The words of a question of that kind, in the active language."""
    return {
        name: [str(one) for one in said] if isinstance(said, list) else str(said)
        for name, said in SAMPLES[kind].items()
    }


def shown_alone(block: Any, value: Any) -> dict[str, Any]:
    """What a preview of one question needs: its section, and the form of it alone."""
    # These read the blocks of questions, of which this is asked.
    from submissions.contributions.sections import AnswersForm  # noqa: PLC0415
    from submissions.questionnaires.shown import drafted_question  # noqa: PLC0415

    asked = drafted_question(block.name, value, get_language() or "")
    if block.name == QuestionKind.SECTION:
        return {"title": asked.label, "introduction": asked.wording.help_text}
    return {"title": "", "introduction": "", "form": AnswersForm([asked])}
