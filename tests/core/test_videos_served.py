"""Videos are sent in parts, and what lies in a private collection to who may have it alone."""

from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction, Site

from home.roles import EDITORS, grant_roles, group_name
from tests.factories import bilingual_site, picture

pytestmark = pytest.mark.django_db

BYTES = bytes(range(256)) * 1024  # 256 KiB: several pieces


@pytest.fixture
def video() -> Document:
    document = Document(title="A word of welcome")
    document.file.save("welcome.mp4", ContentFile(BYTES))
    document.file_size = len(BYTES)
    document.save()
    return document


@pytest.fixture
def private(video: Document) -> CollectionViewRestriction:
    kept = Collection.get_first_root_node().add_child(name="For staff")
    video.collection = kept
    video.save()
    return CollectionViewRestriction.objects.create(collection=kept, restriction_type="login")


def body(answer: Any) -> bytes:
    found: bytes = answer.getvalue()
    return found


def get(video: Document, **headers: str) -> Any:
    return Client().get(
        video.url, headers={name.replace("_", "-"): v for name, v in headers.items()}
    )


def test_the_whole_is_sent_with_the_offer_of_parts(video: Document) -> None:
    answer = get(video, accept_encoding="gzip")
    assert answer.status_code == 200
    assert body(answer) == BYTES
    assert answer["Accept-Ranges"] == "bytes"
    assert answer["Content-Type"] == "video/mp4"
    assert answer["Content-Length"] == str(len(BYTES))
    assert answer["Content-Encoding"] == "identity"
    assert not answer.cookies
    assert "attachment" not in answer.get("Content-Disposition", "")


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-1", 0, 1),
        ("bytes=0-", 0, len(BYTES) - 1),
        ("bytes=70000-200000", 70000, 200000),
        (f"bytes={len(BYTES) - 1}-", len(BYTES) - 1, len(BYTES) - 1),
        ("bytes=-500", len(BYTES) - 500, len(BYTES) - 1),
        ("bytes=5-99999999999", 5, len(BYTES) - 1),
        ("bytes=-99999999999", 0, len(BYTES) - 1),
    ],
)
def test_a_part_is_sent(video: Document, asked: str, first: int, last: int) -> None:
    answer = get(video, range=asked, accept_encoding="gzip")
    assert answer.status_code == 206
    assert answer["Content-Range"] == f"bytes {first}-{last}/{len(BYTES)}"
    assert answer["Content-Length"] == str(last - first + 1)
    assert body(answer) == BYTES[first : last + 1]


@pytest.mark.parametrize("asked", [f"bytes={len(BYTES)}-", "bytes=9-5", "bytes=-0", "bytes=-"])
def test_a_part_that_is_not_there_is_told(video: Document, asked: str) -> None:
    answer = get(video, range=asked)
    assert answer.status_code == 416
    assert answer["Content-Range"] == f"bytes */{len(BYTES)}"


@pytest.mark.parametrize(
    "asked",
    [
        *("bytes=0-1,5-6", "pieces=0-1", "bytes=a-b", "bytes= 0-1", ""),
        pytest.param(f"bytes={'9' * 5000}-", id="begins past any number"),
        pytest.param(f"bytes=0-{'9' * 5000}", id="ends past any number"),
        pytest.param("bytes=\u0661-\u0662", id="digits of another script"),
    ],
)
def test_what_cannot_be_read_brings_the_whole(video: Document, asked: str) -> None:
    answer = get(video, range=asked)
    assert answer.status_code == 200
    assert body(answer) == BYTES


def test_a_part_of_an_older_file_is_the_whole_of_the_new_one(video: Document) -> None:
    etag = get(video)["ETag"]
    assert get(video, range="bytes=0-1", if_range=etag).status_code == 206
    assert get(video, range="bytes=0-1", if_range='"older"').status_code == 200
    assert get(video, if_none_match=etag).status_code == 304


def test_a_video_of_a_private_collection_asks_who_one_is(
    video: Document, private: CollectionViewRestriction
) -> None:
    for headers in ({}, {"range": "bytes=0-1"}):
        answer = get(video, **headers)
        assert answer.status_code == 302
        assert "login" in answer["Location"]
    signed_in = Client()
    signed_in.force_login(User.objects.create_user("ada"))
    answer = signed_in.get(video.url, headers={"range": "bytes=0-1"})
    assert answer.status_code == 206
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("way", ["", "./", "/", "images/../", "%2e/"])
def test_documents_have_no_way_around_it(
    video: Document, private: CollectionViewRestriction, way: str
) -> None:
    assert Client().get(f"{settings.MEDIA_URL}{way}{video.file.name}").status_code == 404


def test_pictures_are_served_as_they_were() -> None:
    assert Client().get(picture().file.url).status_code == 200


def test_staff_of_a_further_site_choose_from_their_own_library() -> None:
    bilingual_site()
    site = bilingual_site("water.example.org").site
    grant_roles()
    theirs, others = picture("The lake"), picture("The forest")
    library = Collection.objects.get(name=f"{site.hostname}:{site.port}")
    theirs.collection = library
    theirs.save()
    user = User.objects.create_user("ada")
    user.groups.add(Group.objects.get(name=group_name(EDITORS, site)))
    desk = Client()
    desk.force_login(user)
    shown = desk.get("/admin/images/chooser/").content.decode()
    assert "The lake" in shown
    assert "The forest" not in shown
    assert desk.get(f"/admin/images/{others.pk}/").status_code in {302, 403, 404}
    assert desk.get(f"/admin/images/chooser/{others.pk}/").status_code in {302, 403, 404}
    whole = Site.objects.get(is_default_site=True)
    user.groups.set([Group.objects.get(name=group_name(EDITORS, whole))])
    assert "The forest" in desk.get("/admin/images/chooser/").content.decode()
