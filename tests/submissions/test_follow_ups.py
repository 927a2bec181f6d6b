"""Follow-ups: asked of whoever ticked a choice, on the same page or another, with no script."""

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings

from submissions.contributions.layout import MOST_REVEALED
from submissions.contributions.sections import AnswersForm, as_posted, sections_in
from submissions.contributions.sent import Tick
from tests.submissions.asking import Asking, asking, drawn

pytestmark = pytest.mark.django_db


@pytest.fixture
def door() -> Asking:
    """Yes leads to a number, which tool to a date, and on the next page to a link."""
    where = asking(
        [
            ("one_choice", {"label": "Do you use it?", "choices": ["Yes", "No"]}),
            ("several_choices", {"label": "Which?", "choices": ["A tool", "A service"]}),
            ("date", {"label": "Since when?"}),
            ("long_text", {"label": "Why not?"}),
            ("section", {"label": "More"}),
            ("link", {"label": "Where is it described?"}),
            ("number", {"label": "How many?"}),
        ]
    )
    where.question("several_choices").follows.set([where.choice("one_choice", 0)])
    where.question("date").follows.set([where.choice("several_choices", 0)])
    where.question("long_text").follows.set([where.choice("one_choice", 1)])
    where.question("link").follows.set([where.choice("several_choices", 1)])
    return where


def ticked(door: Asking, *choices: tuple[str, int]) -> dict[str, list[str]]:
    data: dict[str, list[str]] = {}
    for kind, position in choices:
        data.setdefault(door.name(kind), []).append(str(door.choice(kind, position).pk))
    return data


YES, NO, TOOL, SERVICE = (
    ("one_choice", 0),
    ("one_choice", 1),
    ("several_choices", 0),
    ("several_choices", 1),
)


def asked_of(door: Asking, *choices: tuple[str, int]) -> set[str]:
    """The kinds that apply to somebody who ticked that."""
    form = door.form(ticked(door, *choices))
    return {one.question.kind for one in form.asked if form.applies(one)} - {"section"}


def test_it_applies_to_who_ticked_what_it_follows(door):
    always = {"one_choice", "number"}
    assert asked_of(door) == always
    assert asked_of(door, YES) == {*always, "several_choices"}
    assert asked_of(door, NO) == {*always, "long_text"}
    assert asked_of(door, YES, TOOL) == {*always, "several_choices", "date"}
    assert asked_of(door, YES, SERVICE) == {*always, "several_choices", "link"}
    # What was ticked in a follow-up that is not asked counts no more.
    assert asked_of(door, NO, TOOL, SERVICE) == {*always, "long_text"}


def test_an_answer_that_does_not_apply_is_kept_and_not_sent(door):
    words = {door.name("long_text"): "Because."}
    form = door.form(ticked(door, YES) | words, complete=True)
    assert form.is_valid()
    assert form.raw(door.one("long_text")) == {door.name("long_text"): ["Because."]}
    assert [one.ticks for one in form.given()] == [{Tick(door.choice(*YES).pk)}]
    form = door.form(ticked(door, NO) | words, complete=True)
    assert form.is_valid()
    assert "Because." in [one.text for one in form.given()]


def test_a_required_follow_up_is_asked_only_where_it_applies(door):
    door.set("long_text", required=True)
    assert door.errors(ticked(door, YES), complete=True) == []
    assert door.errors(ticked(door, NO), complete=True) == ["Answer this question."]


def test_what_is_wrong_where_nobody_is_asked_stops_nobody(door):
    wrong = {door.name("date", "day"): "99"}
    assert door.errors(ticked(door, NO) | wrong, complete=True) == []
    assert door.errors(ticked(door, YES, TOOL) | wrong)


def test_a_choice_that_is_retired_asks_nobody(door):
    choice = door.choice(*NO)
    choice.retired_at = door.fresh().now
    choice.save()
    assert "long_text" not in asked_of(door, NO)
    form = door.form({})
    assert "long_text" not in {one.question.kind for one in form.shown}


def test_a_circle_asks_nobody_and_ends(door):
    door.question("one_choice").follows.set([door.choice(*TOOL)])
    assert asked_of(door, YES, TOOL) == {"number"}


class TestOnAnotherPage:
    def page(self, door: Asking, *choices: tuple[str, int], **data: Any) -> AnswersForm:
        last = sections_in(door.fresh(), "en")[-1]
        posted = as_posted({door.name(kind): [value] for kind, value in data.items()})
        return AnswersForm(last.asked, posted, elsewhere=ticked(door, *choices))

    def test_the_server_shows_it(self, door):
        assert "Where is it described?" not in drawn(self.page(door, YES)).get_text()
        page = drawn(self.page(door, YES, SERVICE))
        assert "Where is it described?" in page.get_text()
        assert "You are asked this because you ticked “A service”." in page.get_text()

    def test_what_was_kept_is_no_matter_of_a_page_without_it(self, door):
        last = sections_in(door.fresh(), "en")[-1]
        kept = {door.name("link"): ["https://example.org"]}
        form = AnswersForm(last.asked, as_posted({}), elsewhere=kept | ticked(door, NO))
        assert form.raw(door.one("link")) == kept
        assert form.raw(door.one("number")) == {}

    def test_what_was_typed_is_kept_though_it_applies_no_more(self, door):
        form = self.page(door, NO, link="https://example.org")
        assert form.raw(door.one("link")) == {door.name("link"): ["https://example.org"]}
        assert form.is_valid()
        assert form.given() == []


class TestOnThisPage:
    def group(self, page: BeautifulSoup, door: Asking, kind: str) -> Any:
        name = door.name(kind)
        control = page.select_one(f"[name={name}], [name={name}_day]")
        assert control is not None
        return control.find_parent(class_="asked")

    def test_it_stands_under_what_it_follows_and_the_stylesheet_shows_it(self, door):
        page = drawn(door.form())
        first = self.group(page, door, "one_choice")
        for kind, place in (("several_choices", "1"), ("long_text", "2")):
            follow_up = self.group(page, door, kind)
            assert follow_up.parent is first
            assert follow_up["data-follow"] == place
        second = self.group(page, door, "several_choices")
        assert self.group(page, door, "date").parent is second
        shows = [tag.get("data-reveals") for tag in first.select("input[type=radio]")]
        assert shows[:2] == ["1", "2"]
        assert "If you tick “Yes”:" in second.get_text()

    def test_what_follows_two_questions_is_always_shown(self, door):
        door.question("number").follows.set([door.choice(*NO), door.choice(*TOOL)])
        page = drawn(door.form())
        group = self.group(page, door, "number")
        assert "data-follow" not in group.attrs
        assert "If you tick “No” or “A tool”:" in group.get_text()

    def test_the_stylesheet_knows_as_many_places_as_it_is_told(self):
        css = (Path(settings.SITE_DIR) / "static" / "css" / "contributions.css").read_text()
        for place in range(1, MOST_REVEALED + 1):
            assert f'[data-reveals~="{place}"]:checked) > [data-follow="{place}"]' in css
        assert f'[data-follow="{MOST_REVEALED + 1}"]' not in css


def test_follow_ups_cost_the_same_queries_however_many_there_are(door, django_assert_num_queries):
    row, data = door.fresh(), as_posted(ticked(door, YES, TOOL))
    with django_assert_num_queries(0):
        for section in sections_in(row, "en"):
            form = AnswersForm(section.asked, data, complete=True)
            form.is_valid()
            form.given()
            form.helper  # noqa: B018 # laid out
