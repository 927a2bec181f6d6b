"""A section a page: what is typed is saved, whatever it is."""

from html import unescape
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from submissions.limits import counting
from submissions.models import Draft, DraftAnswer, DraftPart, Question
from tests.factories import published, translate
from tests.submissions.answering import OWN_PAGE, TOLD, Door, errors, expert_door
from tests.submissions.dossiers import Writer, complete, hidden, text_of, writer

pytestmark = pytest.mark.django_db

TASK_LIST, SECTION = 30, 30  # queries
LONG = "Open the models that public money pays for."


@pytest.fixture
def door() -> Door:
    return expert_door()


@pytest.fixture
def browser(door: Door) -> Writer:
    return writer(door)


def stored(door: Door, kind: str) -> DraftAnswer:
    return DraftAnswer.objects.get(question=door.question(kind))


# --- Saved ----------------------------------------------------------------------------------------


def test_the_section_asks_the_questions_of_its_language_in_their_order(door, browser):
    html = text_of(browser.get(browser.section(door.questionnaire, language="fr")))
    asked = ["Name one project.", "What do you propose", "Which comes first", "How open"]
    places = [html.index(f"[fr] {words}") for words in asked]
    assert places == sorted(places)
    assert " checked" not in html
    assert "<title>Étape 1 sur 5\u00a0:" in html


def test_what_is_typed_is_kept_as_it_was_typed(door, browser):
    fields = {
        door.field("short_text"): "  A <b>project</b> ",
        door.field("long_text"): "Two\r\nlines",
        door.field("one_choice"): door.choice("one_choice", 1),
        door.field("several_choices"): [door.choice("several_choices", n) for n in (0, 2)],
        door.field("scale"): "4",
    }
    response = browser.save(door.questionnaire, fields)
    assert response["Location"] == browser.address("draft_about")
    kept = {kind: stored(door, kind).data for kind in ("short_text", "long_text")}
    assert kept["short_text"] == {door.field("short_text"): ["  A <b>project</b> "]}
    assert kept["long_text"] == {door.field("long_text"): ["Two\nlines"]}
    html = browser.get(browser.section(door.questionnaire)).content.decode()
    assert "A &lt;b&gt;project&lt;/b&gt;" in html
    assert html.count(" checked") == 1 + 2 + 1


def test_saving_demands_nothing(door, browser):
    Question.objects.update(required=True)
    response = browser.save(door.questionnaire, {})
    assert response.status_code == 302
    html = text_of(browser.get(browser.address("draft")))
    assert html.count(">Not started<") == 4


@pytest.mark.parametrize(
    ("then", "leads"),
    [("on", "draft_about"), ("list", "draft"), ("exit", "draft_leave"), ("nonsense", "draft")],
)
def test_each_button_saves_and_leads_where_it_says(door, browser, then, leads):
    response = browser.save(door.questionnaire, {door.field("short_text"): "Words"}, then=then)
    assert response["Location"] == browser.address(leads)
    assert DraftAnswer.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "value", "english", "french"),
    [
        (
            "short_text",
            "é" * 251,
            "Your answer must be 250 characters or fewer. It has 251.",
            "Votre réponse doit compter 250 caractères au plus. Elle en compte 251.",
        ),
        (  # case 23
            "long_text",
            "x" * 200_000,
            "Your answer must be 15,000 characters or fewer. It has 200,000.",
            "Votre réponse doit compter 15\u202f000 caractères au plus."
            " Elle en compte 200\u202f000.",
        ),
        (
            "one_choice",
            "999999",
            "Choose among the answers that are listed.",
            "Choisissez parmi les réponses proposées.",
        ),
    ],
)
def test_what_is_wrong_is_said_and_kept(door, browser, kind, value, english, french):
    for language, expected in (("en", english), ("fr", french)):
        fields = {door.field(kind): value}
        response = browser.save(door.questionnaire, fields, language=language)
        assert response.status_code == 422
        assert [line for line in errors(response) if line.endswith(expected)], errors(response)
        assert ("Error:" if language == "en" else "Erreur") in text_of(response).split("</title>")[
            0
        ]
    assert stored(door, kind).data == {door.field(kind): [value]}
    assert "To correct" in text_of(browser.get(browser.address("draft")))
    assert browser.save(door.questionnaire, {}, then="list").status_code == 302
    assert browser.save(door.questionnaire, {}, then="exit").status_code == 302


# case 24
@pytest.mark.parametrize(
    "text", ["a\x00b", "a\x0bb\x07", "\u200b\u200b", "\u202eturned", "Z" + "\u0301" * 5000]
)
def test_the_worst_of_words_are_kept_and_break_nothing(door, browser, text):
    response = browser.save(door.questionnaire, {door.field("long_text"): text})
    assert response.status_code in (302, 422)
    assert stored(door, "long_text").data == {door.field("long_text"): [text.replace("\0", "")]}
    assert browser.get(browser.section(door.questionnaire)).status_code == 200
    assert browser.get(browser.address("draft")).status_code == 200


