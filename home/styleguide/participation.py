"""Samples of what people meet when they take part: ideas, votes, forms, journeys."""

from collections.abc import Iterator
from typing import Any

from home.styleguide import rows
from home.styleguide.forms import OtherFields
from home.styleguide.samples import Sample, Samples, Telling
from submissions.blocks import DebateBlock, QuestionnaireBlock
from submissions.contributions.sections import AnswersForm
from submissions.models import QUALIFIES, Idea, Phase, QuestionKind, TextOrigin, VoteChoice
from submissions.questionnaires.printing import printed
from submissions.templatetags.form_state import FormState


def said_in(telling: Telling, language: str) -> str:
    """The idea that stands in both languages."""
    words: str = telling.words["ideas"]["translated"]["french" if language == "fr" else "english"]
    return words


def sample_idea(telling: Telling, number: int = 0, origin: TextOrigin = TextOrigin.PERSON) -> Idea:
    """A translated idea."""
    here, other = telling.language, telling.other_language
    return rows.translated(
        number, (here, said_in(telling, here)), (other, said_in(telling, other)), origin
    )


def idea_cards(telling: Telling) -> list[Sample]:
    """Both languages, then what a text may be at its worst."""
    said = telling.words["ideas"]
    letters = (said["word"] * 6)[: rows.LONGEST_IDEA]
    shown: list[tuple[str, Idea]] = [
        ("english", rows.idea(1, "en", said["english"], votes=(26, 4, 7))),
        ("french", rows.idea(2, "fr", said["french"], votes=(1_204, 86, 310))),
        ("emoji", rows.idea(3, "fr", said["emoji"] * rows.LONGEST_IDEA)),
        ("rtl", rows.idea(4, "ar", said["rtl"], votes=(3, 1, 0))),
        ("word", rows.idea(5, "fr", letters, votes=(0, 2, 1))),
    ]
    template = "submissions/debate/idea_card.html"
    return [
        Sample(template, {"idea": idea, "results_shown": True}, telling.label(name))
        for name, idea in shown
    ]


def idea_words(telling: Telling) -> list[Sample]:
    """The author's own, and both kinds of translation."""
    here = telling.language
    own = rows.idea(11, here, said_in(telling, here))
    person = sample_idea(telling, 12)
    machine = sample_idea(telling, 13, TextOrigin.MACHINE)
    template, frame = "submissions/debate/card_words.html", "vote-card"
    return [
        Sample(template, {"card": rows.card(idea, here), "idea": idea}, telling.label(name), frame)
        for name, idea in (("own", own), ("person", person), ("machine", machine))
    ]


def _voted(telling: Telling, choice: VoteChoice | None, number: int) -> dict[str, Any]:
    idea = rows.idea(number, telling.language, said_in(telling, telling.language))
    return {"card": rows.card(idea, telling.language, choice), "idea": idea}


def vote_buttons(telling: Telling) -> list[Sample]:
    """Before, then each choice."""
    template = "submissions/debate/vote_form.html"
    chosen = [
        Sample(template, _voted(telling, choice, 21 + at), str(choice.label), "vote-card")
        for at, choice in enumerate(VoteChoice)
    ]
    before = _voted(telling, None, 20)
    return [Sample(template, before, telling.label("before"), "vote-card"), *chosen]


def vote_done(telling: Telling) -> list[Sample]:
    """Each choice."""
    template, following = "submissions/debate/vote_done.html", {"next_url": "?"}
    return [
        Sample(template, _voted(telling, choice, 31 + at) | following, str(choice.label))
        for at, choice in enumerate(VoteChoice)
    ]


def qualification_choices(choice: VoteChoice, chosen: int) -> list[tuple[str, str, bool]]:
    """The three that belong to ``choice``, the first ``chosen`` of them pressed."""
    return [(one.value, str(one.label), at < chosen) for at, one in enumerate(QUALIFIES[choice])]


def qualifications(telling: Telling) -> list[Sample]:
    """None, one and two chosen: one a choice."""
    return [
        Sample(
            "submissions/debate/qualifications.html",
            _voted(telling, choice, 41 + chosen)
            | {
                "action": "#qualifications",
                "qualifications": qualification_choices(choice, chosen),
            },
            str(choice.label),
        )
        for chosen, choice in enumerate(VoteChoice)
    ]


def tallies(telling: Telling) -> list[Sample]:
    """From none to many, and the extremes."""
    counts = {
        "no_vote": (0, 0, 0),
        "one_vote": (0, 1, 0),
        "many": (8_412, 2_961, 1_374),
        "all_agree": (48, 0, 0),
        "nobody_agrees": (0, 31, 12),
    }
    return [
        Sample(
            "components/tally.html",
            {"agree": agree, "disagree": disagree, "neutral": neutral},
            telling.label(name),
        )
        for name, (agree, disagree, neutral) in counts.items()
    ]


