"""The expert's form: what it asks, what it takes, what it refuses and how it says so."""

import re
from html import unescape
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import example, given
from hypothesis import strategies as st

from core.graphemes import words
from submissions.contributions.countries import country_choices, country_name
from submissions.contributions.fields import WrittenText
from submissions.models import Answer, Contribution
from tests.factories import published, translate
from tests.submissions.answering import TOLD, Door, errors, expert_door

pytestmark = pytest.mark.django_db


@pytest.fixture
def door() -> Door:
    return expert_door()


def test_the_form_asks_the_questions_of_its_language_in_their_order(door, client):
    html = client.get(door.url("fr")).content.decode()
    asked = ["Name one project.", "What do you propose", "Which comes first", "How open"]
    places = [html.index(f"[fr] {words}") for words in asked]
    assert places == sorted(places)


def test_the_page_sets_no_cookie_and_is_never_kept_by_a_shared_cache(door, client):
    response = client.get(door.url())
    assert not response.cookies
    assert "private" in response["Cache-Control"]


def test_each_visit_gets_its_own_key(door, client):
    keys = {
        re.search(r'name="form_key" value="([^"]+)"', client.get(door.url()).content.decode())[1]
        for _visit in range(2)
    }
    assert len(keys) == 2


def test_a_field_is_named_by_its_question_and_a_choice_by_its_row(door, client):
    pages = [client.get(door.url(language)).content.decode() for language in ("en", "fr")]
    for html in pages:
        assert f'name="{door.field("one_choice")}" value="{door.choice("one_choice", 1)}"' in html


def test_nothing_is_ticked_beforehand(door, client):
    assert " checked" not in client.get(door.url()).content.decode()


def test_optional_questions_say_so(door, client):
    html = client.get(door.url("en")).content.decode()
    assert html.count('<span class="optional">(optional)') == 5 + 2  # organisation and role


@pytest.mark.parametrize(
    ("kind", "value", "stored"),
    [
        ("short_text", "  Un «\u202flibre\u202f» projet ", "Un «\u202flibre\u202f» projet"),
        ("long_text", "Two\r\nlines", "Two\nlines"),
    ],
)
def test_a_text_is_stored_cleaned_and_otherwise_as_written(door, kind, value, stored):
    contribution = door.received(**{kind: value})
    assert contribution.answers.get(question__kind=kind).text == stored


def test_one_choice_is_stored_as_its_row(door):
    contribution = door.received(one_choice=door.choice("one_choice", 2))
    answer = contribution.answers.get(question__kind="one_choice")
    assert [choice.position for choice in answer.choices.all()] == [2]


def test_several_choices_are_stored_as_their_rows_each_once(door):
    first, last = door.choice("several_choices", 0), door.choice("several_choices", 2)
    contribution = door.received(several_choices=[first, last, first])
    answer = contribution.answers.get(question__kind="several_choices")
    assert [choice.position for choice in answer.choices.all()] == [0, 2]


def test_a_point_of_a_scale_is_stored_as_a_number(door):
    contribution = door.received(scale="4")
    assert contribution.answers.get(question__kind="scale").number == 4


def test_a_question_left_empty_stores_no_answer(door):
    contribution = door.received(short_text=" ", scale="")
    assert [answer.question.kind for answer in contribution.answers.all()] == ["long_text"]


