"""``start_consultation``: what it makes, and what it refuses."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import Page, Site

from home.opening import checklist
from submissions.models import Consultation, Phase
from tests.factories import bilingual_site

pytestmark = pytest.mark.django_db

TITLES = ["--title", "en=The water of the city", "--title", "fr=L’eau de la ville"]


def started(*more: str) -> str:
    said = StringIO()
    call_command("start_consultation", *TITLES, *more, stdout=said)
    return said.getvalue()


def test_a_new_installation_has_a_consultation_ready_to_fill() -> None:
    told = started("--address", "https://water.example.org")
    assert "The water of the city" in told
    site = Site.objects.get()
    assert (site.hostname, site.port, site.is_default_site) == ("water.example.org", 443, True)
    visitor = Client(headers={"host": "water.example.org"})
    assert "The water of the city" in visitor.get("/en/", secure=True).content.decode()
    assert "L’eau de la ville" in visitor.get("/fr/", secure=True).content.decode()
    assert visitor.get("/en/themes/", secure=True).status_code == 200
    assert visitor.get("/fr/themes/", secure=True).status_code == 200
    consultation = Consultation.objects.with_clock().get()
    assert consultation.phase_at(consultation.now) is Phase.UPCOMING
    unmet = {one.key for one in checklist(consultation) if one.must and not one.met}
    assert {"dates", "controller", "pages", "legal", "forms"} <= unmet


def test_a_further_consultation_stands_beside_the_first_and_touches_nothing() -> None:
    first = bilingual_site()
    before = list(Page.objects.order_by("pk").values_list("pk", "title", "live"))
    started("--address", "https://water.example.org")
    assert list(Page.objects.order_by("pk").values_list("pk", "title", "live")[: len(before)]) == (
        before
    )
    assert Site.objects.get(is_default_site=True) == first.site
    assert Consultation.objects.count() == 2
    with pytest.raises(CommandError, match="has a consultation already"):
        started("--address", "https://water.example.org")


def test_it_is_told_where_to_sign_in_and_that_the_server_does_not_answer_there_yet(
    settings: Any,
) -> None:
    settings.ALLOWED_HOSTS = ["first.example.org", "water.example.org"]
    told = started("--address", "https://water.example.org")
    assert "https://water.example.org/admin/" in told
    assert "ALLOWED_HOSTS" not in told
    told = started("--address", "http://air.example.org:8001")
    assert "http://air.example.org:8001/admin/" in told
    assert "add air.example.org to ALLOWED_HOSTS" in told


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--title", "en=Only one"], "one --title for each language"),
        (["--title", "en"], "is not a title"),
        ([*TITLES, "--address", "water.example.org"], "must begin with"),
        ([*TITLES, "--title", "de=Das Wasser"], "one --title for each language"),
    ],
)
def test_what_it_can_not_do_is_said_and_nothing_is_made(arguments: Any, why: str) -> None:
    with pytest.raises(CommandError, match=why):
        call_command("start_consultation", *arguments, stdout=StringIO())
    assert not Consultation.objects.exists()
