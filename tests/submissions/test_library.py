"""The public library: who finds what, and what nobody finds (cases 40, 47, 48, 50)."""

import hashlib
import json
import re
from html import unescape
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from submissions.contributions.campaigns.judging import confirm
from submissions.contributions.formatting import as_html
from submissions.contributions.library import listing
from submissions.contributions.publishing import services
from submissions.contributions.publishing.redacting import redact
from submissions.models import (
    Attachment,
    Campaign,
    CampaignMember,
    Publication,
    RedactionReason,
)
from tests.submissions.libraries import Room, organiser, room

pytestmark = pytest.mark.django_db

CANARY = "xylophonecanary"


@pytest.fixture
def here() -> Room:
    return room()


def url(name: str, *args: object, language: str = "en") -> str:
    with translation.override(language):
        return reverse(f"submissions:{name}", args=args)


def page(client: Client, one: Publication, language: str = "en") -> str:
    response = client.get(url("publication", one.contribution.reference, language=language))
    assert response.status_code == 200
    return unescape(response.content.decode())


def listed(client: Client, query: str = "", language: str = "en") -> str:
    response = client.get(f"{url('library', language=language)}?{query}")
    assert response.status_code == 200
    return unescape(response.content.decode())


# --- One contribution -----------------------------------------------------------------------------


def test_its_page_says_who_what_and_how_to_cite_it(here, client):
    one = here.published(short="A project")
    html = page(client, one)
    for words in (
        "Camille Noël",
        "Institut d’étude",
        "France",
        "What do you propose?",
        "Open the models.",
        one.sha256,
        one.contribution.reference,
        "@misc{contribution-",
    ):
        assert words in html
    assert "application/ld+json" in html
    assert 'property="og:title"' in html


def test_its_words_are_read_through_once_however_often_they_are_asked_for(
    here, client, monkeypatch
):
    read = []

    def noted(text: str) -> str:
        read.append(text)
        return as_html(text)

    monkeypatch.setattr("submissions.contributions.library.words.as_html", noted)
    whole = "Open the **models** and what they learned from. " * 100
    one = here.published(whole)
    pages = {page(client, one, language).count("<strong>models") for language in ("en", "fr", "en")}
    assert pages == {100}
    assert [text for text in read if len(text) == len(whole)] == [whole]


def test_questions_are_in_the_reader_s_language_and_words_in_their_own(here, client):
    one = here.published()
    html = page(client, one, "fr")
    assert '<html lang="fr"' in html
    assert "[fr] What do you propose\u202f?" in html
    assert '<div class="flow" lang="en" dir="auto">' in html


def test_it_sets_no_cookie_and_asks_for_no_session(here, client):
    one = here.published()
    for path in (url("library"), url("publication", one.contribution.reference)):
        response = client.get(path)
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")


def test_the_cited_address_leads_to_the_reader_s_language(here, client):
    reference = here.published().contribution.reference
    response = client.get(f"/library/{reference}/", headers={"Accept-Language": "fr-CA"})
    assert response.url == url("publication", reference, language="fr")
    assert "Accept-Language" in response["Vary"]


