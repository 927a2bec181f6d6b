"""``/mailbox/``: the mail of a copy that has no mail server, for those who try the site."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from submissions.mail.delivery import deliver
from submissions.models import Consultation, Mail
from tests.submissions.test_mail import LINK, TO, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(tmp_path: Path, settings: Any) -> Path:
    """Where mail is kept, as in development."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = settings.MAILBOX_PATH = tmp_path
    return tmp_path


def test_what_the_worker_sent_is_read_there_and_its_links_are_followed(
    consultation: Consultation, files: Path
):
    deliver.call(write(consultation, language="fr").pk)
    assert Mail.objects.get().status == "sent"
    client = Client()
    page = client.get("/fr/mailbox/").content.decode()
    assert "Votre lien" in page
    assert TO in page
    (file,) = files.iterdir()
    opened = client.get(f"/fr/mailbox/{file.stem}/")
    assert f'href="{LINK}"' in opened.content.decode()
    assert "n’importe quel appareil" in opened.content.decode()
    assert opened["Referrer-Policy"] == "no-referrer"
    assert "no-store" in opened["Cache-Control"]


def test_words_of_a_message_are_inert(consultation: Consultation, files: Path):
    consultation.site.site_name = "<script>alert(1)</script>"
    consultation.site.save()
    deliver.call(write(Consultation.objects.get(pk=consultation.pk)).pk)
    (file,) = files.iterdir()
    for where in ("", f"{file.stem}/"):
        assert b"<script>alert" not in Client().get(f"/en/mailbox/{where}").content


def test_nothing_was_sent_yet(consultation: Consultation, files: Path):
    assert "Nothing was sent yet" in Client().get("/en/mailbox/").content.decode()
    assert Client().get("/en/mailbox/nothing/").status_code == 404
    assert Client(headers={"accept-language": "fr"}).get("/mailbox/")["Location"] == "/fr/mailbox/"
