"""Staff redact, preview, publish and take back from the page of a contribution."""

from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.models import ModelLogEntry

from core.clock import database_now
from submissions.contributions.publishing import services
from submissions.contributions.publishing.standing import standing_of
from submissions.contributions.withdrawal import withdraw
from submissions.models import (
    Contribution,
    Publication,
)
from tests.submissions.libraries import (
    WITHOUT_NAME,
    Room,
    desk_of,
    member_of_staff,
    organiser,
    reviewer,
    room,
)
from tests.submissions.test_publishing import PERSONAL, content_now, redacted

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Room:
    return room()


def page_of(row: Contribution) -> str:
    return reverse("publishing:publication", args=[row.pk])


def test_staff_redact_what_they_paste(here):
    row = here.contribution()
    answer = row.answers.get()
    url = reverse("publishing:redact", args=[row.pk, answer.pk])
    desk = desk_of(reviewer())
    assert "Marie Dupont" in desk.get(url).content.decode()
    response = desk.post(url, {"words": "Marie  Dupont", "reason": PERSONAL})
    assert response.status_code == 302
    html = desk.get(url).content.decode()
    assert "<del" in html
    desk.post(url, {"lift": answer.redactions.get().pk})
    assert not answer.redactions.exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"words": "", "reason": "unlawful"}, "Say which words are to be taken out."),
        ({"words": "Marie"}, "Choose the reason."),
        ({"words": "nowhere", "reason": "unlawful"}, "This answer doesn’t say these words."),
    ],
)
def test_what_can_t_be_redacted_is_said_with_the_words_kept(here, data, said):
    row = here.contribution()
    url = reverse("publishing:redact", args=[row.pk, row.answers.get().pk])
    response = desk_of(reviewer()).post(url, data)
    assert response.status_code == 422
    html = unescape(response.content.decode())
    assert said in html
    assert data["words"] in html


def test_staff_publish_and_take_back_from_the_page(here):
    row = here.contribution()
    desk = desk_of(organiser())
    assert desk.get(page_of(row)).status_code == 200
    seen = standing_of(row).sha256
    desk.post(page_of(row), {"act": "publish", "seen": seen})
    assert Publication.objects.live().exists()
    response = desk.post(page_of(row), {"act": "take_back", "take_back-why": ""})
    assert response.status_code == 422
    desk.post(page_of(row), {"act": "take_back", "take_back-why": "A mistake."})
    assert not Publication.objects.live().exists()
    history = desk.get(reverse("contributions:history", args=[row.pk])).content.decode()
    assert "Publication taken back (A mistake.)" in history


def test_staff_withhold_a_file_from_the_page(here):
    row = here.contribution()
    file = here.file(row)
    url = reverse("publishing:file", args=[row.pk, file.pk])
    desk = desk_of(reviewer())
    assert '<option value="">Choose a reason</option>' in desk.get(page_of(row)).content.decode()
    refused = desk.post(url, {"reason": ""}, follow=True)  # none is chosen beforehand
    assert "Choose the reason why the file is not published." in refused.content.decode()
    assert len(content_now(row)["files"]) == 1
    desk.post(url, {"reason": "confidential"})
    assert "Confidential" in unescape(desk.get(page_of(row)).content.decode())
    desk.post(url, {"release": "1"})
    assert len(content_now(row)["files"]) == 1


def test_a_file_says_which_question_it_answers(here):
    """Two of one name are told apart where one of them is withheld."""
    row = here.contribution()
    place = here.questionnaire.questions.create(kind="file", block_id=uuid4())
    place.wordings.create(version=1, language="en", label="Your study?")
    here.file(row, "study.pdf", question=place)
    here.file(row, "study.pdf")
    html = unescape(desk_of(reviewer()).get(page_of(row)).content.decode())
    assert html.count("Answers the question: Your study?") == 1


def test_a_reviewer_redacts_and_proposes_and_publishes_nothing(here):
    row = redacted(here)
    desk = desk_of(reviewer())
    desk.post(page_of(row), {"act": "propose"})
    proposed = Publication.objects.get()
    services.agree(proposed, seen=proposed.sha256)
    data = {"act": "publish", "seen": proposed.sha256}
    desk.post(page_of(row), data)
    assert not Publication.objects.live().exists()
    desk_of(organiser()).post(page_of(row), data)
    assert Publication.objects.live().exists()
    desk.post(page_of(row), {"act": "take_back", "take_back-why": "No."})
    assert Publication.objects.live().exists()


# case 45
@pytest.mark.parametrize("permissions", [(), ("add_redaction",), ("view_idea",)])
def test_without_the_permission_to_read_contributions_there_is_nothing(here, permissions):
    row = redacted(here)
    desk = desk_of(member_of_staff("nobody", *permissions))
    for url in (
        page_of(row),
        reverse("publishing:redact", args=[row.pk, row.answers.get().pk]),
        reverse("submissions:publication_preview", args=[row.pk]),
    ):
        response = desk.get(url)
        assert response.status_code in {302, 403, 404}
        assert "Marie" not in response.content.decode()


def test_who_may_read_and_not_redact_changes_nothing(here):
    row = redacted(here)
    answer = row.answers.get()
    desk = desk_of(member_of_staff("looker", "view_contribution"))
    url = reverse("publishing:redact", args=[row.pk, answer.pk])
    assert desk.get(url).status_code == 200
    desk.post(url, {"words": "the port", "reason": "unlawful"})
    desk.post(url, {"lift": answer.redactions.get().pk})
    desk.post(page_of(row), {"act": "propose"})
    assert answer.redactions.count() == 1
    assert not Publication.objects.exists()


def test_staff_are_warned_of_names_in_what_is_published_without(here):
    row = here.contribution("I, Camille Noël, think so.", publication=WITHOUT_NAME)
    html = unescape(desk_of(organiser()).get(page_of(row)).content.decode())
    assert "yet its words hold" in html


def test_staff_are_warned_of_redacted_words_elsewhere(here):
    row = redacted(here, short="Ask Marie Dupont.")
    html = unescape(desk_of(organiser()).get(page_of(row)).content.decode())
    assert "still to be read in another" in html


def test_staff_preview_it_in_each_language(here):
    row = redacted(here)
    desk = desk_of(organiser())
    for language in ("en", "fr"):
        with translation.override(language):
            url = reverse("submissions:publication_preview", args=[row.pk])
        html = desk.get(url).content.decode()
        assert "Marie" not in html
        assert "told us that the model was wrong" in html


def test_the_history_tells_what_its_author_did_where_it_happened(here):
    row = here.contribution()
    services.publish(row, organiser())
    here.answer(row, "Something else.")
    here.version(row)
    now = database_now()
    Contribution.objects.filter(pk=row.pk).update(submitted_at=now - timedelta(days=9))
    row.versions.filter(number=2).update(sent_at=now - timedelta(days=3))
    ModelLogEntry.objects.for_instance(row).update(timestamp=now - timedelta(days=6))
    withdraw(Contribution.objects.get(pk=row.pk))
    answer = desk_of(organiser()).get(reverse("contributions:history", args=[row.pk]))
    html = unescape(answer.content.decode())
    told = ["Withdrawn by its author", "Version 2 received", "Contribution published", "– Received"]
    places = [html.index(words) for words in told]
    assert places == sorted(places)