def test_the_hash_is_that_of_the_file_byte_for_byte(here, client):
    one = here.published()
    response = client.get(url("publication_data", one.contribution.reference))
    assert hashlib.sha256(response.content).hexdigest() == one.sha256
    assert json.loads(response.content)["reference"] == one.contribution.reference
    assert response["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_can_be_taken_away_as_text(here, client, language):
    one = here.published(short="A project")
    response = client.get(url("publication_text", one.contribution.reference, language=language))
    text = response.content.decode()
    assert "Open the models." in text
    assert "A project" in text
    assert one.sha256 in text


def test_taken_away_as_text_it_says_ranks_other_words_and_what_a_file_answers(here, client):
    row = here.contribution()
    for kind, label in (
        ("ranking", "In order?"),
        ("several_choices", "Where?"),
        ("file", "Study?"),
    ):
        question = here.questionnaire.questions.create(kind=kind, block_id=uuid4(), position=9)
        question.wordings.create(version=1, language="en", label=label)
        for position, words in enumerate(("Rivers", "Woods")):
            choice = question.choices.create(item_id=uuid4(), position=position)
            choice.labels.create(language="en", text=words)
    ranks = here.answer(row, kind="ranking").ticks
    for place, choice in enumerate(here.question("ranking").choices.order_by("-position"), start=1):
        ranks.create(choice=choice, place=place)
    other = here.answer(row, "Sea", kind="several_choices").ticks
    other.create(choice=here.question("several_choices").choices.earliest("pk"))
    here.file(row, "study.pdf", question=here.question("file"))
    here.file(row, "opinion.pdf")
    one = services.publish(row, organiser())
    text = client.get(url("publication_text", row.reference)).content.decode()
    assert "\n1. Woods\n2. Rivers\n" in text
    assert re.search(r"\n- .+\nOther, in their own words:\nSea\n", text)
    assert "\n- study.pdf\n  Answers the question: Study?\n- opinion.pdf\n\n" in text
    answers = "Answers the question: <span>Study?</span>"
    assert page(client, one).count(answers) == 1
    assert '<span lang="en">Study?</span>' in page(client, one, "fr")  # asked in no French yet


def test_a_redacted_passage_is_said_in_the_reader_s_language(here, client):
    row = here.contribution()
    redact(row.answers.get(), "Marie Dupont", RedactionReason.PERSONAL_DATA, organiser())
    proposed = services.propose(row, organiser())
    services.agree(proposed, seen=proposed.sha256)
    one = services.publish(row, organiser())
    assert "[redacted: personal data of somebody]" in page(client, one)
    assert "Marie" not in page(client, one, "fr")


def test_a_file_in_which_something_was_found_since_leads_nowhere(here, client):
    row = here.contribution()
    file = here.file(row, "found.pdf")
    one = services.publish(row, organiser())
    address = url("published_file", file.pk)
    assert address in page(client, one)
    Attachment.objects.update(scan="infected")
    html = page(client, one)
    assert address not in html
    assert "found.pdf" in html
    assert "no longer available" in html


def test_earlier_publications_are_said_without_their_words(here, client):
    one = here.published("The first words.")
    here.answer(one.contribution, "The second words.")
    here.version(one.contribution)
    second = services.publish(one.contribution, organiser())
    html = page(client, second)
    assert "Published before" in html
    assert one.sha256[:12] in html
    assert "The first words." not in html


# case 51
@pytest.mark.parametrize("words", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'])
def test_hostile_words_are_words(here, client, words):
    one = here.published(words, name=words, organisation=words, role=words, short=words)
    for html in (
        client.get(url("publication", one.contribution.reference)).content.decode(),
        client.get(url("library")).content.decode(),
    ):
        assert "<script>alert" not in html
        assert "<img src=x" not in html


def test_it_answers_in_a_constant_number_of_queries(here, client):
    one = here.published()
    other = here.published(short="More", email="other@example.org")

    def queries(publication: Publication) -> int:
        client.get(url("publication", publication.contribution.reference))
        with CaptureQueriesContext(connection) as asked:
            client.get(url("publication", publication.contribution.reference))
        return len(asked)

    assert queries(one) == queries(other) <= 24


# --- The list -------------------------------------------------------------------------------------


def test_the_list_is_filtered(here, client):
    here.published(name="Ada", country="DE", respondent_type="company", email="a@example.org")
    here.published(name="Noor", language="fr", email="b@example.org")

    def names(query: str) -> set[str]:
        html = listed(client, query)
        return {name for name in ("Ada", "Noor") if f"<bdi>{name}</bdi>" in html}

    assert names("") == {"Ada", "Noor"}
    assert names("country=DE") == {"Ada"}
    assert names("type=academic") == {"Noor"}
    assert names("language=fr") == {"Noor"}
    assert names(f"theme={here.questionnaire.pk}") == {"Ada", "Noor"}
    assert names("theme=99999") == set()
    assert names("order=oldest&language=en") == {"Ada"}
    assert "1 contribution matches." in listed(client, "country=DE")


@pytest.mark.parametrize("dictated", [str.lower, lambda said: said.replace("-", " ")])
def test_a_reference_that_was_dictated_leads_to_its_page(here, client, dictated):
    reference = here.published().contribution.reference
    address = url("publication", reference)
    assert client.get(url("publication", dictated(reference)))["Location"] == address
    assert client.get(address).status_code == 200


def test_countries_stand_in_the_order_of_their_language_accents_aside(here, client):
    for place, country in enumerate(("CH", "SN", "GB")):
        here.published(country=country, email=f"{place}@example.org")
    html = client.get("/fr/bibliotheque/").content.decode()
    offered = ("Royaume-Uni", "Sénégal", "Suisse")
    places = [html.index(f">{name}</option>") for name in offered]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("rivers", {"en"}),
        ("river", {"en"}),
        ("forêt", {"fr"}),
        ("forets", {"fr"}),
        ("Noël", {"en", "fr"}),
        ("noel -forêt", {"en"}),
        ('"the rivers"', {"en"}),
        ("nothing", set()),
        ("%00", {"en", "fr"}),
        ("the", set()),
    ],
)
def test_words_are_found_by_the_stems_of_their_language(here, client, typed, found):
    here.published("We ask the rivers.", organisation="A", email="a@example.org")
    here.published("Les forêts brûlent.", language="fr", organisation="B", email="b@example.org")
    html = listed(client, f"q={typed.replace(' ', '+')}")
    assert {code for code, who in (("en", "A"), ("fr", "B")) if f"<bdi>{who}</bdi>" in html} == (
        found
    )


