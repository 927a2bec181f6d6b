"""The checklist of the opening: what it finds, and that nothing opens without it."""

import re
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from core.clock import database_now
from home.legal.facts import facts
from home.legal.identity import legal_identity
from home.legal.texts import legal_texts
from home.models import HomePage, StandardPage
from home.opening import AlreadyOpenError, NotReadyError, checklist, clear, hold_back
from home.roles import ORGANISERS, grant_roles, moderators_of, publishers_of
from submissions.models import Consultation, Debate, Mail, MailKind, MailStatus, Phase
from submissions.ticker import Ticker
from tests.factories import BilingualSite, bilingual_site, bilingual_theme
from themes.models import ThemePage

pytestmark = pytest.mark.django_db


def clock(consultation: Consultation) -> Consultation:
    return Consultation.objects.with_clock().select_related("site").get(pk=consultation.pk)


def unmet(consultation: Consultation, *, must: bool = True) -> set[str]:
    """The keys of what is missing."""
    return {one.key for one in checklist(clock(consultation)) if one.must is must and not one.met}


def said(consultation: Consultation, key: str) -> list[str]:
    """What the checklist says about one thing, each with its language."""
    [found] = [one for one in checklist(clock(consultation)) if one.key == key]
    return [f"{lack.language} {lack.sentence}".strip() for lack in found.lacks]


@cache
def in_an_hour() -> datetime:
    """The same for every test, so that what is made then can be recalled."""
    return database_now() + timedelta(hours=1)


@pytest.fixture
def where() -> BilingualSite:
    """A site whose consultation nobody has cleared; it would open in an hour."""
    site = bilingual_site()
    Consultation.objects.update(opens_at=in_an_hour(), cleared_at=None)
    return site


@pytest.fixture
def ready(where: BilingualSite, monkeypatch: pytest.MonkeyPatch) -> Consultation:
    """All that must be there is there. The worker alone is made up: none runs beside a test."""
    bilingual_theme(where, ("debate", {}))
    for text in legal_texts(facts(where.consultation)):
        key = legal_identity(where.home, text.key)
        for home, language in ((where.home, "en"), (where.home_fr, "fr")):
            words = {"title": text.title[language], "slug": text.slug[language]}
            home.add_child(instance=StandardPage(locale=home.locale, translation_key=key, **words))
    grant_roles()
    for name in (moderators_of("English"), moderators_of("French"), ORGANISERS):
        User.objects.create_user(name).groups.add(Group.objects.get(name=name))
    tested = {"kind": MailKind.TEST, "language": "en", "status": MailStatus.SENT}
    Mail.objects.create(consultation=where.consultation, settled_at=database_now(), **tested)
    monkeypatch.setattr("home.opening.machinery.somebody_leads", lambda: True)
    return where.consultation


def test_a_bare_site_lacks_what_must_be_there(where: BilingualSite) -> None:
    Consultation.objects.update(controller="", contact_email="", closes_at=None)
    lacking = unmet(where.consultation)
    assert lacking == {"dates", "controller", "pages", "legal", "forms", "worker", "mail"}
    assert "No theme is published." in said(where.consultation, "pages")
    assert any(one.startswith("fr ") for one in said(where.consultation, "legal"))


def test_it_opens_once_it_is_cleared_and_never_before(ready: Consultation) -> None:
    assert unmet(ready) == set()
    organiser = User.objects.create_user("organiser")
    Consultation.objects.update(opens_at=database_now() - timedelta(minutes=1))
    assert clock(ready).phase_at(database_now()) is Phase.UPCOMING
    assert not Debate.objects.open_at().exists()
    clear(ready, organiser)
    assert clock(ready).phase_at(database_now()) is Phase.OPEN
    assert Debate.objects.open_at().exists()
    cleared_at = clock(ready).cleared_at
    clear(ready, organiser)
    assert clock(ready).cleared_at == cleared_at
    with pytest.raises(AlreadyOpenError):
        hold_back(ready, organiser)


