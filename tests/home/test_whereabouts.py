"""Where a text stands that somebody reads on the site."""

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail_localize.models import StringSegment

from home.workplace.whereabouts import Found, whereabouts
from submissions.models import IdeaStatus
from tests.factories import (
    BilingualSite,
    StandardPageFactory,
    bilingual_site,
    debate_row,
    idea,
    published,
    translate,
    translation_of,
)

HERON = "<p>The heron stands in the <b>reeds</b>, and waits&nbsp;: “patience”.</p>"


@pytest.fixture
def where(db: None) -> BilingualSite:
    site = bilingual_site()
    call_command("prepare_site")
    return site


def member(*groups: str) -> User:
    user = User.objects.create_user("ada", password="x")
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


def found(where: BilingualSite, phrase: str, user: User) -> list[Found]:
    return whereabouts(phrase, where.site, user)


def test_a_text_of_a_page_is_found_where_it_is_edited(
    where: BilingualSite, admin_user: User
) -> None:
    page = published(StandardPageFactory(parent=where.home, title="Marsh", body=[("text", HERON)]))
    published(StandardPageFactory(parent=where.home, title="Others"))
    # As the site typesets it: other spaces, another case, no tags.
    [one] = found(where, "In the reeds, and\u00a0waits\u202f:", admin_user)
    assert (one.title, one.language, one.place) == ("Marsh", "en", "1. Text")
    block = page.body[0].id
    assert one.url == reverse("wagtailadmin_pages:edit", args=[page.pk]) + f"#block-{block}-section"
    assert one.read_at == page.get_url()


def test_a_text_of_a_translation_is_found_at_its_field_of_the_desk(where: BilingualSite) -> None:
    source = published(
        StandardPageFactory(parent=where.home, title="Marsh", body=[("text", "<p>A heron.</p>")])
    )
    page = translate(source, words={"A heron.": "Un héron cendré."})
    [one] = found(where, "heron cendre", member("Translators: French"))
    segment = StringSegment.objects.get(
        source__object_id=source.translation_key, string__data="A heron."
    )
    assert one.url == reverse("translating:desk", args=[page.pk]) + f"#s{segment.pk}"
    # Whoever may not change it is told where it is read, and led to no refusal.
    [source_told] = found(where, "A heron", User.objects.get(username="ada"))
    assert (source_told.url, source_told.read_at) == ("", source.get_url())


def test_what_is_no_public_text_of_the_site_is_not_found(
    where: BilingualSite, admin_user: User
) -> None:
    other = bilingual_site("water.example.org")
    published(StandardPageFactory(parent=other.home, title="Heron of the other site"))
    StandardPageFactory(parent=where.home, title="Heron that waits", live=False)
    idea(debate_row(where.consultation), "We should see the heron.", status=IdeaStatus.AWAITING)
    assert not found(where, "heron", admin_user)


def test_ideas_and_wordings_are_found(where: BilingualSite, admin_user: User) -> None:
    told = idea(debate_row(where.consultation), "We should keep the heron.")
    translation_of(told, "Il faut garder le héron.", "fr")
    [one] = found(where, "garder le héron", admin_user)
    assert one.url == reverse("idea_translations:desk", args=[told.pk, "fr"])
    [author_s] = found(where, "keep the heron", admin_user)
    assert (author_s.url, bool(author_s.note)) == ("", True)
    wordings = found(where, "3 reports of readers settled", admin_user)
    assert wordings and all("wordings" in one.url for one in wordings)
    [consent] = found(where, "recorded under a random number, without your name", admin_user)
    assert (consent.url, bool(consent.note)) == ("", True)
    assert not any(one.url for one in found(where, "reports of readers", member("Editors")))


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("Editors", True),
        ("Translators: French", True),
        ("Publishers: French", True),
        ("Moderators: French", False),
        ("Reviewers", False),
        ("Organisers", False),
    ],
)
def test_it_is_for_who_changes_words(
    client: Client, where: BilingualSite, role: str, may: bool
) -> None:
    client.force_login(member(role))
    address = reverse("workplace:whereabouts")
    assert client.get(address, {"q": "consultation"}).status_code == (200 if may else 302)
    if may:
        assert client.get(address, {"q": "!?"}).context["too_short"]
        assert client.get(address, {"q": "100 %_\\"}).status_code == 200


def test_it_costs_the_same_however_much_there_is(where: BilingualSite, admin_user: User) -> None:
    debate, taken = debate_row(where.consultation), []
    for more in (1, 5):
        for number in range(more):
            source = published(
                StandardPageFactory(
                    parent=where.home, title=f"Marsh {more}, {number}", body=[("text", HERON)]
                )
            )
            translate(source)
            idea(debate, f"We should keep the reeds {number}.")
        found(where, "the reeds", admin_user)
        with CaptureQueriesContext(connection) as queries:
            assert len(found(where, "the reeds", admin_user)) >= more
        taken.append(len(queries))
    assert taken[0] == taken[1]
