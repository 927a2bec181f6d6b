"""Pages of the admin that show or find contributions: queries and milliseconds of each, as JSON."""

import json
import time
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

from submissions.models import Contribution

TIMES = 20


def main() -> None:
    """As an administrator sees them, without the network."""
    client = as_administrator()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    listed = reverse("contributions:index")
    newest = Contribution.objects.order_by("-submitted_at", "-pk")[0]
    pages = {
        "the list": listed,
        "its last page": f"{listed}?p=2",
        "one language, to read": f"{listed}?language=fr&reading=to_read",
        "of nobody, by name": f"{listed}?reader=nobody&ordering=name",
        "found by a name": f"{listed}?q=camille",
        "found by a reference": f"{listed}?q={newest.reference.lower()}",
        "one contribution": reverse("contributions:inspect", args=[newest.pk]),
        "export": reverse("contribution_exports"),
    }
    print(json.dumps({name: taken(client, url) for name, url in pages.items()}))


def as_administrator() -> Client:
    """The browser of one."""
    # A bench collects the files of the public pages only: the admin's are named as they are.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    override_settings(STORAGES=settings.STORAGES | {"staticfiles": plain}).enable()
    client = browser()
    client.force_login(User.objects.filter(is_superuser=True).order_by("pk")[0])
    return client


def browser() -> Client:
    """A visitor's, at an address that the site answers to."""
    host = next((name for name in settings.ALLOWED_HOSTS if "*" not in name), "localhost")
    return Client(headers={"host": host})


def taken(client: Client, url: str) -> dict[str, Any]:
    """How many queries a page asks, and how long it takes each of ``TIMES`` times."""
    for _to_warm_up in range(2):
        response = client.get(url, secure=True)
    if response.status_code != HTTPStatus.OK:
        raise RuntimeError(f"{url}: {response.status_code}")
    with CaptureQueriesContext(connection) as queries:
        client.get(url, secure=True)
    asked = len(queries)  # before the next request forgets them
    spent = []
    for _time in range(TIMES):
        begun = time.perf_counter()
        client.get(url, secure=True).content  # noqa: B018 (rendered)
        spent.append((time.perf_counter() - begun) * 1e3)
    return {"queries": asked, "ms": spent}