def test_hostile_words_are_shown_as_words(door, browser):
    browser.save(door.questionnaire, {door.field("long_text"): '"><img src=x onerror=alert(1)>'})
    browser.tell_about(name="<script>alert(1)</script>")
    for page in (browser.section(door.questionnaire), browser.address("draft_about")):
        html = browser.get(page).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "alert(1)" in unescape(html)


def test_a_section_passed_with_answers_is_done_and_one_begun_is_in_progress(door, browser):
    fields = {door.field("short_text"): "Words"}
    browser.save(door.questionnaire, fields, then="list")
    html = text_of(browser.get(browser.address("draft")))
    assert "In progress" in html
    assert "1 of 5 questions answered" in html
    browser.save(door.questionnaire, {})
    assert ">Done<" in text_of(browser.get(browser.address("draft")))


def test_a_follow_up_that_does_not_apply_is_not_counted_as_left(door, browser):
    door.question("long_text").follows.set([door.choice("one_choice", 0)])
    browser.save(door.questionnaire, {door.field("one_choice"): door.choice("one_choice", 1)})
    assert "1 of 4 questions answered" in text_of(browser.get(browser.address("draft")))
    browser.save(door.questionnaire, {door.field("one_choice"): door.choice("one_choice", 0)})
    assert "1 of 5 questions answered" in text_of(browser.get(browser.address("draft")))


def test_a_required_question_without_an_answer_keeps_a_section_in_progress(door, browser):
    Question.objects.filter(kind="scale").update(required=True)
    browser.save(door.questionnaire, {door.field("short_text"): "Words"})
    html = text_of(browser.get(browser.address("draft")))
    assert "In progress" in html and ">Done<" not in html


def test_required_questions_are_not_called_optional(door, browser):
    Question.objects.filter(kind__in=["scale", "long_text"]).update(required=True)
    html = text_of(browser.get(browser.section(door.questionnaire)))
    assert html.count('class="optional"') == 3


# --- The parts ------------------------------------------------------------------------------------


def test_identity_and_consents_are_kept_and_nothing_is_ticked_beforehand(door, browser):
    for page in ("draft_about", "draft_consents"):
        assert " checked" not in text_of(browser.get(browser.address(page)))
    browser.tell_about(email="")
    browser.consent()
    assert DraftPart.objects.get(key="about").data["name"] == [TOLD["name"]]
    assert DraftPart.objects.get(key="consents").data == {
        "analysis": ["on"],
        "publication": ["not_published"],
    }
    html = text_of(browser.get(browser.address("draft")))
    assert (html.count("In progress"), html.count(">Done<")) == (1, 1)


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"email": "nobody"}, "Enter an e-mail address such as name@example.org."),
        ({"country": "ZZ"}, "Choose a country of the list."),
        ({"name": "x" * 300}, "Your answer must be 200 characters or fewer. It has 300."),
    ],
)
def test_what_is_wrong_about_a_person_is_said_and_kept(browser, said, message):
    response = browser.tell_about(**said)
    assert response.status_code == 422
    assert errors(response)[0].endswith(message)
    name, value = next(iter(said.items()))
    assert DraftPart.objects.get().data[name] == [value]
    assert browser.tell_about(**said, then="list").status_code == 302


def test_a_part_that_was_changed_meanwhile_is_not_overwritten(browser):
    first = hidden(browser.get(browser.address("draft_about")), "revision")
    browser.tell_about(name="Sacha Petit")
    where = browser.address("draft_about")
    response = browser.post(where, {"name": "Camille", "revision": first})
    assert response.status_code == 409
    assert "Sacha Petit" in text_of(response) and 'value="Camille"' in text_of(response)
    assert DraftPart.objects.get().data["name"] == ["Sacha Petit"]
    again = {"name": "Camille", "revision": hidden(response, "revision")}
    assert browser.post(where, again).status_code == 302
    assert DraftPart.objects.get().data["name"] == ["Camille"]


# --- Another language (case 31) -------------------------------------------------------------------