def test_held_back_it_stays_closed(ready: Consultation) -> None:
    organiser = User.objects.create_user("organiser")
    clear(ready, organiser)
    hold_back(ready, organiser)
    Consultation.objects.update(opens_at=database_now() - timedelta(minutes=1))
    assert not Debate.objects.open_at().exists()


@pytest.mark.parametrize(
    ("spoil", "key"),
    [
        (lambda where: Consultation.objects.update(closes_at=None), "dates"),
        (lambda where: Consultation.objects.update(controller=""), "controller"),
        (lambda where: where.home_fr.unpublish(), "pages"),
        (lambda where: StandardPage.objects.last().unpublish(), "legal"),
        (lambda where: Debate.objects.update(live_languages=[]), "forms"),
        (lambda where: User.objects.filter(username__contains="French").delete(), "moderators"),
        (lambda where: Mail.objects.update(settled_at=None), "mail"),
    ],
)
def test_each_thing_that_must_be_there_keeps_it_closed(
    ready: Consultation, where: BilingualSite, spoil: Any, key: str
) -> None:
    spoil(where)
    assert unmet(ready) == {key}
    with pytest.raises(NotReadyError) as refused:
        clear(ready, User.objects.create_user("organiser"))
    assert [one.key for one in refused.value.requirements] == [key]
    assert clock(ready).cleared_at is None


def test_what_is_left_to_complete_on_a_legal_page_is_said(ready: Consultation) -> None:
    page = StandardPage.objects.get(slug="privacy")
    page.body = [("text", "<p>[to complete: who receives the data]</p>")]
    page.save_revision()
    assert [one for one in said(ready, "legal") if "who receives the data" in one]


def test_what_is_missing_in_a_language_is_said_of_it(
    ready: Consultation, where: BilingualSite
) -> None:
    ThemePage.objects.get(locale__language_code="fr").unpublish()
    assert any(one.startswith("fr ") for one in said(ready, "pages"))
    assert any(one.startswith("fr ") for one in said(ready, "forms"))


@pytest.mark.django_db(transaction=True)
def test_whether_a_worker_runs_is_seen_by_its_lock(where: BilingualSite) -> None:
    assert "worker" in unmet(where.consultation)
    ticker = Ticker("polyphony-test", seconds=0.05)
    ticker.start()
    try:
        for _try in range(100):
            if ticker.leads:
                break
            ticker.stopping.wait(0.05)
        assert "worker" not in unmet(where.consultation)
    finally:
        ticker.stop()


def test_what_had_better_be_there_keeps_nothing_closed(ready: Consultation) -> None:
    better = unmet(ready, must=False)
    assert {"administrators", "translators", "backups"} <= better
    clear(ready, User.objects.create_user("organiser"))


# --- The page in the admin ----------------------------------------------------------------------


@pytest.fixture
def organiser(ready: Consultation) -> Client:
    """An organiser's browser."""
    user = User.objects.create_user("organiser", email="organiser@example.org")
    user.groups.add(Group.objects.get(name=ORGANISERS))
    client = Client()
    client.force_login(user)
    return client


def test_an_organiser_sees_what_is_missing_and_clears_it(
    organiser: Client, ready: Consultation
) -> None:
    Consultation.objects.update(controller="")
    page = organiser.get(reverse("opening"))
    assert "It is not said who asks." in page.content.decode()
    assert "disabled" in page.content.decode()
    told = organiser.post(reverse("opening"), {"clear": "1"}, follow=True).content.decode()
    assert "It can’t open yet. Missing: Who asks." in told
    assert clock(ready).cleared_at is None
    Consultation.objects.update(controller="The organisers")
    told = organiser.post(reverse("opening"), {"clear": "1"}, follow=True).content.decode()
    assert "Cleared: it opens on" in told
    assert clock(ready).cleared_at is not None
    told = organiser.post(reverse("opening"), {"hold_back": "1"}, follow=True).content.decode()
    assert clock(ready).cleared_at is None


