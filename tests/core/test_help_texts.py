"""Each field and panel that editors meet says what goes there, in a sentence of each language."""

import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import override
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, Panel, get_edit_handler
from wagtail.contrib.settings.registry import registry
from wagtail.models import get_page_models
from wagtail.snippets.models import get_snippet_models

from core.checks.panel import ChecksPanel
from core.translating.glossary_form import TermForm
from submissions.edit_panels import FormBlocksPanel
from submissions.models import QuestionKind
from submissions.questionnaires.rules import HELP, OF_KIND, panel_of
from submissions.questionnaires.viewsets import QuestionnaireViewSet
from submissions.viewsets import DebateViewSet
from tests.core.choosable import fields

LANGUAGES = [code for code, _name in settings.LANGUAGES]
LONGEST = 220  # characters: three lines of the editor
WITH_HELP = (FieldPanel, ChecksPanel, FormBlocksPanel, MultiFieldPanel)
# Why a panel has none.
WITHOUT = {
    "CommentPanel": "it switches the comments on, and shows nothing",
    "SchedulingPanel": "a dialog of Wagtail's, which explains itself; its two dates have help",
}
# Named by their heading, and filled by fields that each have their help.
GROUPS_OF_RULES = {"Consultation", "Debate", "Questionnaire", "Question"}


def walk(panel: Panel) -> Iterator[Panel]:
    yield panel
    for child in getattr(panel, "children", []):
        yield from walk(child)


def handlers() -> Iterator[tuple[str, Panel]]:
    """The forms of pages, of snippets, of settings, of debates, questionnaires and questions."""
    for page_type in get_page_models():
        if page_type._meta.app_label != "wagtailcore":
            yield page_type.__name__, page_type.get_edit_handler()
    for model in [*registry, *get_snippet_models()]:
        yield model.__name__, get_edit_handler(model)
    for viewset in (DebateViewSet, QuestionnaireViewSet):
        yield viewset.model.__name__, ObjectList(viewset.panels).bind_to_model(viewset.model)
    for kind in QuestionKind.values:
        yield f"Question {kind}", panel_of(kind)


def help_of(panel: Panel) -> Any:
    if panel.help_text or not isinstance(panel, FieldPanel):
        return panel.help_text
    return panel.db_field.help_text


def met() -> Iterator[tuple[str, Any]]:
    """Everything with help, with what it says."""
    for name, handler in handlers():
        for panel in walk(handler):
            kind = type(panel).__name__
            if kind in WITHOUT or not isinstance(panel, WITH_HELP):
                continue
            if isinstance(panel, MultiFieldPanel) and name.split()[0] in GROUPS_OF_RULES:
                continue
            place = getattr(panel, "field_name", None) or panel.heading
            said = HELP.get(place) if name.startswith("Question ") else help_of(panel)
            yield f"{name}: {place}", said
    for name, block in fields():
        yield (
            name,
            getattr(getattr(block, "field", None), "help_text", "")
            or getattr(block.meta, "help_text", ""),
        )
    for name, field in TermForm().fields.items():
        if not name.startswith("words_"):  # their label is the language
            yield f"Glossary: {name}", field.help_text


MET = dict(met())


def test_the_walk_meets_pages_settings_and_forms() -> None:
    for name in (
        "ThemePage: title",
        "HomePage: go_live_at",
        "Consultation: languages",
        "ThemePage.body.picture.image.alt_text",
        "ThemePage.body.questionnaire.questions.matrix.columns",
        "HomePage.body.doors.doors.item.page",
    ):
        assert name in MET


def faults(words: dict[str, str]) -> str:
    """What is wrong with a help text, given what it says in each language."""
    if not all(words.values()):
        return "says nothing"
    if len(set(words.values())) < len(LANGUAGES):
        return "is not translated"
    if not all(said[-1] in ".»" for said in words.values()):
        return "ends without a full stop"
    return "is too long" if any(len(said) > LONGEST for said in words.values()) else ""


def test_what_an_editor_meets_is_explained_in_each_language() -> None:
    said: dict[str, dict[str, str]] = {name: {} for name in MET}
    for language in LANGUAGES:
        with override(language):
            for name, words in MET.items():
                said[name][language] = str(words or "")
    wrong = {name: faults(words) for name, words in said.items()}
    assert {name: fault for name, fault in wrong.items() if fault} == {}


def test_on_pages_it_is_one_sentence() -> None:
    of_pages = [name for name in MET if re.match(r"\w+Page\b", name)]
    assert len(of_pages) > 100
    assert [name for name in of_pages if ". " in str(MET[name])] == []


def test_rules_of_questions_all_have_help() -> None:
    for names in OF_KIND.values():
        assert set(names) <= set(HELP)
