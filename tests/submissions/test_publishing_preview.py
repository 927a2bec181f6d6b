"""The author looks at what would be public, and agrees or objects."""

from datetime import timedelta
from html import unescape

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import translation

from submissions.contributions.drafts.access import let_in
from submissions.contributions.publishing import services
from submissions.contributions.publishing.redacting import redact, withhold
from submissions.contributions.publishing.standing import standing_of
from submissions.models import (
    Contribution,
    DraftAuthor,
    Mail,
    MailKind,
    Publication,
    RedactionReason,
)
from tests.submissions.libraries import (
    Room,
    desk_of,
    organiser,
    reviewer,
    room,
)
from tests.submissions.test_publishing import PERSONAL, redacted

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Room:
    return room()


OWN_PAGE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def author(client, rf, here):
    """The owner's browser, at a contribution whose preview waits."""
    row = redacted(here)
    proposed = services.propose(row, reviewer())
    return browser_of(client, rf, row), row, proposed


def browser_of(client, rf, row: Contribution):
    response = HttpResponse()
    let_in(response, rf.get("/"), DraftAuthor.objects.get(draft=row.draft, owner=True))
    client.cookies.update(response.cookies)
    return client


def preview_url(row: Contribution, language: str = "en") -> str:
    with translation.override(language):
        return reverse("submissions:contribution_preview", args=[row.draft.pk])


def test_the_mail_leads_to_the_author_s_own_page(author):
    mail = Mail.objects.get(kind=MailKind.PREVIEW)
    assert mail.to == "camille@example.org"
    assert "?key=" in mail.text
    assert "Marie" not in mail.text


def test_the_author_sees_what_everybody_would_read(author):
    browser, row, _proposed = author
    html = unescape(browser.get(preview_url(row)).content.decode())
    assert "[redacted: personal data of somebody]" in html
    assert "Marie" not in html
    html = unescape(browser.get(preview_url(row, "fr")).content.decode())
    assert "Marie" not in html


def test_the_author_is_told_where_words_and_which_files_are_left_out(author, here):
    """In a long text nobody finds them; of a withheld file nothing else is seen."""
    browser, row, _proposed = author
    kept, secret = here.file(row, "opinion.pdf"), here.file(row, "figures.pdf")
    withhold(secret, RedactionReason.CONFIDENTIAL, organiser())
    services.propose(row, reviewer())
    page = BeautifulSoup(browser.get(preview_url(row)).content, "html.parser")
    told = page.select_one("section[aria-labelledby=left-out] ul")
    words, file = told.select("li")
    assert words.get_text().endswith(" – Personal data of somebody")
    there = str(words.a["href"])
    assert there == f"#question-{row.answers.get(text__contains='Marie Dupont').question_id}"
    assert page.select_one(there).get_text() == words.a.get_text()
    assert file.get_text() == f"figures.pdf – {RedactionReason.CONFIDENTIAL.label}"
    assert kept.name not in told.get_text()


def test_an_answer_is_asked_for_first_on_the_author_s_own_page(author):
    browser, row, proposed = author
    own = reverse("submissions:contribution", args=[row.draft.pk])
    assert "Your answer is awaited" in browser.get(own).content.decode()
    data = {"answer": "agree", "seen": proposed.sha256}
    browser.post(preview_url(row), data, headers=OWN_PAGE)
    html = browser.get(own).content.decode()
    assert "Your answer is awaited" not in html
    assert f'href="{preview_url(row)}"' in html


def test_once_the_days_are_over_nobody_is_told_to_answer_before_a_day_that_is_past(author):
    browser, row, proposed = author
    own = reverse("submissions:contribution", args=[row.draft.pk])
    in_time = "agree or say what should be otherwise, before"
    assert in_time in browser.get(own).content.decode()
    Publication.objects.filter(pk=proposed.pk).update(
        proposed_at=proposed.proposed_at - timedelta(days=row.consultation.preview_days)
    )
    html = browser.get(own).content.decode()
    assert in_time not in html
    assert "it may be published as the preview shows it" in html
    preview = browser.get(preview_url(row)).content.decode()
    assert "If you say nothing" not in preview
    assert "Until it is, you can still answer." in preview


def test_the_author_agrees(author):
    browser, row, proposed = author
    data = {"answer": "agree", "seen": proposed.sha256}
    response = browser.post(preview_url(row), data, headers=OWN_PAGE, follow=True)
    assert "You agreed" in response.content.decode()
    assert standing_of(row).agreed
    assert "If you say nothing" not in response.content.decode()


def test_the_author_objects_and_staff_read_it(author):
    browser, row, proposed = author
    data = {"answer": "object", "seen": proposed.sha256, "words": "The port is public."}
    response = browser.post(preview_url(row), data, headers=OWN_PAGE, follow=True)
    assert "We have what you wrote" in response.content.decode()
    assert "If you say nothing" not in response.content.decode()
    assert "it is not published without your agreement" in response.content.decode()
    html = desk_of(organiser()).get(reverse("publishing:publication", args=[row.pk]))
    assert "The port is public." in html.content.decode()


def test_an_objection_without_words_is_asked_for_them(author):
    browser, row, proposed = author
    data = {"answer": "object", "seen": proposed.sha256, "words": ""}
    response = browser.post(preview_url(row), data, headers=OWN_PAGE)
    assert response.status_code == 422
    assert "Say what should be otherwise." in unescape(response.content.decode())


def test_an_answer_to_an_older_preview_is_told_so(author):
    browser, row, proposed = author
    redact(row.answers.get(), "the port", PERSONAL, organiser())
    services.propose(row, reviewer())
    data = {"answer": "agree", "seen": proposed.sha256}
    response = browser.post(preview_url(row), data, headers=OWN_PAGE, follow=True)
    assert "The preview has changed" in response.content.decode()
    assert not standing_of(row).agreed


def test_a_stranger_finds_no_preview(author):
    _browser, row, _proposed = author
    assert Client().get(preview_url(row)).status_code == 404


def test_the_preview_is_kept_by_nobody(author):
    browser, row, _proposed = author
    response = browser.get(preview_url(row))
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
