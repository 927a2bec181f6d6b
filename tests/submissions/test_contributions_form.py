"""What a written answer may be, and the countries that a contributor can name."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as st

from core.graphemes import words
from submissions.contributions.countries import country_choices, country_name
from submissions.contributions.fields import WrittenText
from submissions.models import Answer
from tests.submissions.answering import TOLD, Door, expert_door


@pytest.fixture
def door(db) -> Door:
    return expert_door()


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
