"""The same in a bucket: moto's server on this machine stands in for an S3."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import boto3
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.test import override_settings
from moto.server import ThreadedMotoServer

from config.settings.contributed_files import files_storage
from core.clock import database_now
from submissions.contributions.files.retention import forget_bytes
from submissions.contributions.files.services import FileRefused, erase
from submissions.contributions.files.storing import keep
from submissions.models import Attachment, ScanState
from tests.submissions.filed import judged_here, send, somebody, upload  # noqa: F401
from tests.submissions.filing import pdf

pytestmark = pytest.mark.usefixtures("judged_here")
BUCKET = "contributions"
ACCOUNT = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing"}


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(endpoint: str, settings: Any) -> Iterator[Any]:
    there = boto3.resource("s3", endpoint_url=endpoint, region_name="eu-west-3", **ACCOUNT).Bucket(
        BUCKET
    )
    there.create(CreateBucketConfiguration={"LocationConstraint": "eu-west-3"})
    kept = files_storage(
        root="",
        bucket=BUCKET,
        endpoint=endpoint,
        region="eu-west-3",
        key="testing",
        secret="testing",
    )
    with override_settings(STORAGES={**settings.STORAGES, "contributions": kept}):
        yield there
    there.objects.all().delete()
    there.delete()


@pytest.mark.django_db(transaction=True)
def test_a_file_is_kept_served_and_erased_in_a_private_bucket(bucket: Any) -> None:
    writer = somebody()
    row = writer.file(name="étude.pdf")
    [stored] = bucket.objects.all()
    assert stored.key == row.key and stored.get()["Body"].read() == pdf()
    grants = stored.Object().Acl().grants
    assert all(grant["Grantee"]["Type"] == "CanonicalUser" for grant in grants)  # its owner alone
    answer: Any = writer.browser.get(writer.page("own_file", row.pk))
    assert b"".join(answer.streaming_content) == pdf() and answer.status_code == 200
    assert "amazonaws" not in str(answer.headers) and "127.0.0.1" not in str(answer.headers)
    with transaction.atomic():
        erase(send(writer))
    assert not list(bucket.objects.all()) and not Attachment.objects.exists()


@pytest.mark.django_db
def test_bytes_of_no_row_go_there_too(bucket: Any) -> None:
    row = somebody().file()
    keep(upload(pdf("killed")))
    assert forget_bytes(database_now() + timedelta(days=3)) == 1
    assert [stored.key for stored in bucket.objects.all()] == [row.key]


@pytest.mark.django_db
def test_a_bucket_that_is_away_is_told_and_nothing_half_stays(bucket: Any, settings: Any) -> None:
    # case 22
    there = settings.STORAGES["contributions"]
    nowhere = {**there, "OPTIONS": {**there["OPTIONS"], "bucket_name": "not-ours"}}
    writer = somebody()
    row = writer.file()
    with override_settings(STORAGES={**settings.STORAGES, "contributions": nowhere}):
        with pytest.raises(FileRefused) as refused:
            writer.file(pdf("other"))
        assert refused.value.code == "not_kept"
        assert writer.browser.get(writer.page("own_file", row.pk)).status_code in {404, 503}
    assert Attachment.objects.get().scan == ScanState.NOT_SCANNED


@pytest.mark.parametrize(
    "said",
    [
        {"bucket": "", "key": "a", "secret": "b"},
        {"bucket": "", "endpoint": "https://s3.example.org"},
        {"bucket": "a", "key": "b"},
        {"bucket": "a", "secret": "b"},
    ],
)
def test_half_an_account_starts_no_site(said: dict[str, str]) -> None:
    empty = {"root": "", "bucket": "", "endpoint": "", "region": "", "key": "", "secret": ""}
    with pytest.raises(ImproperlyConfigured, match="CONTRIBUTED_FILES_BUCKET"):
        files_storage(**{**empty, **said})