def debate(telling: Telling) -> list[Sample]:
    """Open, and without ideas."""
    value = DebateBlock().get_preview_value()
    context = {"value": value, "row": rows.debate(number=1)}
    return [Sample("submissions/blocks/debate.html", context)]


def debate_states(telling: Telling) -> list[Sample]:
    """Before and after."""
    return [
        Sample(
            "submissions/debate/phase_notice.html",
            {
                "phase": phase.value,
                "debate": (row := rows.debate(phase)),
                "opens": row.opening,
                "closed_since": row.closed_since,
            },
            telling.label(phase.value),
        )
        for phase in (Phase.UPCOMING, Phase.CLOSED)
    ]


def fields(telling: Telling) -> list[Sample]:
    """A whole questionnaire, with a question of each kind."""
    form = AnswersForm(rows.asked(telling.words["questions"], telling.language))
    return [Sample("styleguide/form.html", {"form": form}, frame="form")]


def on_paper(telling: Telling) -> list[Sample]:
    """The same questions, to be printed."""
    asked = rows.asked(telling.words["questions"], telling.language)
    places = {one.question.pk: place for place, one in enumerate(asked, start=1)}
    return [
        Sample("submissions/questionnaires/printed_question.html", {"one": printed(one, places)})
        for one in asked
        if one.question.kind != QuestionKind.LONG_TEXT  # a page of lines
    ]


def other_fields(telling: Telling) -> list[Sample]:
    """What questionnaires have not, sent empty and wrong."""
    wrong = {
        "wrong-site": "example",
        "wrong-year": "x",
        "wrong-day": "y",
        "wrong-postcode": "75007",
    }
    form = OtherFields(telling.words["fields"], data=wrong, prefix="wrong")
    return [Sample("styleguide/fields.html", {"form": form}, frame="form")]


def form_states(telling: Telling) -> list[Sample]:
    """The three."""
    whens = {
        Phase.UPCOMING: rows.tomorrow(),
        Phase.OPEN: rows.tomorrow(),
        Phase.CLOSED: rows.yesterday(),
    }
    return [
        Sample(
            "submissions/blocks/form_state.html",
            {"state": FormState(phase, when)},
            telling.label(phase.value),
        )
        for phase, when in whens.items()
    ]


def questionnaire(telling: Telling) -> list[Sample]:
    """Open."""
    value = QuestionnaireBlock().get_preview_value()
    context = {"value": value, "row": rows.questionnaire()}
    return [Sample("submissions/blocks/questionnaire.html", context)]


def progress(telling: Telling) -> list[Sample]:
    """Begun, and at its end."""
    place: str = telling.words["samples"]["place"]
    return [
        Sample(
            "components/progress.html",
            {"label": place.format(number=at, length=12), "number": at, "length": 12},
            telling.label(name),
        )
        for name, at in (("first", 1), ("last", 12))
    ]


def tasks(telling: Telling) -> list[Sample]:
    """Every state, and a part that can't be opened yet."""
    said = telling.words["samples"]
    states = ("done", "in_progress", "error", "not_started", "not_started")
    listed = [
        {"title": title, "state": state, "url": "#task-list"}
        for title, state in zip(said["tasks"], states, strict=True)
    ]
    listed[-1] |= {"url": "", "hint": said["task_hint"]}
    return [Sample("components/task_list.html", {"id": "task", "tasks": listed})]


def answers(telling: Telling) -> list[Sample]:
    """With and without a way to change them."""

    def said(url: str) -> Iterator[dict[str, str]]:
        for label, text in telling.words["samples"]["answers"]:
            yield {"label": label, "text": text, "url": url}

    template = "components/summary_list.html"
    return [
        Sample(template, {"answers": list(said("#summary-list"))}, telling.label("to_check")),
        Sample(template, {"answers": list(said(""))}, telling.label("to_copy")),
    ]


PARTICIPATION: dict[str, Samples] = {
    "idea-card": idea_cards,
    "idea-words": idea_words,
    "vote-buttons": vote_buttons,
    "vote-done": vote_done,
    "qualifications": qualifications,
    "tally": tallies,
    "debate": debate,
    "debate-state": debate_states,
    "fields": fields,
    "on-paper": on_paper,
    "other-fields": other_fields,
    "form-state": form_states,
    "questionnaire": questionnaire,
    "progress": progress,
    "task-list": tasks,
    "summary-list": answers,
}