def links_of(client: Client) -> dict[str, str]:
    """Where the lines of the checklist lead, by their words."""
    main = client.get(reverse("opening")).content.decode().partition("What must be there")[2]
    return {words: url for url, words in re.findall(r'<a href="([^"]+)">([^<]+)</a>', main)}


def test_nobody_is_led_to_a_refusal(
    organiser: Client, ready: Consultation, where: BilingualSite
) -> None:
    Consultation.objects.update(controller="")
    ThemePage.objects.get(locale__language_code="fr").unpublish()
    User.objects.filter(username__contains="French").delete()
    led = links_of(organiser)
    assert led["It is not said who asks."]
    for url in led.values():
        assert organiser.get(url).status_code == 200, url
    page = organiser.get(reverse("opening")).content.decode()
    for words in ("and not published. <em>(for a publisher)", "French. <em>(for an administrator)"):
        assert words in page
    boss, home = Client(), reverse("wagtailadmin_home")
    boss.force_login(User.objects.create_superuser("boss"))
    more = links_of(boss)
    assert more.keys() > led.keys()
    for url in more.values():
        assert boss.get(url, follow=True).redirect_chain[-1:] != [(home, 302)], url


def test_an_organiser_opens_a_form_by_hand_from_the_list(
    organiser: Client, ready: Consultation
) -> None:
    Debate.objects.update(opens_by_hand=True)
    page = organiser.get(reverse("opening")).content.decode()
    [url] = re.findall(r'<form method="post" action="([^"]+)">', page)
    told = organiser.post(url, {"next": reverse("opening")}, follow=True)
    assert told.redirect_chain == [(reverse("opening"), 302)]
    assert Debate.objects.get().opened_at is not None
    assert "stays closed until" not in told.content.decode()


@pytest.mark.parametrize("name", ["question", "introduction"])
def test_nothing_opens_on_words_that_the_start_left_to_write(
    ready: Consultation, where: BilingualSite, name: str
) -> None:
    words = {
        "question": "What do you ask? Write it here in one sentence.",
        "introduction": "Write here who asks, what will be done with the answers, and by when.",
    }[name]
    with translation.override("fr"):
        words = gettext(words)
    HomePage.objects.filter(pk=where.home_fr.pk).update(**{name: words})
    assert unmet(ready) == {"pages"}
    assert said(ready, "pages")[0].startswith("fr The question and the introduction")


def test_publishers_are_asked_for_in_each_language(ready: Consultation) -> None:
    assert [one[:2] for one in said(ready, "publishers")] == ["en", "fr"]
    french = User.objects.create_user("publisher")
    french.groups.add(Group.objects.get(name=publishers_of("French")))
    assert said(ready, "publishers") == ["en Nobody publishes pages in English."]


@pytest.mark.parametrize("group", ["Editors", "Moderators: English", "Translators: French"])
def test_nobody_else_opens_it(ready: Consultation, group: str) -> None:
    user = User.objects.create_user("somebody")
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    assert client.get(reverse("opening")).status_code in {302, 403}
    client.post(reverse("opening"), {"clear": "1"})
    assert clock(ready).cleared_at is None
    assert reverse("opening") not in client.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_test_message_is_written_to_the_reader_alone(
    organiser: Client, ready: Consultation
) -> None:
    Mail.objects.all().delete()
    organiser.post(reverse("opening"), {"test": "1", "to": "somebody@example.com"})
    written = Mail.objects.get()
    assert (written.kind, written.to) == (MailKind.TEST, "organiser@example.org")
    assert mail.outbox == []  # the worker sends it
    assert "waits to be sent" in said(ready, "mail")[0]
    User.objects.update(email="")
    told = organiser.post(reverse("opening"), {"test": "1"}, follow=True).content.decode()
    assert "Your account has no e-mail address" in told
    assert Mail.objects.count() == 1