# case 31
def test_changing_language_saves_what_was_typed_and_shows_it_there(door, browser):
    fields = {
        door.field("short_text"): "A project",
        door.field("one_choice"): door.choice("one_choice", 1),
        door.field("long_text"): "word " * 700,
    }
    response = browser.save(door.questionnaire, fields, then="fr")
    assert response["Location"] == browser.section(door.questionnaire, language="fr")
    html = text_of(browser.get(response["Location"]))
    assert '<html lang="fr"' in html
    assert 'value="A project"' in html
    assert html.count(" checked") == 1
    assert stored(door, "short_text").language == "en"
    browser.save(door.questionnaire, {}, language="fr", then="list")
    assert stored(door, "short_text").language == "en"
    browser.save(
        door.questionnaire, {door.field("short_text"): "Un projet"}, language="fr", then="list"
    )
    assert stored(door, "short_text").language == "fr"


def test_the_parts_change_language_too(browser):
    response = browser.tell_about(then="fr")
    assert response["Location"] == browser.address("draft_about", language="fr")
    assert "Camille Noël" in text_of(browser.get(response["Location"]))


# --- Nothing is lost where nothing can be saved ---------------------------------------------------


# case 28
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_browser_without_its_cookie_has_its_words_back(door, browser, language):
    fields = {
        door.field("long_text"): LONG,
        door.field("one_choice"): door.choice("one_choice", 1),
        "question_999999999": "of no question",
        f"q_{uuid4()}": "noise",
    }
    where = browser.section(door.questionnaire, language=language)
    response = Client().post(where, fields, headers=OWN_PAGE)
    assert response.status_code == 404
    html = text_of(response)
    assert LONG in html and "Schools" in html and "of no question" in html
    assert not DraftAnswer.objects.exists()
    told = Client().post(browser.address("draft_about"), TOLD, headers=OWN_PAGE)
    assert "Camille Noël" in text_of(told) and "France" in text_of(told)


# case 28
def test_a_form_that_was_open_for_hours_needs_no_token(door, browser):
    strict = Client(enforce_csrf_checks=True, headers=OWN_PAGE)
    strict.cookies = browser.cookies
    where = browser.section(door.questionnaire)
    page = browser.get(where)
    data = {"screen": hidden(page, "screen"), door.field("long_text"): LONG}
    assert strict.post(where, data).status_code == 302
    elsewhere = strict.post(where, data, headers={"Sec-Fetch-Site": "cross-site"})
    assert elsewhere.status_code == 403


# case 25
def test_a_body_too_large_gets_a_page_that_says_so(door, browser, settings):
    page = browser.get(browser.section(door.questionnaire))
    response = browser.save(
        door.questionnaire, {door.field("long_text"): "x" * 2_200_000}, page=page
    )
    assert response.status_code == 413
    assert "too large" in text_of(response)
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 5
    many = {f"field_{number}": "x" for number in range(9)}
    assert browser.post(browser.section(door.questionnaire), many).status_code == 413


def test_words_that_come_after_the_contribution_was_sent_are_given_back(door):
    browser = complete(door)
    page = browser.get(browser.section(door.questionnaire))
    Draft.objects.update(writing=False)
    fields = {door.field("short_text"): "One thing more"}
    response = browser.save(door.questionnaire, fields, page=page)
    assert response.status_code == 409
    assert "One thing more" in text_of(response)
    line = browser.save(door.questionnaire, fields, page=page, by_itself=True)
    assert line.status_code == 200 and "sent in the meantime" in text_of(line)
    assert not DraftAnswer.objects.filter(question=door.question("short_text")).exists()
    assert browser.get(browser.address("draft")).status_code == 302


def test_who_saves_without_end_has_the_words_back(door, browser, monkeypatch):
    monkeypatch.setitem(counting.BY_PARTICIPANT, "save", 1)
    page = browser.get(browser.section(door.questionnaire))
    fields = {door.field("long_text"): LONG}
    assert browser.save(door.questionnaire, fields, page=page).status_code == 302
    response = browser.save(door.questionnaire, fields, page=page)
    assert response.status_code == 429
    assert LONG in text_of(response)
    line = browser.save(door.questionnaire, fields, page=page, by_itself=True)
    assert "saved too often" in text_of(line)


# --- Queries --------------------------------------------------------------------------------------


def test_queries_are_as_many_for_many_questions(door, browser):
    pages = [browser.address("draft"), browser.section(door.questionnaire)]
    browser.save(door.questionnaire, {door.field("short_text"): "Words"})
    counts = []
    for _size in ("few", "many"):
        for where in pages:
            browser.get(where)
            with CaptureQueriesContext(connection) as asked:
                browser.get(where)
            counts.append(len(asked))
        if len(counts) == len(pages):
            body = door.page.body.raw_data[0]
            body["value"]["questions"] += [
                {"type": "short_text", "id": str(uuid4()), "value": {"label": f"Number {n}?"}}
                for n in range(20)
            ]
            door.page.body = [dict(body)]
            translate(published(door.page))
    assert counts[:2] == counts[2:]
    assert counts[0] <= TASK_LIST and counts[1] <= SECTION, counts
