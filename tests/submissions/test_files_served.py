"""Who may have a file, by what state it is in and how it is asked for (case 40)."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from submissions.contributions.files.services import remove
from submissions.contributions.files.storing import storage
from submissions.models import (
    Attachment,
    Contribution,
    ContributionState,
    Draft,
    Publication,
    PublicationState,
    ScanState,
)
from tests.factories import bilingual_site
from tests.submissions.conftest import address
from tests.submissions.filed import judged_here, publish, send, somebody, writer_of  # noqa: F401
from tests.submissions.filing import pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("judged_here")]

WAYS: dict[str, tuple[str, dict[str, str]]] = {
    "get": ("get", {}),
    "head": ("head", {}),
    "range": ("get", {"HTTP_RANGE": "bytes=0-10"}),
    "known": ("get", {"HTTP_IF_NONE_MATCH": "*"}),
    "unchanged": ("get", {"HTTP_IF_MODIFIED_SINCE": "Mon, 23 Nov 2099 00:00:00 GMT"}),
}
CODES = {True: {200}, False: {302, 403, 404}}


def staff(name: str, *permissions: str) -> Client:
    user = User.objects.create_user(name, f"{name}@example.org", "secret")
    user.user_permissions.add(
        *Permission.objects.filter(codename__in=["access_admin", *permissions])
    )
    client = Client()
    client.force_login(user)
    return client


class Place:
    """One file, and everybody who asks for it."""

    def __init__(self) -> None:
        self.writer = somebody()
        self.row = self.writer.file(name="étude.pdf")
        self.asking: dict[str, Client] = {
            "author": self.writer.browser,
            "stranger": Client(),
            "another author": somebody().browser,
            "reader": staff("reader", "view_contribution"),
            "moderator": staff("moderator", "moderate_idea"),
        }

    def opened(self, who: str, way: str = "get") -> bool:
        """Whether ``who`` gets the bytes at any of its addresses; nothing else is told."""
        method, headers = WAYS[way]
        answers = []
        for url in (
            self.writer.page("own_file", self.row.pk),
            address("published_file", self.row.pk),
            reverse("contribution_file", args=[self.row.pk]),
        ):
            answer = getattr(self.asking[who], method)(url, **headers)
            if answer.status_code == 200:
                body = b"".join(answer.streaming_content)
                assert body == (pdf() if method == "get" else b"") or method == "head"
            else:
                assert answer.status_code in CODES[False]
                assert "étude" not in answer.headers.get("Content-Disposition", "")
                assert "ETag" not in answer.headers and "Last-Modified" not in answer.headers
            answers.append(answer.status_code == 200)
        return any(answers)


def drafted(place: Place) -> None:
    """Being written."""


def sent(place: Place) -> None:
    send(place.writer)


def proposed(place: Place) -> None:
    publish(send(place.writer), state=PublicationState.PROPOSED)


def published(place: Place) -> None:
    publish(send(place.writer))


def scanned(place: Place) -> None:
    published(place)
    Attachment.objects.update(scan=ScanState.CLEAN)


def waiting(place: Place) -> None:
    published(place)
    Attachment.objects.update(scan=ScanState.PENDING)


def set_aside(place: Place) -> None:
    published(place)
    Attachment.objects.update(scan=ScanState.INFECTED)


def left_out(place: Place) -> None:
    publication = publish(send(place.writer))
    publication.content["files"] = []
    publication.save()


def taken_back(place: Place) -> None:
    published(place)
    Publication.objects.update(state=PublicationState.TAKEN_BACK)


def removed_from_draft(place: Place) -> None:
    remove(place.row)


def removed_since(place: Place) -> None:
    send(place.writer)
    Draft.objects.update(writing=True)
    remove(place.row)


def withdrawn(place: Place) -> None:
    published(place)
    Contribution.objects.update(state=ContributionState.WITHDRAWN)


AUTHOR, READER = {"author"}, {"author", "reader"}
EVERYBODY = {"author", "stranger", "another author", "reader", "moderator"}
TABLE = [
    (drafted, AUTHOR),
    (sent, READER),
    (proposed, READER),
    (published, EVERYBODY),
    (scanned, EVERYBODY),
    (waiting, READER),
    (set_aside, set()),
    (left_out, READER),
    (taken_back, READER),
    (removed_from_draft, set()),
    (removed_since, {"reader"}),
    (withdrawn, AUTHOR | {"reader"}),  # until its files are erased, in the same transaction
]


@pytest.mark.parametrize(("state", "may"), TABLE, ids=[state.__name__ for state, _may in TABLE])
def test_who_may_have_it(state: Any, may: set[str]) -> None:
    place = Place()
    state(place)
    for way in WAYS:
        opened = {who for who in place.asking if place.opened(who, way)}
        assert opened == may, way


def test_a_part_or_an_unchanged_copy_is_no_other_answer() -> None:
    place = Place()
    for method, headers in WAYS.values():
        url = place.writer.page("own_file", place.row.pk)
        answer = getattr(place.writer.browser, method)(url, **headers)
        assert answer.status_code == 200 and answer["Accept-Ranges"] == "none"
        assert "ETag" not in answer.headers and "Last-Modified" not in answer.headers


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options"])
def test_it_is_only_read(method: str) -> None:
    place = Place()
    for url in (
        place.writer.page("own_file", place.row.pk),
        address("published_file", place.row.pk),
    ):
        assert getattr(place.writer.browser, method)(url).status_code == 405


def test_it_is_saved_and_never_shown_as_a_page() -> None:
    # case 33, case 37
    place = Place()
    Attachment.objects.update(name='a"\u00e9<b>.pdf.exe')
    answer = place.writer.browser.get(place.writer.page("own_file", place.row.pk))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''a_%C3%A9_b_.pdf.exe.pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in answer["Cache-Control"] and "private" in answer["Cache-Control"]
    assert answer["Content-Length"] == str(place.row.size)
    assert "Set-Cookie" not in answer.headers


def test_another_site_knows_nothing_of_it() -> None:
    bilingual_site()
    place = Place()
    published(place)
    other = bilingual_site("other.example")
    foreign = writer_of(other.consultation)
    for url in (
        address("published_file", place.row.pk),
        place.writer.page("own_file", place.row.pk),
    ):
        for client in (foreign.browser, place.writer.browser):
            assert client.get(url, headers={"host": "other.example"}).status_code == 404


def test_staff_of_one_site_have_the_files_of_that_site_alone() -> None:
    place = Place()
    send(place.writer)
    url = reverse("contribution_file", args=[place.row.pk])
    assert place.asking["reader"].get(url).status_code == 200
    assert Client().get(url).status_code == 302
    # case 49: who loses the role loses the file with the next request
    User.objects.get(username="reader").user_permissions.clear()
    assert place.asking["reader"].get(url).status_code == 302


def test_who_is_no_author_any_more_has_it_no_more() -> None:
    place = Place()
    url = place.writer.page("own_file", place.row.pk)
    place.writer.author.delete()
    assert place.writer.browser.get(url).status_code == 404


def test_bytes_that_are_gone_are_a_page_that_is_not_there(caplog: pytest.LogCaptureFixture) -> None:
    place = Place()
    storage().delete(place.row.key)
    assert place.writer.browser.get(place.writer.page("own_file", place.row.pk)).status_code == 404
    assert "are gone" in caplog.text


def test_a_storage_that_is_away_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    place = Place()

    def away(*_arguments: Any) -> None:
        raise ConnectionError

    monkeypatch.setattr("submissions.contributions.files.storing.KeptFiles.open", away)
    answer = place.writer.browser.get(place.writer.page("own_file", place.row.pk))
    assert answer.status_code == 503 and answer["Retry-After"] == "60"