@pytest.mark.parametrize(
    ("fields", "english", "french"),
    [
        (
            {"short_text": "é" * 251},
            "Your answer must be 250 characters or fewer. It has 251.",
            "Votre réponse doit compter 250 caractères au plus. Elle en compte 251.",
        ),
        (
            {"long_text": "mot " * 612},
            "Your answer must be 500 words or fewer. It has 612.",
            "Votre réponse doit compter 500 mots au plus. Elle en compte 612.",
        ),
        (
            {"long_text": "x" * 200_000},
            "Your answer must be 15,000 characters or fewer. It has 200,000.",
            "Votre réponse doit compter 15\u202f000 caractères au plus."
            " Elle en compte 200\u202f000.",
        ),
        (
            {"one_choice": "999999"},
            "Choose among the answers that are listed.",
            "Choisissez parmi les réponses proposées.",
        ),
        (
            {"several_choices": ["x"]},
            "Choose among the answers that are listed.",
            "Choisissez parmi les réponses proposées.",
        ),
        (
            {"scale": "6"},
            "Choose among the answers that are listed.",
            "Choisissez parmi les réponses proposées.",
        ),
        ({"name": ""}, "Enter your name.", "Indiquez votre nom."),
        (
            {"email": "nobody"},
            "Enter an e-mail address such as name@example.org.",
            "Indiquez une adresse électronique, comme nom@example.org.",
        ),
        ({"country": "ZZ"}, "Choose a country of the list.", "Choisissez un pays de la liste."),
        (
            {"respondent_type": ""},
            "Choose what you answer as.",
            "Choisissez à quel titre vous répondez.",
        ),
        (
            {"publication": ""},
            "Choose whether your contribution may be published.",
            "Indiquez si votre contribution peut être publiée.",
        ),
        (
            {"long_text": ""},
            "Answer at least one of the questions.",
            "Répondez à au moins une des questions.",
        ),
    ],
)
def test_a_refusal_says_what_to_do_in_the_language_of_the_page(door, fields, english, french):
    for language, expected in (("en", english), ("fr", french)):
        response = door.send(door.form(language, **fields), language)
        assert response.status_code == 422
        assert [line for line in errors(response) if line.endswith(expected)], errors(response)
        assert not Contribution.objects.exists()


def test_without_consent_to_analysis_nothing_is_taken(door):
    data = door.form()
    del data["analysis"]
    response = door.send(data)
    assert response.status_code == 422
    assert "we can’t take a contribution that we may not read" in errors(response)[0]


# case 24
@pytest.mark.parametrize("text", ["a\x00b", "a\x0bb\x07", "\u200b\u200b", "\ufdd0"])
def test_what_nobody_can_read_is_refused_clearly(door, text):
    response = door.send(door.form(long_text=text))
    assert response.status_code == 422
    assert errors(response)


def test_a_refused_form_keeps_every_value(door):
    fields = {
        "short_text": "A <b>project</b>",
        "long_text": "Reasons & more",
        "one_choice": door.choice("one_choice", 1),
        "several_choices": [door.choice("several_choices", 0), door.choice("several_choices", 2)],
        "scale": "2",
    }
    html = door.send(door.form(**fields, email="nobody")).content.decode()
    assert "A &lt;b&gt;project&lt;/b&gt;" in html
    assert "Reasons &amp; more" in html
    assert 'value="nobody"' in html
    assert '<option value="FR" selected>' in html
    ticked = re.findall(r'name="([^"]+)" value="([^"]+)"[^>]*? checked', html)
    assert {
        (door.field("one_choice"), fields["one_choice"]),
        *((door.field("several_choices"), choice) for choice in fields["several_choices"]),
        (door.field("scale"), "2"),
        ("respondent_type", "academic"),
        ("publication", "not_published"),
    } <= set(ticked)
    assert 'name="analysis"' in html and html.count(" checked") == 7


def test_the_summary_stands_above_the_title_and_leads_to_each_field(door):
    html = door.send(door.form(email="nobody", name="")).content.decode()
    assert html.index("error-summary") < html.index("<h1")
    assert re.search(r"<title>\s*Error:", html)
    for target in re.findall(r'href="#(id_[^"]+)"', html):
        assert f'id="{target}"' in html


def test_an_answer_that_a_question_demands(door):
    question = door.question("scale")
    question.required = True
    question.save()
    response = door.send(door.form())
    assert response.status_code == 422
    assert errors(response) == ["How open? – Choose one answer."]


