"""Every kind of question in its form: what it takes, what it refuses, what it keeps (case 24)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from submissions.contributions.sections import AnswersForm, as_posted, sections_in
from submissions.contributions.sent import GivenAnswer, Tick
from tests.submissions.asking import EVERY_KIND, Asking, asking, drawn
from tests.submissions.hostile import CORPUS

pytestmark = pytest.mark.django_db


@pytest.fixture
def door() -> Asking:
    return asking()


def given(
    door: Asking, data: dict[str, Any], language: str = "en", **options: Any
) -> dict[str, GivenAnswer]:
    """What a form that is in order says, by the kind of question."""
    with translation.override(language):
        form = door.form(data, language, **options)
        assert form.is_valid(), form.errors
        kinds = {one.question.pk: str(one.question.kind) for one in form.asked}
        return {kinds[one.question]: one for one in form.given()}


def every_answer(door: Asking) -> dict[str, Any]:
    """Something in every field."""

    def pk(kind: str, position: int) -> str:
        return str(door.choice(kind, position).pk)

    return {
        door.name("short_text"): "  A project ",
        door.name("long_text"): "First.\r\n\r\n- **then**",
        door.name("link"): "example.org/report",
        door.name("one_choice"): pk("one_choice", 1),
        door.name("several_choices"): [pk("several_choices", 0), pk("several_choices", 2)],
        door.name("ranking", pk("ranking", 0)): "2",
        door.name("ranking", pk("ranking", 2)): "1",
        door.name("scale"): "4",
        door.name("matrix", pk("matrix", 0)): pk("matrix", 4),
        door.name("number"): "1 234,5",
        door.name("date", "day"): "1",
        door.name("date", "month"): "mars",
        door.name("date", "year"): "2026",
    }


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_kind_is_answered_in_either_language(door, language):
    said = given(door, every_answer(door), language)
    ticks = {kind: answer.ticks for kind, answer in said.items() if answer.ticks}
    assert (said["short_text"].text, said["long_text"].text) == (
        "A project",
        "First.\n\n- **then**",
    )
    assert said["link"].text == "https://example.org/report"
    assert said["scale"].number == 4
    assert said["number"].amount == Decimal("1234.5")
    assert said["date"].day == date(2026, 3, 1)
    assert ticks == {
        "one_choice": {Tick(door.choice("one_choice", 1).pk)},
        "several_choices": {Tick(door.choice("several_choices", n).pk) for n in (0, 2)},
        "ranking": {
            Tick(door.choice("ranking", 2).pk, place=1),
            Tick(door.choice("ranking", 0).pk, place=2),
        },
        "matrix": {
            Tick(door.choice("matrix", 0).pk, column=door.choice("matrix", 4).pk),
        },
    }
    assert all(answer.may_publish and answer.version == 1 for answer in said.values())


def test_what_is_kept_of_a_form_fills_it_again(door):
    data = every_answer(door)
    form = door.form(data)
    kept: dict[str, list[str]] = {}
    for one in form.asked:
        kept |= form.raw(one)
    again = AnswersForm(door.asked(), as_posted(kept))
    assert [again.raw(one) for one in again.asked] == [form.raw(one) for one in form.asked]
    assert again.is_valid()
    assert form.is_valid()
    assert again.given() == form.given()


def test_an_empty_form_keeps_nothing_and_says_nothing(door):
    empty = dict.fromkeys(every_answer(door), "")
    form = door.form(empty)
    assert form.is_valid()
    assert form.given() == []
    assert [form.raw(one) for one in form.asked] == [{}] * len(form.asked)


def test_hostile_words_are_kept_as_typed_and_never_a_fault(door):  # case 24
    for hostile in CORPUS:
        for kind in ("short_text", "long_text", "link", "number"):
            form = door.form({door.name(kind): hostile})
            form.is_valid()
            assert form.raw(door.one(kind))[door.name(kind)] == [hostile]
    drawn(form)


def test_a_value_that_no_form_offers_is_refused_and_never_a_fault(door):
    names = [
        door.name("one_choice"),
        door.name("several_choices"),
        door.name("scale"),
        door.name("ranking", door.choice("ranking", 0).pk),
        door.name("matrix", door.choice("matrix", 0).pk),
        door.name("date", "day"),
    ]
    for value in ["0", "999999", "x", "1.5", "-1", "\x00", "\u0663", "9" * 30]:
        form = door.form(dict.fromkeys(names, value), complete=True)
        assert len(form.errors) == len(names)
        assert form.given() == []
        drawn(form)


class TestRequired:
    def test_only_when_the_whole_has_to_be_complete(self, door):
        messages = {
            "short_text": "Answer this question.",
            "long_text": "Answer this question.",
            "link": "Enter the whole address of a page, such as https://example.org/report.",
            "one_choice": "Choose one answer.",
            "several_choices": "Choose at least one answer.",
            "ranking": "Give the rank 1 to what comes first.",
            "scale": "Choose one answer.",
            "matrix": "Choose an answer on each line.",
            "number": "Answer this question.",
            "date": "Enter a date.",
            "file": "Add a file.",
        }
        for kind in messages:
            door.set(kind, required=True)
        assert door.errors({}) == []
        assert door.errors({}, complete=True) == list(messages.values())
        there = [door.question("file").pk]
        assert "Add a file." not in door.errors({}, complete=True, attached=there)

    def test_it_is_marked_from_the_beginning(self, door):
        door.set("short_text", required=True)
        fields = drawn(door.form()).select(".asked")
        marked = [field for field in fields if field.select(".optional")]
        answered = [kind for kind, _words in EVERY_KIND if kind not in ("section", "statement")]
        assert len(marked) == len(answered) - 1
        assert "Name one project." not in " ".join(str(field) for field in marked)

    def test_a_matrix_names_the_lines_that_are_left(self, door):
        door.set("matrix", required=True)
        line = door.name("matrix", door.choice("matrix", 0).pk)
        data = {line: str(door.choice("matrix", 2).pk)}
        assert door.errors(data, complete=True) == [
            "Choose an answer on each line. This one has none: “Teaching”."
        ]
        assert door.errors(data) == []


class TestRanking:
    def rank(self, door: Asking, *ranks: str) -> dict[str, str]:
        return {
            door.name("ranking", door.choice("ranking", n).pk): rank for n, rank in enumerate(ranks)
        }

    def test_ties_and_gaps_are_told_by_name(self, door):
        assert door.errors(self.rank(door, "1", "1", "3")) == [
            "“Hospitals” and “Courts” have the same rank, 1: give each rank once.",
            "Nothing has the rank 2: ranks follow one another from 1.",
        ]
        assert door.errors(self.rank(door, "", "", "3")) == [
            "Nothing has the ranks 1, 2: ranks follow one another from 1."
        ]
        with translation.override("fr"):
            form = door.form(self.rank(door, "2", "2", "1"), "fr")
            assert "ont le même rang, 2" in str(form.errors)

    def test_some_may_be_left_without_a_rank(self, door):
        assert door.errors(self.rank(door, "", "1", "2"), complete=True) == []

    def test_no_more_ranks_than_are_asked_for(self, door):
        door.set("ranking", most_choices=2)
        page = drawn(door.form())
        ranks = page.select_one(".rank select").select("option")
        assert [option.get_text() for option in ranks] == ["–", "1", "2"]
        assert door.errors(self.rank(door, "1", "2", "3")) == [
            "Choose among the answers that are listed."
        ]

    def test_the_summary_leads_to_the_rank_to_mend(self, door):
        form = door.form(self.rank(door, "1", "2", "2"))
        form.is_valid()
        page = drawn(form)
        wrong = page.select(".rank [aria-invalid]")
        second = door.name("ranking", door.choice("ranking", 1).pk)
        assert wrong[0]["name"] == second
        assert (
            form.fields[door.name("ranking")]
            .widget.id_for_label("id_x")
            .endswith(f"_{door.choice('ranking', 1).pk}")
        )


class TestOther:
    @pytest.fixture(autouse=True)
    def with_other(self, door):
        door.set("one_choice", other=True)
        door.set("several_choices", other=True)

    @pytest.mark.parametrize("kind", ["one_choice", "several_choices"])
    def test_its_words_are_the_answer(self, door, kind):
        data = {door.name(kind): "other", door.name(kind, "other"): "Water"}
        assert given(door, data)[kind].text == "Water"
        assert given(door, data)[kind].ticks == frozenset()

    @pytest.mark.parametrize("kind", ["one_choice", "several_choices"])
    def test_words_alone_choose_it(self, door, kind):
        door.set(kind, required=True)
        data = {door.name(kind, "other"): "Water"}
        form = door.form(data, complete=True)
        assert kind not in str(form.errors.get(door.name(kind)))
        assert form.given()[0].text == "Water"

    def test_words_beside_another_choice_are_never_dropped_in_silence(self, door):
        choice = str(door.choice("one_choice", 0).pk)
        data = {door.name("one_choice"): choice, door.name("one_choice", "other"): "Water"}
        assert door.errors(data) == [
            "To give this answer, choose “Other, say which” too. Else delete these words."
        ]

    def test_it_may_stand_beside_choices_of_several(self, door):
        data = {
            door.name("several_choices"): [str(door.choice("several_choices", 1).pk), "other"],
            door.name("several_choices", "other"): "Water",
        }
        answer = given(door, data)["several_choices"]
        assert answer.text == "Water"
        assert answer.ticks == {Tick(door.choice("several_choices", 1).pk)}

    def test_without_words_it_is_asked_for_when_the_whole_is_sent(self, door):
        data = {door.name("one_choice"): "other"}
        assert door.errors(data) == []
        assert door.errors(data, complete=True) == ["Say which, or choose another answer."]

    def test_it_counts_among_the_most_that_may_be_ticked(self, door):
        door.set("several_choices", most_choices=1)
        data = {
            door.name("several_choices"): [str(door.choice("several_choices", 1).pk), "other"],
            door.name("several_choices", "other"): "Water",
        }
        assert door.errors(data) == ["Tick 1 answer at most. You ticked 2."]


class TestPublication:
    def test_it_is_asked_by_a_box_that_nobody_ticked_before(self, door):
        door.set("long_text", publication="asked")
        box = drawn(door.form()).select_one(f"[name={door.name('long_text', 'publish')}]")
        assert box["type"] == "checkbox"
        assert not box.has_attr("checked")
        words = {door.name("long_text"): "Words"}
        assert given(door, words)["long_text"].may_publish is False
        agreed = words | {door.name("long_text", "publish"): "on"}
        assert given(door, agreed)["long_text"].may_publish is True
        assert door.form(agreed).raw(door.one("long_text")) == {
            name: [value] for name, value in agreed.items()
        }

    def test_what_is_never_published_is_said_beside_the_question(self, door):
        door.set("number", publication="never")
        page = drawn(door.form(), "en")
        assert "This answer is never published." in page.get_text()
        assert given(door, {door.name("number"): "5"})["number"].may_publish is False

    def test_a_file_is_agreed_to_by_an_answer_of_its_own(self, door):
        question = door.set("file", publication="asked")
        agreed = {door.name("file", "publish"): "on"}
        assert given(door, agreed) == {}
        assert given(door, agreed, attached=[question.pk])["file"].may_publish is True


class TestLanguages:
    def test_a_number_means_the_same_when_the_language_changes(self, door):
        name = door.name("number")
        with translation.override("en"):
            kept = door.form({name: "1,234"}).raw(door.one("number"))
        with translation.override("fr"):
            form = AnswersForm(door.asked("fr"), as_posted(kept))
            assert form.is_valid()
            assert form.given()[0].amount == 1234
            assert form[name].value() == "1\u202f234"
            assert form.raw(door.one("number", "fr")) == kept  # nobody typed anything new

    def test_the_same_form_stands_in_both_languages(self, door):
        names = [
            {tag["name"] for tag in drawn(door.form(None, code), code).select("[name]")}
            for code in ("en", "fr")
        ]
        assert names[0] == names[1]
        assert len(names[0]) > 10


def test_a_radio_button_can_be_taken_back(door):
    choice = str(door.choice("one_choice", 0).pk)
    assert "No answer" not in drawn(door.form()).get_text()
    chosen = drawn(door.form({door.name("one_choice"): choice}))
    assert "No answer" in chosen.get_text()
    line = door.name("matrix", door.choice("matrix", 1).pk)
    column = str(door.choice("matrix", 2).pk)
    answered = drawn(door.form({line: column}))
    assert "No answer" in answered.select_one(".matrix thead").get_text()


def test_sections_begin_pages_and_none_is_empty():
    door = asking(
        [
            ("section", {"label": "Empty"}),
            ("short_text", {"label": "Before?"}),
            ("section", {"label": "One : two"}),
            ("statement", {"label": "Read", "help_text": "This."}),
            ("number", {"label": "How many?"}),
            ("section", {"label": "Also empty"}),
        ]
    )
    sections = sections_in(door.fresh(), "en")
    assert [(one.title, [q.label for q in one.asked]) for one in sections] == [
        ("Empty", ["Before?"]),
        ("One : two", ["Read", "How many?"]),
    ]
    assert sections[0].key == door.question("section").pk
    french = sections_in(door.fresh(), "fr")
    assert french[1].title == "[fr] One\u00a0: two"
    assert [one.key for one in french] == [one.key for one in sections]


def test_what_is_asked_before_any_heading_has_the_key_0():
    door = asking([("short_text", {"label": "Before?"}), ("section", {"label": "Empty"})])
    (section,) = sections_in(door.fresh(), "en")
    assert (section.key, section.title) == (0, "")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_each_control_has_a_name_and_each_id_stands_once(door, language):
    door.set("one_choice", other=True)
    page = drawn(door.form({door.name("number"): "x"}, language), language)
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    labelled = {tag["for"] for tag in page.select("label[for]")}
    for control in page.select("input, select, textarea"):
        assert control["id"] in labelled
        for said in (control.get("aria-describedby", ""), control.get("aria-labelledby", "")):
            assert set(said.split()) <= set(ids)
