"""Sharing contributions out: what was ticked or all that is listed, evenly, or taken back."""

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from submissions.contributions.staff import readings
from submissions.models import Contribution, Reading, ReadingState
from tests.submissions.libraries import Room, desk_of, member_of_staff, room

SHARE = reverse("contributions:assign")
READER = ("view_contribution", "change_reading")


@pytest.fixture
def where(db: None) -> Room:
    return room()


@pytest.fixture
def people(db: None) -> list[Any]:
    return [member_of_staff(name, *READER) for name in ("ada", "grace", "lin")]


@pytest.fixture
def desk(people: list[Any]) -> Client:
    return desk_of(people[0])


def assigned() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for reading in Reading.objects.select_related("assignee", "contribution").order_by("pk"):
        if reading.assignee:
            found.setdefault(reading.assignee.username, []).append(reading.contribution.name)
    return found


def share(desk: Client, **data: Any) -> Any:
    return desk.post(SHARE, {"which": "listed", "to": "readers", "only_free": "on"} | data)


def test_all_that_is_listed_is_shared_evenly_in_its_order(where, desk, people):
    for name in "ABCDEFG":
        where.contribution(name=name)
    where.contribution(name="Z", language="fr")
    url = f"{SHARE}?language=en&ordering=name"
    data = {"which": "listed", "to": "readers", "readers": [user.pk for user in people]}
    assert desk.post(url, data).url == f"{reverse('contributions:index')}?language=en&ordering=name"
    assert assigned() == {"ada": ["A", "D", "G"], "grace": ["B", "E"], "lin": ["C", "F"]}
    assert ModelLogEntry.objects.filter(action="submissions.assign_contribution").count() == 7


def test_only_what_was_ticked_is_given(where, desk, people):
    rows = [where.contribution(name=name) for name in "ABC"]
    page = desk.get(SHARE, {"id": [rows[0].pk, rows[2].pk, "x", 999999]})
    assert [one.name for one in page.context["ticked"]] == ["C", "A"]
    share(desk, which="ticked", id=[rows[0].pk, rows[2].pk], readers=[people[1].pk])
    assert assigned() == {"grace": ["A", "C"]}


def test_of_two_who_share_out_the_second_is_told_what_was_left(where, people):
    rows = [where.contribution(name=name) for name in "ABC"]
    ids = [one.pk for one in rows]
    share(desk_of(people[1]), which="ticked", id=ids[:2], readers=[people[1].pk])
    client = desk_of(people[2])
    response = share(client, which="ticked", id=ids, readers=[people[2].pk])
    html = unescape(client.get(response.url).content.decode())
    assert "1 contribution is assigned." in html
    assert "2 stayed as they were: they have a reader, or are read." in html
    assert assigned() == {"grace": ["A", "B"], "lin": ["C"]}


def test_what_others_read_changes_hands_only_if_said_and_what_is_read_never(where, desk, people):
    free, held, read = (where.contribution(name=name) for name in ("Free", "Held", "Read"))
    readings.assign(held, people[1], people[1], seen=None)
    readings.mark_read(read, people[1], version=1)
    share(desk, readers=[people[2].pk], only_free="")
    assert assigned() == {"lin": ["Free", "Held"], "grace": ["Read"]}
    assert Reading.objects.get(contribution=free).state == ReadingState.TO_READ


def test_they_are_taken_back(where, desk, people):
    one = where.contribution(name="A")
    readings.assign(one, people[1], people[1], seen=None)
    share(desk, to="nobody")
    assert assigned() == {}
    assert Reading.objects.get(contribution=one).state == ReadingState.TO_READ


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"which": "listed", "to": "readers"},
        {"which": "listed", "to": "readers", "readers": ["x"]},
        {"which": "listed", "to": "readers", "readers": ["999999"]},
        {"which": "else", "to": "nobody"},
    ],
)
def test_what_is_missing_is_told_and_nothing_is_given(where, desk, data):
    where.contribution()
    assert desk.post(SHARE, data).status_code == 422
    assert assigned() == {}


def test_who_may_not_read_is_not_offered(where, desk):
    where.contribution()
    stranger = member_of_staff("stranger", "view_contribution")
    assert share(desk, readers=[stranger.pk]).status_code == 422


def test_an_empty_list_is_told(where, desk):
    assert desk.get(SHARE).status_code == 302


def test_withdrawn_ones_are_left_alone(where, desk, people):
    one = where.contribution()
    Contribution.objects.filter(pk=one.pk).update(state="withdrawn")
    other = where.contribution(name="Stands")
    share(desk, which="ticked", id=[one.pk, other.pk], readers=[people[0].pk])
    assert assigned() == {"ada": ["Stands"]}


def test_sharing_many_takes_as_many_statements_as_few(where, people, django_assert_max_num_queries):
    for number in range(12):
        where.contribution(name=str(number))
    with django_assert_max_num_queries(14):
        readings.share_out(Contribution.objects.order_by("pk"), people, people[0])
