"""A field of the form template pack: label, hint, error, control, tied, in both languages."""

from html.parser import HTMLParser
from typing import Any

import pytest
from django import forms
from django.utils import translation

from tests.core.every_kind import BAD, GOOD, EveryKind, rendered, soup, source

VOID = {"input", "br", "img", "hr", "meta", "link"}


def field_of(page: Any, id_: str) -> Any:
    return page.find(id=id_).find_parent(class_="field")


@pytest.fixture
def empty() -> Any:
    return rendered(EveryKind())


@pytest.fixture
def refused() -> Any:
    form = EveryKind(BAD)
    form.full_clean()
    form.add_error(None, "You have already sent this idea.")
    return rendered(form)


class Balance(HTMLParser):
    """Raises when a tag closes that was not the last one opened."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("data", [None, GOOD, BAD])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_html_is_well_formed_and_no_id_stands_twice(data, language):
    with translation.override(language):
        html = source(EveryKind(data))
    balance = Balance()
    balance.feed(html)
    assert balance.open == []
    ids = [tag["id"] for tag in soup(html).find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_label_hint_error_and_control_come_in_this_order(refused):
    field = field_of(refused, "id_email")
    order = [(tag.name, tag.get("id")) for tag in field.find_all(recursive=False)]
    assert order == [
        ("label", None),
        ("div", "id_email_helptext"),
        ("div", "id_email_error"),
        ("input", "id_email"),
    ]


@pytest.mark.parametrize(
    ("id_", "described_by"),
    [
        ("id_idea", "id_idea_helptext id_idea_error id_idea_counter"),
        ("id_email", "id_email_helptext id_email_error"),
        ("id_country", "id_country_error"),
        ("id_consent", "id_consent_helptext id_consent_error"),
    ],
)
def test_a_control_is_described_by_its_hint_error_and_counter(refused, id_, described_by):
    control = refused.find(id=id_)
    assert control["aria-describedby"] == described_by
    assert all(refused.find(id=name) for name in described_by.split())


def test_a_control_without_hint_or_error_is_described_by_nothing(empty):
    assert not empty.find(id="id_name").has_attr("aria-describedby")


def test_only_the_refused_controls_are_marked_invalid(refused):
    assert refused.find(id="id_email")["aria-invalid"] == "true"
    assert not refused.find(id="id_name").has_attr("aria-invalid")


def test_required_is_said_to_screen_readers_and_never_to_the_browser(empty):
    assert empty.find(id="id_email")["aria-required"] == "true"
    assert empty.find(id="id_consent")["aria-required"] == "true"
    assert not empty.find(id="id_name").has_attr("aria-required")
    assert empty.find_all(required=True) == []


@pytest.mark.parametrize(("language", "mark"), [("en", "(optional)"), ("fr", "(facultatif)")])
def test_optional_fields_say_so_in_the_readers_language(language, mark):
    with translation.override(language):
        page = rendered(EveryKind())
    assert page.find("label", attrs={"for": "id_name"}).get_text().strip() == f"Name {mark}"
    assert page.find("label", attrs={"for": "id_email"}).get_text().strip() == "E-mail"


def test_a_search_form_can_do_without_the_mark():
    form = EveryKind()
    form.mark_optional = False  # type: ignore[attr-defined]
    assert rendered(form).find(class_="optional") is None


def test_choices_stand_in_a_fieldset_with_their_question_as_legend(empty):
    for id_, legend in [("id_kind_0", "Who are you?"), ("id_themes_0", "Themes")]:
        field = field_of(empty, id_)
        assert field.name == "fieldset"
        assert field.legend.get_text().strip() == legend


def test_each_choice_has_its_own_label(empty):
    for control in empty.find_all("input", type=["radio", "checkbox"]):
        assert empty.find("label", attrs={"for": control["id"]}), control


def test_a_radio_group_says_as_a_whole_what_is_required_invalid_and_described(refused):
    group = field_of(refused, "id_kind_0")
    assert group["role"] == "radiogroup"
    assert group["aria-required"] == group["aria-invalid"] == "true"
    assert group["aria-describedby"] == "id_kind_helptext id_kind_error"
    for radio in group.find_all("input"):
        assert not radio.has_attr("aria-invalid")
        assert not radio.has_attr("aria-describedby")


def test_a_group_of_boxes_is_no_radio_group(refused):
    group = field_of(refused, "id_themes_0")
    assert not group.has_attr("role")
    assert not group.has_attr("aria-required")
    assert group["aria-describedby"] == "id_themes_error"


def test_choices_in_groups_keep_their_names_and_ids(empty):
    field = field_of(empty, "id_themes_0")
    assert [p.get_text() for p in field.find_all(class_="choice-group")] == ["Trust"]
    assert [box["id"] for box in field.find_all("input")] == [
        "id_themes_0",
        "id_themes_1_0",
        "id_themes_1_1",
    ]


def test_a_scale_is_one_list_that_the_stylesheet_can_lay_side_by_side(empty):
    field = field_of(empty, "id_scale_0")
    assert "scale" in field["class"]
    assert len(field.find_all(class_="choice-list")) == 1
    assert not field.find("input").has_attr("class")


def test_what_was_written_and_chosen_is_kept():
    page = rendered(EveryKind(GOOD | {"email": "nobody"}))
    assert page.find(id="id_idea").get_text().strip() == "We should read every idea."
    assert page.find(id="id_email")["value"] == "nobody"
    assert page.find(id="id_kind_1").has_attr("checked")
    assert page.find("option", value="fr").has_attr("selected")
    assert page.find(id="id_themes_1_0").has_attr("checked")
    assert page.find(id="id_consent").has_attr("checked")


def test_what_an_editor_wrote_is_escaped():
    class Hostile(forms.Form):
        line = forms.CharField(label="<b>", help_text="<script>")
        pick = forms.ChoiceField(
            label="<b>", help_text="<i>", widget=forms.RadioSelect, choices=[("1", "<u>")]
        )
        tick = forms.BooleanField(label="<b>", help_text="<i>")

    html = source(Hostile({}))
    assert not any(tag in html for tag in ("<b>", "<i>", "<u>", "<script>"))


@pytest.mark.parametrize(("language", "prefix"), [("en", "Error: "), ("fr", "Erreur\u00a0: ")])
def test_an_error_is_announced_as_one(language, prefix):
    with translation.override(language):
        page = rendered(EveryKind(BAD))
    assert page.find(id="id_email_error").get_text().startswith(prefix)


def test_the_counter_says_its_limit_without_a_script_and_in_french(empty):
    assert empty.find(id="id_idea_counter").get_text() == "You can write up to 140 characters."
    with translation.override("fr"):
        counter = rendered(EveryKind()).find(id="id_idea_counter")
    assert counter.get_text() == "Vous pouvez écrire jusqu’à 140 caractères."
    assert counter["data-over-other"] == "Vous avez {n} caractères de trop"


def test_a_counter_of_words_counts_words():
    class Long(forms.Form):
        answer = forms.CharField(
            widget=forms.Textarea(attrs={"data-count-limit": "2000", "data-count-unit": "words"})
        )

    counter = rendered(Long()).find(id="id_answer_counter")
    assert counter.get_text() == "You can write up to 2,000 words."
    assert counter["data-left-one"] == "You have {n} word left"