def test_the_counter_counts_what_the_server_counts(door, client):
    html = client.get(door.url()).content.decode()
    field = re.search(rf'<textarea name="{door.field("long_text")}"[^>]*>', html)[0]
    assert 'data-count-limit="500"' in field
    assert 'data-count-unit="words"' in field


@given(limit=st.integers(10, 30), beyond=st.integers(-9, 9), gap=st.sampled_from([" ", "\n", ", "]))
@example(limit=10, beyond=0, gap=" ")
@example(limit=10, beyond=1, gap=" ")
def test_a_word_limit_is_exact(limit, beyond, gap):
    text = gap.join(["l’eau"] * (limit + beyond))
    field = WrittenText(limit=limit, unit="words", required=False)
    if beyond <= 0:
        assert words(field.clean(text)) == limit + beyond
    else:
        with pytest.raises(ValidationError, match=f"It has {limit + beyond}"):
            field.clean(text)


@given(text=st.text(max_size=300))
def test_no_text_breaks_a_field(text):
    field = WrittenText(limit=100, unit="graphemes", one_line=True, required=False)
    try:
        kept = field.clean(text)
    except ValidationError as refused:
        assert refused.messages
    else:
        assert len(kept) <= 400 and "\x00" not in kept and "\n" not in kept


def test_the_countries_are_those_of_iso_in_each_language():
    english, french = dict(country_choices("en")), dict(country_choices("fr"))
    assert english.keys() == french.keys()
    assert len(english) == 249 + 1  # and Kosovo
    assert (english["DE"], french["DE"]) == ("Germany", "Allemagne")
    assert [name for _code, name in country_choices("fr")][:3] == [
        "Afghanistan",
        "Afrique du Sud",
        "Albanie",
    ]
    assert list(french).index("EG") < list(french).index("ES")
    assert country_name("??", "fr") == "??"


def test_a_theme_with_many_questions_needs_no_more_queries(
    door, client, django_assert_max_num_queries
):
    client.get(door.url())
    with django_assert_max_num_queries(60) as few:
        client.get(door.url())
    body = door.page.body.raw_data[0]
    body["value"]["questions"] += [
        {"type": "short_text", "id": str(uuid4()), "value": {"label": f"And number {n}?"}}
        for n in range(20)
    ]
    door.page.body = [dict(body)]
    translate(published(door.page))
    client.get(door.url())
    with django_assert_max_num_queries(60) as many:
        html = client.get(door.url()).content.decode()
    assert "And number 19?" in html
    assert len(many) == len(few)


def test_hostile_words_are_shown_as_words(door):
    data = door.form(name="<script>alert(1)</script>", long_text='"><img src=x onerror=alert(1)>')
    html = door.send(data | {"email": "x"}).content.decode()
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert unescape(html).count("alert(1)") >= 2


def test_another_sites_page_cannot_send(door):
    response = Client().post(door.url(), door.form(), HTTP_SEC_FETCH_SITE="cross-site")
    assert response.status_code == 403
    assert not Contribution.objects.exists()


# case 25
def test_a_body_too_large_gets_a_page_that_says_so(door):
    response = door.send(door.form(long_text="x" * 2_200_000))
    assert response.status_code == 413
    assert "too large" in response.content.decode()


def test_answers_in_two_languages_are_one_dataset(door):
    choice = door.choice("one_choice", 0)
    english = door.received(one_choice=choice)
    french = door.received(language="fr", one_choice=choice)
    assert (english.language, french.language) == ("en", "fr")
    answers = Answer.objects.filter(question=door.question("one_choice"))
    assert {answer.choices.get().pk for answer in answers} == {int(choice)}
    assert {answer.language for answer in answers} == {"en", "fr"}


def test_an_address_is_kept_apart(door):
    contribution = door.received()
    assert contribution.contact.email == TOLD["email"]
    assert TOLD["email"] not in str(vars(contribution))
