"""From the command that starts a consultation to its first idea: all that lies between."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation

from core.clock import database_now
from home.legal.texts import LEFT
from home.models import HomePage, StandardPage
from home.opening import checklist
from home.roles import moderators_of
from submissions.models import Consultation, Debate, Mail, MailKind, MailStatus
from tests.factories import ThemePageFactory, debate_block, published, translate
from themes.models import ThemeIndexPage, ThemePage

pytestmark = pytest.mark.django_db
HOST = "water.example.org"


def lacking() -> set[str]:
    """The keys of what keeps it closed."""
    consultation = Consultation.objects.with_clock().select_related("site").get()
    return {one.key for one in checklist(consultation) if one.must and not one.met}


def staff(name: str, *groups: str, **fields: bool) -> Client:
    user = User.objects.create_user(name, f"{name}@example.org", "secret", **fields)
    user.groups.add(*Group.objects.filter(name__in=groups))
    client = Client(headers={"host": HOST})
    client.force_login(user)
    return client


def set_dates_and_who_asks() -> None:
    now = database_now()
    Consultation.objects.update(
        opens_at=now + timedelta(hours=1),
        closes_at=now + timedelta(days=30, minutes=7),
        controller="The city",
        contact_email="water@example.org",
    )


def write_the_front_page() -> None:
    home = HomePage.objects.get(locale__language_code="en")
    home.question, home.introduction = "How do we save water?", "<p>The council asks.</p>"
    translate(published(home))


def write_a_theme() -> None:
    above = ThemeIndexPage.objects.get(locale__language_code="en")
    translate(published(ThemePageFactory(parent=above, title="Rivers", body=[debate_block()])))


def complete_the_legal_pages() -> None:
    for page in StandardPage.objects.all():
        page.introduction = LEFT.sub("as it is", page.introduction)
        said = json.dumps(list(page.body.raw_data), ensure_ascii=False)
        page.body = json.dumps(json.loads(LEFT.sub("as it is", said)), ensure_ascii=False)
        published(page)


def name_moderators() -> None:
    for language in ("English", "French"):
        staff(f"moderator-{language}", moderators_of(language))


def try_the_mail() -> None:
    tested = {"kind": MailKind.TEST, "language": "en", "status": MailStatus.SENT}
    consultation = Consultation.objects.get()
    Mail.objects.create(consultation=consultation, settled_at=database_now(), **tested)


def test_what_is_started_is_filled_step_by_step_and_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The worker alone is made up: none runs beside a test."""
    monkeypatch.setattr("home.opening.machinery.somebody_leads", lambda: True)
    titles = ["--title", "en=The water of the city", "--title", "fr=L’eau de la ville"]
    address = ["--address", f"https://{HOST}"]
    call_command("start_consultation", *titles, *address, stdout=StringIO())
    admin = staff("boss", is_superuser=True, is_staff=True)
    left = lacking()
    steps = [
        (set_dates_and_who_asks, {"dates", "controller"}),
        (write_the_front_page, set()),
        (write_a_theme, {"pages", "forms"}),
        (complete_the_legal_pages, {"legal"}),
        (name_moderators, {"moderators"}),
        (try_the_mail, {"mail"}),
    ]
    for step, done in steps:
        before = lacking()
        step()
        assert before - lacking() == done, step.__name__
    assert left and lacking() == set()
    opening = reverse("opening")
    told = admin.post(opening, {"clear": "1"}, secure=True, follow=True).content.decode()
    assert "Cleared: it opens on" in told
    Consultation.objects.update(opens_at=database_now() - timedelta(minutes=1))
    debate = Debate.objects.open_at().get()
    for theme in ThemePage.objects.all():
        citizen = Client(headers={"host": HOST})
        page = citizen.get(theme.get_url(), secure=True).content.decode()
        with translation.override(theme.locale.language_code):
            assert reverse("submissions:start", args=[debate.pk]) in page
