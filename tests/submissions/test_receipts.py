"""What an author sees once it is sent: the receipt, their own page, a change, a copy."""

import json
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command

from core.clock import database_now
from submissions.contributions.changing import give_up, take_up
from submissions.contributions.files.services import attach
from submissions.contributions.versions import sha256_of
from submissions.models import (
    Consultation,
    Contribution,
    ContributionVersion,
    DraftAuthor,
    Mail,
    MailKind,
)
from tests.submissions.conftest import Visitor, address
from tests.submissions.filed import judged_here, upload  # noqa: F401
from tests.submissions.mailbox import serving, words_of
from tests.submissions.sendable import (
    CAMILLE,
    LINK,
    WORDS,
    Sendable,
    blank,
    co_author,
    mailed_key,
    press,
    ready,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(db: None) -> Sendable:
    return ready()


def sent(dossier: Sendable) -> Contribution:
    """Sent as a browser sends it."""
    browser = dossier.browser()
    answer = browser.post(dossier.at("draft_send"), dossier.form(browser))
    assert answer["Location"] == dossier.at("contribution_receipt")
    return Contribution.objects.get()


def page(dossier: Sendable, view: str, language: str = "en") -> str:
    answer = dossier.browser().get(dossier.at(view, language))
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


# --- Checked, and sent ----------------------------------------------------------------------------


def test_every_answer_is_shown_with_the_way_back_to_it(dossier: Sendable):
    html = page(dossier, "draft_check")
    assert WORDS in html
    assert "Not provided" in html  # the short question
    question = dossier.question()
    section = address("draft_section", str(dossier.draft.pk), dossier.questionnaires[0].pk, 0)
    assert f'href="{section}#id_question_{question.pk}"' in html
    assert "you declare that it is your own" in html


def test_it_is_shown_as_it_will_be_read_and_whether_it_may_be_published(dossier: Sendable):
    dossier.write("Two **things**:\n\n- one")
    dossier.draft.questionnaires.get().questions.update(publication="asked")
    assert "<strong>things</strong>" in (html := page(dossier, "draft_check"))
    assert "It is not to be published." in html
    sent(dossier)
    assert "<strong>things</strong>" in (html := page(dossier, "contribution_receipt"))
    assert "It is not to be published." in html


def test_what_cannot_be_sent_is_shown_as_it_was_typed(dossier: Sendable):
    """Without what the fields beside it hold: that it may be published, say."""
    name = f"question_{dossier.question().pk}"
    dossier.questionnaires[0].questions.update(publication="asked")
    too_long = {name: ["word " * 3000], f"{name}_publish": ["on"]}
    dossier.draft.answers.update(data=too_long)
    html = page(dossier, "draft_check")
    assert "word word" in html
    assert "<br>on</dd>" not in html


@pytest.mark.parametrize(("kind", "with_it"), [("one_choice", []), ("several_choices", ["Ocean"])])
def test_other_without_its_words_is_shown_as_it_was_chosen(kind: str, with_it: list[str]):
    """With what is missing beside it: a tick that is not there looks like one never set."""
    asked = [(kind, {"label": "Where?", "choices": ["Ocean", "Rivers"]})]
    dossier = blank(questions=asked)
    question = dossier.question(kind)
    dossier.questionnaires[0].questions.update(other=True)
    ticked = [str(question.choices.earliest("pk").pk)] if with_it else []
    name = f"question_{question.pk}"
    dossier.author.draft.answers.create(
        question=question, data={name: [*ticked, "other"]}, version=question.version, language="en"
    )
    answer = BeautifulSoup(page(dossier, "draft_check"), "html.parser").select_one("dl dd")
    assert answer is not None
    missing = "Say which, or choose another answer."
    assert list(answer.stripped_strings) == [*with_it, "Other, say which", missing]


def test_what_was_changed_since_the_page_was_opened_is_read_first(dossier: Sendable):
    browser = dossier.browser()
    form = dossier.form(browser)
    shown = browser.get(dossier.at("draft_check")).content.decode()
    seen = {"seen": re.findall(r'name="seen" value="([^"]+)"', shown)}
    dossier.write("By a co-author.")
    answer = browser.post(dossier.at("draft_send"), form | seen)
    assert answer.status_code == 409
    assert "By a co-author." in answer.content.decode()
    assert not Contribution.objects.exists()


def test_what_is_missing_is_listed_by_task_and_there_is_no_button_yet(dossier: Sendable):
    dossier.tell("about", {"name": ["Camille"]})
    html = page(dossier, "draft_check")
    assert "Before you can send" in html
    assert "Choose a country." in html
    assert html.count("Choose a country") == 2  # above, and beside the question: no answer
    assert dossier.at("draft_send") not in html
    answer = dossier.browser().post(
        dossier.at("draft_send"), {"form_key": dossier.draft.form_key, "sends": []}
    )
    assert answer.status_code in {409, 422}
    assert not Contribution.objects.exists()


@pytest.mark.usefixtures("judged_here")
def test_a_receipt_says_which_question_each_file_answers(dossier: Sendable):
    row = dossier.questionnaires[0]
    place = row.questions.create(kind="file", block_id=uuid4(), position=9, publication="asked")
    place.wordings.create(version=1, language="en", label="Your study")
    attach(dossier.draft, upload(name="study.pdf"), question=place)
    attach(dossier.draft, upload(name="opinion.pdf"))
    sent(dossier)
    receipt = BeautifulSoup(page(dossier, "contribution_receipt"), "html.parser")
    lines = {
        question.get_text(): question.find_next("dd").get_text("|", strip=True)
        for question in receipt.select("dl dt")
    }
    assert lines["Your study"].startswith("study.pdf|SHA-256 ")
    assert lines["Your study"].endswith("|It is not to be published.")
    assert lines["Files that go with it"].startswith("opinion.pdf|SHA-256 ")
    assert "study.pdf" not in lines["Files that go with it"]


def test_back_reload_and_resubmit_lead_to_the_same_receipt(dossier: Sendable):  # case 17
    browser = dossier.browser()
    form = dossier.form(browser)
    for _time in range(3):
        answer = browser.post(dossier.at("draft_send"), form)
        assert answer["Location"] == dossier.at("contribution_receipt")
    assert browser.get(dossier.at("draft_send"))["Location"] == dossier.at("contribution_receipt")
    assert browser.get(dossier.at("draft_check"))["Location"] == dossier.at("contribution")
    assert Contribution.objects.count() == ContributionVersion.objects.count() == 1
    assert Mail.objects.filter(kind=MailKind.RECEIPT).count() == 1


@pytest.mark.parametrize("key", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_a_form_without_its_key_sends_nothing(dossier: Sendable, key: str):
    browser = dossier.browser()
    form = dossier.form(browser) | {"form_key": key}
    answer = browser.post(dossier.at("draft_send"), form)
    assert answer.status_code == 409
    assert WORDS in answer.content.decode()
    assert not Contribution.objects.exists()


def test_too_late_every_word_is_given_back(dossier: Sendable):  # case 12
    browser = dossier.browser()
    form = dossier.form(browser)
    Consultation.objects.update(closes_at=database_now())
    answer = browser.post(dossier.at("draft_send"), form)
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "too late" in html
    assert f"{WORDS}\n" in html or WORDS in html.split("<textarea")[1]
    assert not Contribution.objects.exists()


# --- The receipt ----------------------------------------------------------------------------------


def test_the_receipt_holds_reference_time_hash_and_answers(dossier: Sendable):
    contribution = sent(dossier)
    html = page(dossier, "contribution_receipt")
    for said in (
        contribution.reference,
        "Paris time",
        contribution.versions.get().sha256,
        WORDS,
        "Camille Noël",
        CAMILLE,
    ):
        assert said in html
    french = page(dossier, "contribution_receipt", "fr")
    assert "heure de Paris" in french
    assert "[fr] What do you propose" in french


@pytest.mark.django_db(transaction=True)
def test_a_dated_receipt_is_mailed_with_a_link():
    dossier = ready()
    contribution = sent(dossier)
    with serving() as server:
        call_command("worker", once=True)
    (message,) = server.taken
    assert server.recipients == [CAMILLE]
    for part in ("plain", "html"):
        words = words_of(message, part)
        assert contribution.reference in words
        assert "Paris time" in words
        assert contribution.versions.get().sha256 in words
        assert WORDS not in words
    path, key = LINK.search(words_of(message)).groups()
    assert Visitor().post(path, {"key": key})["Location"] == dossier.at("contribution")


@pytest.mark.parametrize(
    "view",
    [
        *("contribution", "contribution_receipt", "contribution_data", "contribution_withdraw"),
        *("draft_check", "draft_authors", "draft_leave"),
    ],
)
def test_its_pages_are_for_its_authors_alone(dossier: Sendable, view: str):  # cases 40, 45, 61
    sent(dossier)
    stranger = ready(where=dossier.where).browser()
    for browser in (Visitor(), stranger):
        for answer in (browser.get(dossier.at(view)), browser.post(dossier.at(view), {})):
            assert answer.status_code == 404
            assert address("draft_find") in answer.content.decode()  # how its author comes back
        assert "Nothing was sent or changed just now." in answer.content.decode()


def test_its_pages_are_kept_by_nobody(dossier: Sendable):
    sent(dossier)
    answer = dossier.browser().get(dossier.at("contribution_receipt"))
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]


# --- Changing it ----------------------------------------------------------------------------------


def test_until_the_deadline_its_owner_changes_it(dossier: Sendable):
    contribution = sent(dossier)
    browser = dossier.browser()
    answer = browser.post(dossier.at("contribution_change"))
    assert answer["Location"] == dossier.at("draft")
    assert "Go on with the change" in page(dossier, "contribution")
    assert "What was sent stands" in page(dossier, "draft")
    dossier.write("Changed.")
    answer = browser.post(dossier.at("draft_send"), dossier.form(browser))
    assert answer["Location"] == dossier.at("contribution_receipt")
    html = page(dossier, "contribution")
    assert html.count("Version ") == 2
    assert contribution.versions.count() == 2
    assert Mail.objects.filter(kind=MailKind.RECEIPT).count() == 2


def test_the_old_form_sends_no_change_by_itself(dossier: Sendable):
    browser = dossier.browser()
    form = dossier.form(browser)
    browser.post(dossier.at("draft_send"), form)
    take_up(dossier.me)
    dossier.write("Half a chan")
    answer = browser.post(dossier.at("draft_send"), form)
    assert answer["Location"] == dossier.at("contribution_receipt")
    assert ContributionVersion.objects.count() == 1


def test_a_change_can_be_given_up(dossier: Sendable):
    sent(dossier)
    before = list(dossier.author.draft.answers.values("question", "data", "language"))
    take_up(dossier.me)
    dossier.write("Changed.")
    dossier.write("Added.", "short_text")
    dossier.tell("consents", {"analysis": ["on"], "publication": ["not_published"]})
    give_up(dossier.me)
    assert list(dossier.author.draft.answers.values("question", "data", "language")) == before
    parts = dict(dossier.author.draft.parts.values_list("key", "data"))
    assert parts["consents"]["publication"] == ["publication_with_name"]
    assert set(parts) == {"about", "consents"}
    assert not dossier.draft.writing
    assert ContributionVersion.objects.count() == 1


def test_after_the_close_it_is_read_and_changed_no_more(dossier: Sendable):
    sent(dossier)
    Consultation.objects.update(closes_at=database_now())
    html = page(dossier, "contribution")
    assert "Change my contribution" not in html
    dossier.browser().post(dossier.at("contribution_change"))
    assert not dossier.draft.writing


def test_a_co_author_reads_it_and_changes_nothing(dossier: Sendable):
    sent(dossier)
    browser = dossier.browser(co_author(dossier))
    assert "Camille Noël" in browser.get(dossier.at("draft_authors")).content.decode()
    html = browser.get(dossier.at("contribution")).content.decode()
    assert "Its owner alone changes and withdraws it." in html
    browser.post(dossier.at("contribution_change"))
    browser.post(dossier.at("contribution_withdraw"))
    assert not dossier.draft.writing
    assert Contribution.objects.get().state == "received"


# --- A copy: case 61 ------------------------------------------------------------------------------


def test_a_copy_holds_all_that_is_kept_and_checks_its_own_hash(dossier: Sendable):
    contribution = sent(dossier)
    press(Visitor(), mailed_key(MailKind.RECEIPT))
    answer = dossier.browser().get(dossier.at("contribution_data"))
    assert answer["Content-Disposition"].startswith("attachment")
    told = json.loads(answer.content)
    (version,) = told["contribution"]["versions"]
    assert sha256_of(version["content"]) == version["sha256"]
    assert told["contribution"]["reference"] == contribution.reference
    assert told["contribution"]["contact"] == [{"email": CAMILLE}]
    assert {one["purpose"] for one in told["contribution"]["consents"]} == {
        "analysis",
        "publication_with_name",
    }
    assert told["you"]["email"] == CAMILLE
    for secret in ("token_hash", "access_key", mailed_key(MailKind.RECEIPT)):
        assert secret not in answer.content.decode()


def test_a_draft_that_was_never_sent_can_be_taken_away_too(dossier: Sendable):
    told = json.loads(dossier.browser().get(dossier.at("contribution_data")).content)
    assert told["contribution"] is None
    assert WORDS in str(told["draft"]["answers"])


def test_without_the_cookie_it_is_over(dossier: Sendable):
    browser = dossier.browser()
    DraftAuthor.objects.update(access_key="00000000-0000-0000-0000-000000000001")
    assert browser.get(dossier.at("contribution_data")).status_code == 404


def test_links_of_a_time_that_is_over_are_removed_from_the_page(dossier: Sendable):
    sent(dossier)
    DraftAuthor.objects.update(link_expires_at=database_now() - timedelta(days=1))
    html = page(dossier, "draft_leave")
    assert "The last link worked until" in html
