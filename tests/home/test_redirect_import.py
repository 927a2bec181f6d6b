"""Redirects are imported in two steps; a second one that can't be is told, and nothing fails."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signing import Signer
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

from tests.factories import bilingual_site

pytestmark = pytest.mark.django_db

FIRST = "/admin/redirects/import/"
SECOND = "/admin/redirects/import/process/"


def told(client: Client, sent: dict[str, Any]) -> list[str]:
    """What is said on the first step, to which an import that can't go on is led back."""
    answer = client.post(SECOND, sent, follow=True)
    assert answer.redirect_chain == [(FIRST, 302)]
    return [str(one) for one in answer.context["messages"]]


@pytest.fixture
def admin(admin_client: Client) -> Client:
    bilingual_site()
    return admin_client


@pytest.fixture
def form(admin: Client) -> dict[str, Any]:
    """What the second step sends, after a file of two redirects."""
    file = SimpleUploadedFile(
        "moved.csv",
        b"from,to\n/old/,https://example.org/en/\n/older/,https://example.org/fr/\n",
        "text/csv",
    )
    shown = admin.post(FIRST, {"import_file": file}).context["form"]
    signed = {key: shown.initial[key] for key in ("import_file_name", "input_format")}
    return signed | {"from_index": "0", "to_index": "1", "permanent": "on"}


def test_a_file_is_imported_once(admin: Client, form: dict[str, Any]) -> None:
    assert admin.post(SECOND, form).headers["Location"] == "/admin/redirects/"
    assert Redirect.objects.count() == 2
    assert "imported already" in told(admin, form)[-1]
    assert Redirect.objects.count() == 2


@pytest.mark.parametrize(
    "altered",
    [
        {"import_file_name": None},
        {"input_format": None},
        {"import_file_name": "moved.csv"},
        {"input_format": "0"},
        {"input_format": Signer().sign("99")},
        {"input_format": Signer().sign("-1")},
        {"input_format": Signer().sign("moved")},
        {"import_file_name": Signer().sign("/nowhere/moved.csv")},
        {"import_file_name": Signer().sign("/")},
    ],
)
def test_a_form_that_was_altered_imports_nothing(
    admin: Client, form: dict[str, Any], altered: dict[str, str | None]
) -> None:
    sent = {key: value for key, value in (form | altered).items() if value is not None}
    assert len(told(admin, sent)) == 1
    assert not Redirect.objects.exists()


def test_nobody_else_imports(client: Client) -> None:
    bilingual_site()
    assert client.post(SECOND, {}).headers["Location"].startswith("/admin/login/")
