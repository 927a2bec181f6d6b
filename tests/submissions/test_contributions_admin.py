"""The list of contributions: who sent what, from where, and who reads it."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from submissions.contributions.staff import coding, notes, passages, readings
from submissions.contributions.staff.places import Place
from submissions.models import (
    Campaign,
    CampaignMember,
    Code,
    Contribution,
    ContributionState,
    Publication,
)
from tests.submissions.dossiers import text_of
from tests.submissions.libraries import Room, desk_of, member_of_staff, room
from tests.submissions.readers import LIST, a_code, addresses, listed

pytestmark = pytest.mark.django_db

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }}",
    "'-alert(1)-'",
]


@pytest.fixture
def where() -> Room:
    return room()


@pytest.fixture
def ada(where: Room) -> Any:
    return member_of_staff(
        "ada", "view_contribution", "change_reading", "add_passage", "add_note", "change_scheme"
    )


@pytest.fixture
def reader(ada: Any) -> Client:
    return desk_of(ada)


# --- The list -------------------------------------------------------------------------------------


def test_the_list_tells_who_sent_what_from_where_and_who_reads_it(where, reader, ada):
    one = where.contribution(language="fr")
    readings.assign(one, ada, ada, seen=None)
    html = text_of(reader.get(LIST))
    for words in (
        one.reference,
        "Camille Noël",
        "Institut d’étude",
        "Academic or research institute",
        "France",
        "Français",
        where.page.title,
        "Being read",
        "ada",
    ):
        assert words in html


def test_each_filter_and_the_search(where, reader, ada):
    first = where.contribution(name="Ada", organisation="Acme", respondent_type="company")
    second = where.contribution(name="Noor", country="DE", language="fr")
    third = where.contribution(name="Gone")
    below = a_code(where, "Licences", ada, above := a_code(where, "Openness", ada))
    coding.code_contribution(first, [below], ada)
    answer = second.answers.get()
    passages.mark(answer, Place(0, 5), [a_code(where, "Work", ada)], ada, quote=answer.text[:5])
    readings.mark_read(second, ada, version=1)
    campaign = Campaign.objects.create(consultation=where.where.consultation)
    CampaignMember.objects.create(campaign=campaign, contribution=first, likeness=0.9)
    Publication.objects.create(
        contribution=second, version=second.versions.get(), number=1, state="live", sha256=""
    )
    Contribution.objects.filter(pk=third.pk).update(state=ContributionState.WITHDRAWN)
    work = Code.objects.get(labels__name="Work").pk
    bare = first.reference.replace("-", "").lower()
    for query, found in (
        ({"language": "fr"}, {"Noor"}),
        ({"country": "DE"}, {"Noor"}),
        ({"respondent_type": "company"}, {"Ada"}),
        ({"questionnaire": where.questionnaire.pk}, {"Ada", "Noor", "Gone"}),
        ({"reading": "to_read"}, set()),
        ({"reading": "being_read"}, {"Ada"}),
        ({"reading": "read"}, {"Noor"}),
        ({"reader": "me"}, {"Ada", "Noor"}),
        ({"reader": "nobody"}, {"Gone"}),
        ({"reader": "somebody"}, {"Ada", "Noor"}),
        ({"reader": ada.pk}, {"Ada", "Noor"}),
        ({"code": above.pk}, {"Ada"}),
        ({"code": below.pk}, {"Ada"}),
        ({"code": work}, {"Noor"}),
        ({"campaign": "any"}, {"Ada"}),
        ({"campaign": "none"}, {"Noor", "Gone"}),
        ({"campaign": campaign.pk}, {"Ada"}),
        ({"publication": "live"}, {"Noor"}),
        ({"publication": "none"}, {"Ada", "Gone"}),
        ({"state": "withdrawn"}, {"Gone"}),
        ({"state": "received"}, {"Ada", "Noor"}),
        ({"submitted_at_from": "2000-01-01"}, {"Ada", "Noor", "Gone"}),
        ({"submitted_at_to": "2000-01-01"}, set()),
        ({"q": "noo"}, {"Noor"}),
        ({"q": "acme"}, {"Ada"}),
        ({"q": bare}, {"Ada"}),
        ({"q": f" {first.reference} "}, {"Ada"}),
        ({"country": "DE", "language": "en"}, set()),
    ):
        assert listed(reader, **query) == found, query


def test_the_state_of_a_contribution_is_said_in_french_as_a_state(where):
    row = where.contribution()
    Contribution.objects.filter(pk=row.pk).update(state=ContributionState.WITHDRAWN)
    row.refresh_from_db()
    with translation.override("fr"):
        assert row.get_state_display() == "Retirée"  # and not "Retirée le", which a day follows


@pytest.mark.parametrize(
    "typed",
    ["l'Ouest", "l’ouest", "ELODIE O’NEILL", "Élodie O'Neill", "oeuvres de l'", "we must"],
)
def test_the_search_minds_neither_accents_nor_which_apostrophe_it_is(where, reader, typed):
    where.contribution(
        name="Élodie O'Neill", organisation="Œuvres de l’Ouest", role="We Must chair"
    )
    where.contribution(name="Noor", organisation="West")
    assert listed(reader, q=typed) == {"Élodie O'Neill"}


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("name", "नई दिल्ली"),
        ("organisation", "山がわ"),
        ("role", "שָׁלוֹם"),
        ("name", "مُحَمَّد"),
        ("organisation", "Acme™"),
    ],
)
def test_a_name_is_found_by_its_own_letters_whatever_their_marks(where, reader, field, said):
    where.contribution(**{"name": "Ada", field: f"The {said}"})
    where.contribution(name="Noor")
    assert listed(reader, q=said) == {f"The {said}" if field == "name" else "Ada"}


@pytest.mark.parametrize(
    ("ordering", "first"),
    [("name", "Ada"), ("-name", "Noor"), ("submitted_at", "Noor"), ("", "Ada"), ("x", "Ada")],
)
def test_the_list_is_sorted_as_asked_and_the_newest_first_unless(where, reader, ordering, first):
    where.contribution(name="Noor")
    where.contribution(name="Ada")
    rows = reader.get(LIST, {"ordering": ordering}).context["object_list"]
    assert rows[0].name == first


@pytest.mark.parametrize(
    "query",
    [
        {"p": "999999"},
        {"p": "-1"},
        {"country": "%00"},
        {"q": "\x00"},
        {"ordering": "contact__email"},
        {"questionnaire": "x"},
        {"code": "0"},
        {"reader": "999999999999999999999"},
        {"submitted_at_from": "never"},
        {"q": "x" * 3000},
    ],
)
def test_a_strange_query_is_no_error(where, reader, query):
    where.contribution()
    assert reader.get(LIST, query).status_code == 200
    assert reader.get(reverse("contributions:index_results"), query).status_code == 200


def test_the_list_needs_no_more_queries_for_many(where, reader, ada):
    readings.assign(where.contribution(), ada, ada, seen=None)
    reader.get(LIST)
    with CaptureQueriesContext(connection) as few:
        reader.get(LIST)
    for number in range(8):
        one = where.contribution(language=("en", "fr")[number % 2], short="x", name=f"N {number}")
        readings.assign(one, ada, ada, seen=None)
    with CaptureQueriesContext(connection) as many:
        reader.get(LIST)
    assert len(many) == len(few)


def test_the_progress_of_the_reading_stands_above(where, reader, ada):
    for number in range(3):
        where.contribution(name=f"N {number}")
    read, being_read = where.contribution(name="Read"), where.contribution(name="Being")
    readings.mark_read(read, ada, version=1)
    readings.assign(being_read, ada, ada, seen=None)
    progress = reader.get(LIST).context["progress"]
    assert (progress.all.to_read, progress.all.being_read, progress.all.read) == (3, 1, 1)
    assert [(name, counts.total) for name, counts in progress.by_reader] == [
        ("ada", 2),
        ("Nobody", 3),
    ]
    assert [(name, counts.total) for name, counts in progress.by_theme] == [(where.page.title, 5)]


# case 51
@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_shown_as_words(where, reader, ada, words):
    one = where.contribution(words, name=words, organisation=words, role=words)
    notes.add(one, ada, words)
    answer = one.answers.get()
    code = a_code(where, words, ada)
    passages.mark(answer, Place(0, 3), [code], ada, quote=words[:3])
    for url in (LIST, *(addresses(one)[name] for name in ("inspect", "scheme", "code", "note"))):
        html = reader.get(url).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
