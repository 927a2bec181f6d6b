"""The glossary: terms found in texts, kept by who writes and translates, shown at the desk."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Page
from wagtail_localize.operations import translate_object

from core.models import Term, TermWording
from core.translating.glossary import Rendering, terms_in, words_in
from home.roles import (
    EDITORS,
    ORGANISERS,
    REVIEWERS,
    grant_roles,
    moderators_of,
    publishers_of,
    translators_of,
)
from tests.factories import BilingualSite, StandardPageFactory, bilingual_site, locale, published

GLOSSARY = "/admin/glossary/"
KEEPERS = [EDITORS, publishers_of("English"), translators_of("French"), translators_of("English")]
OTHERS = [ORGANISERS, REVIEWERS, moderators_of("French")]


def term(english: str, french: str = "", note: str = "") -> Term:
    made = Term.objects.create(note=note)
    for language, words in (("en", english), ("fr", french)):
        if words:
            TermWording.objects.create(term=made, language=language, words=words)
    return made


def found(text: str, source: str = "en", target: str = "fr") -> list[str]:
    return [one.source for one in terms_in([text], source, target).get(0, [])]


def member(group: str | None) -> Client:
    user = User.objects.create_user("ada", password="x" * 12, is_superuser=group is None)
    if group:
        user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def site(db: None) -> BilingualSite:
    site = bilingual_site()
    grant_roles()
    return site


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("A public consultation.", ["public consultation"]),
        ("PUBLIC CONSULTATIONS", ["public consultation"]),
        ("Public-consultation and\u00a0public\nconsultation", ["public consultation"]),
        ("a <b>public</b> <a id='id'>consultation</a>", ["public consultation"]),
        ("In public. Consultation begins", ["consultation"]),
        ("a consultation, and consultations", ["consultation"]),
        ("consultational reconsultation", []),
        ("It’s Québec’s citizens’ jury", ["Quebec", "citizens’ jury"]),
        ("the id of a jury", ["id"]),
        ("words &amp; ideas", []),
        ("", []),
    ],
)
def test_terms_are_found_as_whole_words_the_longest_first(text: str, terms: list[str]):
    for words in ("consultation", "public consultation", "Quebec", "citizens’ jury", "id", "amp"):
        term(words, f"mot {words}")
    term("public")  # has no French
    assert found(text) == terms


@pytest.mark.django_db
def test_french_plurals_accents_and_ligatures():
    term("public consultation", "Consultation publique", "not “concertation”")
    term("core", "cœur")
    assert found("Les CONSULTATIONS publiques au coeur", "fr", "en") == [
        "Consultation publique",
        "cœur",
    ]
    assert terms_in(["", "A public consultation"], "en", "fr") == {
        1: [Rendering("public consultation", "Consultation publique", "not “concertation”")]
    }


@pytest.mark.django_db
def test_one_query_however_many_texts_and_terms(django_assert_num_queries: Any):
    for number in range(30):
        term(f"word {number}", f"mot {number}")
    for texts in (["word 1"], [f"word {n} and words {n + 1}" for n in range(60)]):
        with django_assert_num_queries(1):
            terms_in(texts, "en", "fr")


@given(st.text())
def test_words_are_compared_without_case_accents_and_marks(text: str):
    words = words_in(text)
    assert words_in(" ".join(words)) == words, "nothing is left to take away"
    assert all(words)
    assert words_in(f"<b>{text.replace('<', ' ')}</b>") == words_in(text.replace("<", " "))


@pytest.mark.parametrize("group", KEEPERS)
def test_who_writes_publishes_and_translates_keeps_it(site: BilingualSite, group: str):
    client = member(group)
    assert GLOSSARY in client.get("/admin/").content.decode()
    sent = {"words_en": " public   consultation", "words_fr": "consultation publique", "note": "a"}
    assert client.post(f"{GLOSSARY}new/", sent).status_code == 302
    made = Term.objects.get()
    assert str(made) == "public consultation – consultation publique"
    edit = f"{GLOSSARY}edit/{made.pk}/"
    page = client.get(edit).content.decode()
    assert 'value="public consultation"' in page
    assert 'value="consultation publique"' in page
    client.post(edit, {**sent, "words_fr": "concertation"})
    assert str(Term.objects.get()) == "public consultation – concertation"
    for wanted in ("concert", "PUBLIC"):
        listed = client.get(GLOSSARY, {"q": wanted}).content.decode()
        assert edit in listed, wanted
    assert edit not in client.get(GLOSSARY, {"q": "elsewhere"}).content.decode()
    assert client.get(f"{GLOSSARY}history/{made.pk}/").status_code == 200
    assert client.post(f"{GLOSSARY}delete/{made.pk}/").status_code == 302
    assert not TermWording.objects.exists()


@pytest.mark.parametrize("group", OTHERS)
def test_nobody_else_opens_it(site: BilingualSite, group: str):
    client = member(group)
    made = term("debate", "débat")
    assert GLOSSARY not in client.get("/admin/").content.decode()
    for path in ("", "new/", f"edit/{made.pk}/", f"delete/{made.pk}/", f"history/{made.pk}/"):
        assert client.get(GLOSSARY + path).status_code in {302, 403}, path
    client.post(f"{GLOSSARY}delete/{made.pk}/")
    assert Term.objects.exists()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"words_en": "debate"}, "Write what it is called in this language."),
        ({}, "Write what it is called in this language."),
        ({"words_en": "DEBATE", "words_fr": "autre"}, "“debate – débat”"),
        ({"words_en": "other", "words_fr": "Débat "}, "“debate – débat”"),
        ({"words_en": "…", "words_fr": "débats"}, "Write words, in letters or figures."),
        ({"words_en": "x" * 201, "words_fr": "débats"}, "200"),
        ({"words_en": "a\0b", "words_fr": "débats"}, "Null characters"),
    ],
)
def test_empty_and_doubled_words_are_told_and_kept(
    site: BilingualSite, sent: dict[str, str], said: str
):
    term("debate", "débat")
    answer = member(None).post(f"{GLOSSARY}new/", sent)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert Term.objects.count() == 1


def test_two_people_who_add_one_word_at_once(site: BilingualSite, monkeypatch: Any):
    term("debate", "débat")
    monkeypatch.setattr("core.translating.glossary_form.TermForm._judge", lambda *_any: None)
    answer = member(None).post(f"{GLOSSARY}new/", {"words_en": "Debate", "words_fr": "autre"})
    assert "Somebody has just added" in answer.content.decode()
    assert Term.objects.count() == 1


def test_the_list_asks_no_more_for_more_terms(site: BilingualSite):
    client = member(EDITORS)
    asked = []
    for number in range(2, 40):
        term(f"word {number}", f"mot {number}")
        if number in {3, 39}:
            client.get(GLOSSARY)
            with CaptureQueriesContext(connection) as queries:
                client.get(GLOSSARY)
            asked.append(len(queries))
    assert asked[0] == asked[1]


def translated(site: BilingualSite, texts: int) -> Page:
    source = published(
        StandardPageFactory(
            parent=site.home,
            title=f"Of {texts}",
            body=[("text", f"<p>{n}: a <b>public</b> debate</p>") for n in range(texts)],
        )
    )
    translate_object(source, [locale("fr")])
    page: Page = source.get_translation(locale("fr"))
    return page


def test_the_desk_shows_the_terms_of_each_text_in_a_constant_number_of_queries(
    site: BilingualSite,
):
    term("public debate", "débat public", "never <i>discussion</i>")
    client = member(translators_of("French"))
    asked = []
    for texts in (1, 60):
        page = translated(site, texts)
        where = reverse("translating:desk", args=[page.pk])
        client.get(where)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(where)
        asked.append(len(queries))
        html = answer.content.decode()
        assert html.count('<strong lang="fr" dir="auto">débat public</strong>') == texts
        assert "never &lt;i&gt;discussion" in html
        for name in ("translating:po", "translating:po_import"):
            assert f'href="{reverse(name, args=[page.pk])}"' in html
    assert asked[0] == asked[1]
