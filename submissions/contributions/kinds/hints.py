"""What stands under a question before anybody answers it: what would be refused is said first."""

from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from core.numbers import number
from core.typography import typeset
from submissions.contributions.kinds.amounts import range_in_words
from submissions.contributions.questions import AskedQuestion
from submissions.models import AnswerPublication, Question, QuestionKind

RULES: dict[str, Promise | str] = {
    QuestionKind.RANKING: gettext_lazy(
        "Give the rank 1 to what comes first, 2 to what comes next, and so on."
    ),
    QuestionKind.DATE: gettext_lazy("For example: 27 3 2026."),
    QuestionKind.LINK: gettext_lazy("The address of a page, such as https://example.org/report."),
}


def hint_of(asked: AskedQuestion, condition: str = "") -> SafeString:
    """When a question is asked, its help, and the rules that its kind has: a line each."""
    wording, question = asked.wording, asked.question
    rule = _limit_of(question) or RULES.get(question.kind, "")
    never = question.publication == AnswerPublication.NEVER
    lines = [
        condition,
        typeset(wording.help_text, wording.language),
        rule,
        _("This answer is never published.") if never else "",
    ]
    return format_html_join(
        "", '<span class="hint-line">{}</span>', [[line] for line in lines if line]
    )


def _limit_of(question: Question) -> str:
    """How many may be ticked or ranked, from which number to which."""
    language, most = get_language() or "en", question.most_choices
    match question.kind:
        case QuestionKind.SEVERAL_CHOICES if most:
            message = ngettext(
                "Tick %(most)s answer at most.", "Tick %(most)s answers at most.", most
            )
        case QuestionKind.RANKING if most:
            message = ngettext(
                "Give the rank 1 to what comes first, and leave the rest.",
                "Give ranks from 1, which comes first, to %(most)s. Leave the rest.",
                most,
            )
        case QuestionKind.NUMBER:
            return range_in_words(question.lowest, question.highest, language)
        case _:
            return ""
    return message % {"most": number(most, language)}
