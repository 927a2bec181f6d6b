"""The questions on paper: room to write, boxes to tick, and what happens with the sheet."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Site

from core.numbers import number
from core.typography import typeset
from submissions.contributions.drafts.tasks import title_of
from submissions.contributions.fields import SHORT_TEXT_GRAPHEMES
from submissions.contributions.formatting import as_html
from submissions.contributions.questions import AskedQuestion
from submissions.contributions.surroundings import surroundings
from submissions.models import (
    NOT_ANSWERED,
    AnswerPublication,
    QuestionKind,
    Questionnaire,
)
from submissions.questionnaires.preview import frame_of
from submissions.questionnaires.shown import published_questions, sections_of, with_all

WORDS_PER_LINE = 10
LONGEST_ROOM = 22  # lines, about a page: longer answers go on a sheet of their own


@dataclass(frozen=True)
class PrintedQuestion:
    """One question with what to do about it, and the room it needs."""

    asked: AskedQuestion
    place: int  # 0 for what is only read
    instructions: tuple[str, ...]
    lines: range
    choices: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    words: SafeString | str = ""  # of what is only read


@require_safe
def questionnaire_print(request: HttpRequest, questionnaire_id: int) -> HttpResponse:
    """The sheet of everybody who reads the page of this language, open or not."""
    language = get_language() or ""
    questionnaire = get_object_or_404(
        with_all(Questionnaire.objects.with_state()),
        pk=questionnaire_id,
        consultation__site=Site.find_for_request(request),
        retired_at__isnull=True,
    )
    asked = published_questions(questionnaire, language)
    if not asked:
        raise Http404("not on a live page of this language")
    return printed_page(request, questionnaire, asked)


def printed_page(
    request: HttpRequest, questionnaire: Questionnaire, asked: list[AskedQuestion]
) -> HttpResponse:
    """The sheet in the active language."""
    language = get_language() or ""
    places = {
        one.question.pk: place
        for place, one in enumerate(
            (one for one in asked if one.question.kind not in NOT_ANSWERED), start=1
        )
    }
    sections = sections_of(asked)
    context: dict[str, Any] = surroundings(request, questionnaire, language)
    context |= frame_of(request)
    context |= {
        "label": questionnaire.label_in(language),
        "sections": [
            {
                "section": section,
                "title": title_of(section, alone=len(sections) == 1),
                "questions": [printed(one, places) for one in section.asked],
            }
            for section in sections
        ],
        "many": len(places),
    }
    return render(request, "submissions/questionnaires/print.html", context)


def printed(one: AskedQuestion, places: dict[int, int]) -> PrintedQuestion:
    """A question as it stands on paper; ``places`` are the numbers of all that are answered."""
    kind = one.question.kind
    return PrintedQuestion(
        asked=one,
        place=places.get(one.question.pk, 0),
        instructions=tuple(_instructions(one, places)),
        lines=range(_room(one)),
        choices=tuple(label for _choice, label in one.choices),
        columns=tuple(label for _choice, label in one.columns),
        words=as_html(typeset(one.wording.help_text, one.wording.language))
        if kind == QuestionKind.STATEMENT
        else "",
        points=tuple(str(point) for point in range(1, one.question.scale_points + 1))
        if kind == QuestionKind.SCALE
        else (),
    )


def _room(one: AskedQuestion) -> int:
    match one.question.kind:
        case QuestionKind.SHORT_TEXT | QuestionKind.LINK:
            return 2
        case QuestionKind.LONG_TEXT:
            return min(max(one.question.word_limit // WORDS_PER_LINE, 4), LONGEST_ROOM)
        case QuestionKind.NUMBER | QuestionKind.DATE:
            return 1
    return 0


def _instructions(one: AskedQuestion, places: dict[int, int]) -> list[str]:
    """What the form on the site says and does by itself."""
    question = one.question
    if question.kind in NOT_ANSWERED:
        return []
    said = [*_condition(one, places)]
    if question.required:
        said.append(_("An answer is required."))
    said.extend(_how(one))
    match question.publication:
        case AnswerPublication.NEVER:
            said.append(_("This answer is never published."))
        case AnswerPublication.ASKED:
            said.append(_("You will be asked whether this answer may be published."))
    return said


_HOW = {
    QuestionKind.ONE_CHOICE: gettext_lazy("Tick one box."),
    QuestionKind.SCALE: gettext_lazy("Tick one box."),
    QuestionKind.SEVERAL_CHOICES: gettext_lazy("Tick as many boxes as apply."),
    QuestionKind.RANKING: gettext_lazy(
        "Number them: 1 for what comes first, 2 for what comes next."
    ),
    QuestionKind.MATRIX: gettext_lazy("Tick one box in each line."),
    QuestionKind.DATE: gettext_lazy("Day, month, year."),
    QuestionKind.LINK: gettext_lazy("The address of a page, such as https://example.org/report."),
    QuestionKind.FILE: gettext_lazy("A file is added on the site."),
}


def _how(one: AskedQuestion) -> list[str]:
    question = one.question
    match question.kind:
        case QuestionKind.SHORT_TEXT:
            message = ngettext(
                "%(limit)s character at most.",
                "%(limit)s characters at most.",
                SHORT_TEXT_GRAPHEMES,
            )
            return [message % {"limit": _number(SHORT_TEXT_GRAPHEMES)}]
        case QuestionKind.LONG_TEXT:
            message = ngettext(
                "%(limit)s word at most.", "%(limit)s words at most.", question.word_limit
            )
            return [message % {"limit": _number(question.word_limit)}]
        case QuestionKind.SEVERAL_CHOICES if question.most_choices:
            message = ngettext(
                "Tick %(most)s box at most.", "Tick %(most)s boxes at most.", question.most_choices
            )
            return [message % {"most": _number(question.most_choices)}]
        case QuestionKind.RANKING if question.most_choices:
            message = ngettext(
                "Number the %(most)s that comes first: 1.",
                "Number the %(most)s that come first: 1, 2, and so on.",
                question.most_choices,
            )
            return [message % {"most": _number(question.most_choices)}]
    return [str(_HOW[kind]) for kind in _HOW if kind == question.kind]


def _condition(one: AskedQuestion, places: dict[int, int]) -> list[str]:
    """When a follow-up is to be answered; nothing for what everybody is asked."""
    if not one.question.pk or one.question._state.adding:
        return []
    ticked: dict[int, list[str]] = {}
    for choice in one.question.follows.all():
        if choice.retired_at is None and choice.question_id in places:
            label = typeset(choice.label_in(one.wording.language), one.wording.language)
            quoted = pgettext("quotation", "“%(words)s”") % {"words": label}
            ticked.setdefault(choice.question_id, []).append(quoted)
    return [
        _("Only if you ticked %(choices)s in question %(place)s.")
        % {"choices": ", ".join(labels), "place": places[earlier]}
        for earlier, labels in ticked.items()
    ]


def _number(value: int) -> str:
    return number(value, get_language() or "en")