# case 48
@pytest.mark.parametrize(
    "query",
    [
        "order=contribution__contact__email",
        "country=%00",
        "theme=x",
        "before=x",
        "before=999999",
        "type=nobody",
        "language=zz",
        "once=2",
    ],
)
def test_what_no_address_of_ours_says_is_nowhere(here, client, query):
    assert client.get(f"{url('library')}?{query}").status_code == 404


def test_strange_words_are_no_error(here, client):
    for words in ("%27", "%00", "a%20%26%20%7C", "-", "%22", "x" * 5000, "%ED%A0%80"):
        assert client.get(f"{url('library')}?q={words}").status_code == 200


def test_pages_of_the_list_hold_each_once_in_a_constant_number_of_queries(
    here, client, monkeypatch
):
    monkeypatch.setattr(listing, "A_PAGE", 2)
    for number in range(5):
        here.published(f"Words {number}.", name=f"N{number}", email=f"{number}@example.org")
    counted, seen, query = set(), [], ""
    client.get(url("library"))
    for _page in range(3):
        with CaptureQueriesContext(connection) as asked:
            html = listed(client, query)
        counted.add(len(asked) - ("before" in query))  # one more: the place where the page begins
        seen += [f"N{number}" for number in range(5) if f"<bdi>N{number}</bdi>" in html]
        following = re.search(r'href="\?([^"]*)" rel="next"', html)
        query = following[1] if following else "none"
    assert sorted(seen) == [f"N{number}" for number in range(5)]
    assert len(counted) == 1
    assert max(counted) <= 20


# --- Campaigns ------------------------------------------------------------------------------------


def test_a_confirmed_campaign_is_said_and_one_of_each_can_be_asked_for(here, client):
    rows = [
        here.contribution(f"Words {number}.", name=f"N{number}", email=f"{number}@example.org")
        for number in range(3)
    ]
    published = [services.publish(row, organiser()) for row in rows[:2]]
    campaign = Campaign.objects.create(consultation=here.where.consultation)
    for row in rows:
        CampaignMember.objects.create(campaign=campaign, contribution=row, likeness=1)
    said = "contributions with the same text"
    assert said not in listed(client) + page(client, published[0])
    confirm(campaign, organiser())
    assert f"One of 2 {said}" in listed(client)  # the third is not published
    html = page(client, published[0])
    assert f"One of 2 {said}" in html
    assert "N1" in html
    assert "N2" not in html
    once = listed(client, "once=1")
    assert "<bdi>N0</bdi>" in once
    assert "<bdi>N1</bdi>" not in once


# --- Search ---------------------------------------------------------------------------------------


def test_the_site_s_search_finds_it_and_loses_it(here, client):
    one = here.published("We ask the universities about telescopes.")

    def found(language: str = "en") -> str:
        return unescape(client.get(f"/{language}/{'search' if language == 'en' else 'recherche'}/",
                                   {"q": "telescope"}).content.decode())  # fmt: skip

    assert f"/library/{one.contribution.reference}/" in found()
    assert one.contribution.reference not in found("fr")
    services.take_back(one.contribution, organiser(), why="A mistake.")
    assert one.contribution.reference not in found()


def test_the_site_leads_to_the_library(here, client):
    html = client.get(here.page.get_url()).content.decode()
    assert f"{url('library')}?theme={here.questionnaire.pk}" in html
    assert f'href="{url("library")}"' in html


def test_the_sitemap_names_it_while_it_is_published(here, client):
    one = here.published()
    said = client.get("/sitemap.xml").content.decode()
    for language in ("en", "fr"):
        assert url("publication", one.contribution.reference, language=language) in said
    services.take_back(one.contribution, organiser(), why="A mistake.")
    assert one.contribution.reference not in client.get("/sitemap.xml").content.decode()
