"""What staff see of contributions, and what they may not."""

from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail import hooks
from wagtail.users.models import UserProfile

from submissions.models import ContactDetails
from tests.factories import published, translate
from tests.submissions.answering import Door, expert_door, staff
from themes.models import ThemePage

pytestmark = pytest.mark.django_db

LIST = "contributions:index"
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }}",
    "'-alert(1)-'",
]


@pytest.fixture
def door() -> Door:
    return expert_door()


@pytest.fixture
def reader(client):
    client.force_login(staff("view_contribution"))
    return client


def text_of(response) -> str:
    return unescape(response.content.decode())


def read(client, contribution):
    return client.get(reverse("contributions:inspect", args=[contribution.pk]))


# --- The list -------------------------------------------------------------------------------------


def test_the_list_tells_who_sent_what_from_where(door, reader):
    contribution = door.received(language="fr")
    html = text_of(reader.get(reverse(LIST)))
    for words in (
        contribution.reference,
        "Camille Noël",
        "Institut d’étude",
        "Academic or research institute",
        "France",
        "Français",
        door.page.title,
    ):
        assert words in html


def test_english_and_french_contributions_stand_in_one_list(door, reader):
    references = {door.received(language=code).reference for code in ("en", "fr")}
    html = text_of(reader.get(reverse(LIST)))
    assert all(reference in html for reference in references)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"language": "fr"}, {"Noor"}),
        ({"country": "DE"}, {"Noor"}),
        ({"respondent_type": "company"}, {"Ada"}),
        ({"q": "noo"}, {"Noor"}),
        ({"q": "acme"}, {"Ada"}),
        ({"submitted_at_from": "2000-01-01"}, {"Ada", "Noor"}),
        ({"submitted_at_to": "2000-01-01"}, set()),
        ({"country": "DE", "language": "en"}, set()),
    ],
)
def test_filters_and_search(door, reader, query, found):
    sent = [
        door.received(name="Ada", organisation="Acme", respondent_type="company"),
        door.received(language="fr", name="Noor", country="DE"),
    ]
    html = text_of(reader.get(reverse(LIST), query))
    assert {one.name for one in sent if one.reference in html} == found


def test_the_questionnaire_filter(door, reader):
    contribution = door.received()
    here = {"questionnaire": door.questionnaire.pk}
    assert contribution.reference in text_of(reader.get(reverse(LIST), here))
    contribution.answers.all().delete()
    assert contribution.reference not in text_of(reader.get(reverse(LIST), here))


@pytest.mark.parametrize(
    "query",
    [
        {"p": "999999"},
        {"p": "-1"},
        {"country": "%00"},
        {"q": "\x00"},
        {"ordering": "contact__email"},
        {"questionnaire": "x"},
        {"submitted_at_from": "never"},
    ],
)
def test_a_strange_query_is_no_error(door, reader, query):
    door.received()
    assert reader.get(reverse(LIST), query).status_code == 200


def test_the_list_needs_no_more_queries_for_many(door, reader):
    door.received()
    reader.get(reverse(LIST))
    with CaptureQueriesContext(connection) as few:
        reader.get(reverse(LIST))
    for number in range(8):
        door.received(language=("en", "fr")[number % 2], scale="3")
    with CaptureQueriesContext(connection) as many:
        reader.get(reverse(LIST))
    assert len(many) == len(few)


# --- Reading --------------------------------------------------------------------------------------


def test_each_question_stands_beside_its_answer_in_the_language_answered(door, reader):
    contribution = door.received(language="fr", short_text="Un projet", scale="4")
    html = text_of(read(reader, contribution))
    assert html.index("[fr] Name one project.") < html.index("Un projet")
    assert html.index("Un projet") < html.index("[fr] What do you propose")
    assert '<div lang="fr" dir="auto"><p>Un projet</p></div>' in html
    assert "4, where 1 is “[fr] Not at all” and 5 is “[fr] Entirely”" in html


def test_choices_are_shown_in_the_readers_language(door, client):
    contribution = door.received(language="fr", one_choice=door.choice("one_choice", 1))
    user = staff("view_contribution")
    client.force_login(user)
    assert "<li>Schools</li>" in text_of(read(client, contribution))
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "fr"})
    assert "<li>[fr] Schools</li>" in text_of(read(client, contribution))


