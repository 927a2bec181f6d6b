"""The consultation's dates as an iCalendar file, by the rules of RFC 5545."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from core.clock import database_now
from submissions.calendar_file import LONGEST_LINE, escaped, folded
from tests.factories import BilingualSite, bilingual_site, open_consultation

CLOSES = datetime(2030, 12, 31, 23, 0, tzinfo=UTC)  # midnight in Paris


def lines_of(response: Any) -> list[str]:
    """The file's lines, unfolded, once its form is found right."""
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    body = response.content.decode()
    assert body.endswith("\r\n")
    raw = body.removesuffix("\r\n").split("\r\n")
    assert not any("\n" in line or "\r" in line for line in raw)
    assert all(len(line.encode()) <= LONGEST_LINE for line in raw)
    return body.removesuffix("\r\n").replace("\r\n ", "").split("\r\n")


def events(lines: list[str]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for line in lines:
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and line != "END:VEVENT":
            name, _, value = line.partition(":")
            assert name not in found[-1]
            found[-1][name] = value
    return found


@pytest.fixture
def where(db: None) -> BilingualSite:
    return bilingual_site(opens_at=database_now() - timedelta(days=1), closes_at=CLOSES)


@pytest.mark.parametrize(
    ("address", "title", "words"),
    [
        (
            "/en/calendar.ics",
            "AI and the general interest: last moment",
            "31 December 2030\\, 23:59",
        ),
        ("/fr/calendrier.ics", "L’IA et l’intérêt général : dernier", "31 décembre 2030 à 23 h 59"),
    ],
)
def test_the_deadline_is_an_event_in_the_readers_language(
    client: Client, where: BilingualSite, address: str, title: str, words: str
) -> None:
    lines = lines_of(client.get(address))
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[2].startswith("PRODID:")
    assert lines[-1] == "END:VCALENDAR"
    opening, closing = events(lines)
    assert closing["DTSTART"] == "20301231T225900Z"  # never midnight
    assert closing["SUMMARY"].replace("\u00a0", " ").startswith(title)
    assert words in closing["DESCRIPTION"].replace("\u00a0", " ")
    assert closing["URL"] == f"{where.site.root_url}/{address[1:3]}/"
    for event in (opening, closing):
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= set(event)
        assert datetime.strptime(event["DTSTAMP"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    assert opening["UID"] != closing["UID"]


def test_both_languages_name_one_event(client: Client, where: BilingualSite) -> None:
    """Whoever takes both files has the deadline once."""
    ids = [
        [event["UID"] for event in events(lines_of(client.get(address)))]
        for address in ("/en/calendar.ics", "/fr/calendrier.ics")
    ]
    assert ids[0] == ids[1]


def test_without_dates_there_is_no_file(client: Client, where: BilingualSite) -> None:
    open_consultation(where.site, opens_at=None, closes_at=None)
    assert client.get("/en/calendar.ics").status_code == 404


@pytest.mark.parametrize(("opens", "closes", "offered"), [(5, 9, 1), (-5, 9, 1), (-9, -5, 0)])
def test_the_file_is_offered_while_a_date_is_still_to_come(
    client: Client, where: BilingualSite, opens: int, closes: int, offered: int
) -> None:
    now = database_now()
    open_consultation(
        where.site, opens_at=now + timedelta(days=opens), closes_at=now + timedelta(days=closes)
    )
    for address, file in (("/en/", "/en/calendar.ics"), ("/fr/", "/fr/calendrier.ics")):
        page = BeautifulSoup(client.get(address).content, "html.parser")
        assert len(page.select(f'.phase a[href="{file}"]')) == offered


def test_separators_in_a_name_are_escaped() -> None:
    assert escaped("A, b; c\\d\ne") == "A\\, b\\; c\\\\d\\ne"


def test_long_lines_are_folded_between_characters() -> None:
    pieces = folded("SUMMARY:" + "é" * 200).split("\r\n ")
    assert all(len(piece.encode()) <= LONGEST_LINE for piece in pieces)
    assert "".join(pieces) == "SUMMARY:" + "é" * 200
