"""A whole form of the template pack: its summary of errors, its layouts, its neighbours."""

from typing import Any

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, ButtonHolder, Div, Field, Fieldset, Layout, Submit
from crispy_forms.utils import render_crispy_form
from django import forms
from django.template import engines
from django.template.loader import render_to_string
from django.utils import translation

from tests.core.every_kind import BAD, GOOD, EveryKind, rendered, soup


def summary(form: forms.Form) -> Any:
    return soup(render_to_string("components/error_summary.html", {"form": form}))


def test_the_summary_names_each_field_says_what_it_says_and_leads_to_it():
    form = EveryKind(BAD)
    page, lines = rendered(form), summary(form).find_all("a")
    assert [(line["href"], line.get_text()) for line in lines] == [
        ("#form-errors", "This field is required."),  # of the hidden token, which can't be seen
        ("#id_idea", "Your idea – This field is required."),
        ("#id_email", "E-mail – Enter a valid email address."),
        ("#id_country", "Country – This field is required."),
        (
            "#id_kind_0",
            "Who are you? – Select a valid choice. x is not one of the available choices.",
        ),
        ("#id_themes_0", "Themes – This field is required."),
        ("#id_consent", "I agree – This field is required."),
    ]
    for line in lines:
        assert page.find(id=line["href"][1:]), line


def test_a_message_that_names_its_field_stands_alone():
    class NamesIt(EveryKind):
        messages_name = ("idea",)

    assert summary(NamesIt(BAD)).a.get_text() == "This field is required."


def test_the_summary_takes_focus_by_the_pages_script():
    section = summary(EveryKind(BAD)).section
    assert section["tabindex"] == "-1"
    assert section.has_attr("data-focus")


@pytest.mark.parametrize(
    ("language", "title"), [("en", "There is a problem"), ("fr", "Il y a un problème")]
)
def test_the_summarys_title_speaks_the_readers_language(language, title):
    with translation.override(language):
        assert summary(EveryKind(BAD)).h2.get_text() == title


@pytest.mark.parametrize("data", [None, GOOD])
def test_there_is_no_summary_without_errors(data):
    assert summary(EveryKind(data)).get_text().strip() == ""


def test_two_forms_on_a_page_share_no_id():
    first, second = EveryKind(BAD, prefix="a"), EveryKind(BAD, prefix="b")
    ids = [tag["id"] for form in (first, second) for tag in rendered(form).find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert summary(first).a["href"] == "#a-form-errors"


def test_a_date_and_time_in_two_controls_is_a_fieldset_whose_error_leads_to_the_first():
    form = EveryKind(GOOD | {"period_0": "never", "period_1": "noon"})
    assert rendered(form).find(id="id_period_0").find_parent(class_="field").name == "fieldset"
    assert summary(form).a["href"] == "#id_period_0"


def test_a_layout_gives_a_form_that_the_browser_does_not_check():
    form = EveryKind()
    helper = FormHelper()
    helper.layout = Layout(
        Fieldset("About <you>", "name", Field("email"), css_class="wide"),
        Div("idea", css_class="box"),
        HTML("<p>{{ form.token.value|default:'plain' }}</p>"),
        ButtonHolder(Submit("save", "Save and continue", css_class="button-secondary")),
    )
    page = soup(render_crispy_form(form, helper, {"csrf_token": "t0"}))
    assert page.form.has_attr("novalidate")
    assert page.form["method"] == "post"
    assert page.form["enctype"] == "multipart/form-data"
    assert page.find("input", attrs={"name": "csrfmiddlewaretoken"})["value"] == "t0"
    assert "wide" in page.fieldset["class"]
    assert page.fieldset.find(id="id_email")
    assert page.find(class_="box").find(id="id_idea")
    button = page.find("button")
    assert button.get_text() == "Save and continue"
    assert set(button["class"]) == {"button", "button-secondary"}


def test_a_formset_is_rendered_form_by_form():
    formset = forms.formset_factory(EveryKind, extra=2)()
    template = engines["django"].from_string("{% load crispy_forms_tags %}{{ formset|crispy }}")
    page = soup(template.render({"formset": formset}))
    assert page.find("input", attrs={"name": "form-TOTAL_FORMS"})
    assert page.find(id="id_form-0-email")
    assert page.find(id="id_form-1-email")