def test_an_answer_to_older_words_is_shown_under_those_words(door, reader):
    contribution = door.received()
    body = door.page.body.raw_data[0]
    for question in body["value"]["questions"]:
        if question["type"] == "long_text":
            question["value"]["label"] = "Quite another question: what would you stop?"
    page = ThemePage.objects.get(pk=door.page.pk)
    page.body = [dict(body)]
    translate(published(page))
    html = text_of(read(reader, contribution))
    assert "What do you propose?" in html
    assert "Quite another question" not in html
    assert "Answers version 1 of the question, whose words are above; the newest is 2." in html


def test_consents_are_shown_with_their_version(door, reader):
    html = text_of(read(reader, door.received(publication="publication_without_name")))
    assert "Publish my contribution without my name or organisation." in html
    assert "Version 2026-11" in html


def test_reading_needs_as_many_queries_for_five_answers_as_for_one(door, reader):
    one = door.received()
    five = door.received(
        short_text="x",
        scale="1",
        one_choice=door.choice("one_choice", 0),
        several_choices=[door.choice("several_choices", 0), door.choice("several_choices", 1)],
    )
    read(reader, five)
    with CaptureQueriesContext(connection) as few:
        read(reader, one)
    with CaptureQueriesContext(connection) as many:
        read(reader, five)
    assert len(many) <= len(few) + 1  # labels of choices, where there are choices


# case 51
@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_shown_as_words(door, reader, words):
    contribution = door.received(name=words, organisation=words, role=words, long_text=words)
    for response in (reader.get(reverse(LIST)), read(reader, contribution)):
        assert response.status_code == 200
        html = response.content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert words in unescape(html)


# --- Who may --------------------------------------------------------------------------------------

ADDRESSES = ["index", "index_results", "inspect", "export_csv", "export_jsonl"]
MAY = {
    (): [],
    ("view_idea",): [],
    ("change_contribution", "add_contribution", "delete_contribution"): [],
    ("view_contribution",): ["index", "index_results", "inspect"],
    ("export_contribution",): [],
    ("view_contribution", "export_contribution"): ADDRESSES,
    ("view_contactdetails",): [],
}


@pytest.mark.parametrize("permissions", MAY)
def test_each_address_opens_by_its_permission_only(door, client, permissions):
    contribution = door.received()
    client.force_login(staff(*permissions))
    opened = []
    for name in ADDRESSES:
        arguments = [contribution.pk] if name == "inspect" else []
        response = client.get(reverse(f"contributions:{name}", args=arguments))
        if response.status_code == 200:
            opened.append(name)
        else:
            assert contribution.name not in text_of(response)
    assert opened == MAY[permissions]


def test_the_public_sees_none_of_it(door, client):
    contribution = door.received()
    for name in ADDRESSES:
        arguments = [contribution.pk] if name == "inspect" else []
        assert client.get(reverse(f"contributions:{name}", args=arguments)).status_code == 302


def test_the_address_is_for_who_may_see_it(door, client, reader):
    contribution = door.received()
    email = contribution.contact.email
    assert email not in text_of(read(reader, contribution))
    assert email not in text_of(reader.get(reverse(LIST)))
    client.force_login(staff("view_contribution", "view_contactdetails", name="office"))
    assert email in text_of(read(client, contribution))


def test_the_address_is_not_even_read_for_others(door, reader):
    contribution = door.received()
    with CaptureQueriesContext(connection) as queries:
        read(reader, contribution)
    table = ContactDetails._meta.db_table
    assert not [query for query in queries if table in query["sql"]]


def test_export_buttons_are_for_who_may_export(door, client, reader):
    door.received()
    assert "Download CSV" not in text_of(reader.get(reverse(LIST)))
    client.force_login(staff("view_contribution", "export_contribution", name="exporter"))
    html = text_of(client.get(reverse(LIST), {"language": "fr"}))
    assert f"{reverse('contributions:export_csv')}?language=fr" in html


def test_the_menu_shows_contributions_to_their_readers(door, client, reader):
    home = reverse("wagtailadmin_home")
    assert reverse(LIST) in text_of(reader.get(home))
    client.force_login(staff(name="nobody"))
    assert reverse(LIST) not in text_of(client.get(home))


def test_the_permissions_can_be_granted_in_the_form_of_groups(db):
    registered = {
        permission.codename
        for register in hooks.get_hooks("register_permissions")
        for permission in register()
    }
    assert {"view_contribution", "export_contribution", "view_contactdetails"} <= registered
    assert not {"add_contribution", "change_contribution", "delete_contribution"} & registered
