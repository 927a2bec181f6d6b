"""The home of the admin: what waits for whom, and figures that a recount gives again."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.users.models import UserProfile

from core.clock import database_now
from home.roles import EDITORS, ORGANISERS, REVIEWERS, grant_roles, moderators_of, translators_of
from submissions.figures import count_days
from submissions.models import (
    Contribution,
    DailyFigure,
    Debate,
    FigureKind,
    Idea,
    IdeaStatus,
    Participant,
    Reading,
    VoteEvent,
    VoteEventKind,
)
from tests.factories import bilingual_site, bilingual_theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def debate() -> Debate:
    """A debate of an open consultation, with the roles."""
    bilingual_theme(bilingual_site(), ("debate", {}))
    grant_roles()
    return Debate.objects.get()


def ideas(debate: Debate, number: int, language: str = "en", **fields: object) -> list[Idea]:
    author = Participant.objects.create(consultation=debate.consultation)
    return Idea.objects.bulk_create(
        Idea(debate=debate, author=author, language=language, **fields) for _each in range(number)
    )


def home_of(*groups: str) -> Client:
    """The browser of somebody in these groups."""
    user = User.objects.create_user("-".join(groups))
    user.groups.set(Group.objects.filter(name__in=groups))
    client = Client()
    client.force_login(user)
    return client


def read(client: Client) -> str:
    return client.get(reverse("wagtailadmin_home")).content.decode()


def test_each_role_is_told_of_its_own_work_alone(debate: Debate) -> None:
    long_ago = database_now() - timedelta(days=5)
    late = ideas(debate, 2)
    Idea.objects.filter(pk__in=[idea.pk for idea in late]).update(created_at=long_ago)
    ideas(debate, 3)
    ideas(debate, 4, "fr")
    english = read(home_of(moderators_of("English")))
    assert "<strong>5</strong> ideas to moderate" in english
    assert "<strong>2</strong> ideas have waited for longer than was promised" in english
    french = read(home_of(moderators_of("French")))
    assert "<strong>4</strong> ideas to moderate" in french
    assert "waited for longer" not in french
    for group in (EDITORS, translators_of("French")):
        other = read(home_of(group))
        assert "to moderate" not in other
        assert "Nothing waits for you at the moment." in other
        assert "Votes cast" not in other


def test_a_line_leads_to_what_it_counts(debate: Debate) -> None:
    reviewer = home_of(REVIEWERS)
    mine, _free = (
        Contribution.objects.create(
            consultation=debate.consultation,
            language="en",
            name=name,
            country="FR",
            respondent_type="academic",
        )
        for name in ("Ada", "Noor")
    )
    Reading.objects.create(contribution=mine, assignee=User.objects.get(username=REVIEWERS))
    page = read(reviewer)
    for words, shown, other in (
        ("contribution for me to read", "Ada", "Noor"),
        ("contribution that nobody has taken", "Noor", "Ada"),
    ):
        link = re.search(rf'href="([^"]+)"><strong>1</strong> {words}', page)
        assert link, words
        listed = reviewer.get(link[1]).content.decode()
        assert shown in listed
        assert other not in listed


def shortcuts(client: Client) -> dict[str, str]:
    """What the panel offers, by its words."""
    panel = read(client).partition('id="dashboard-shortcuts"')[2].partition("</nav>")[0]
    return {words: url for url, words in re.findall(r'<a href="([^"]+)">([^<]+)</a>', panel)}


ALWAYS = {"Guide, task by task", "Read the site as the public does"}


@pytest.mark.parametrize(
    ("group", "theirs"),
    [
        (EDITORS, {"Add a theme page", "Where does a text stand?", "To translate"}),
        (translators_of("French"), {"To translate", "Where does a text stand?"}),
        (moderators_of("English"), {"Moderate ideas"}),
        (REVIEWERS, {"Read contributions"}),
        (
            ORGANISERS,
            {
                "Read contributions",
                "Export contributions",
                "Dates and rules",
            },
        ),
    ],
)
def test_shortcuts_lead_each_role_to_what_is_theirs(
    debate: Debate, group: str, theirs: set[str]
) -> None:
    client = home_of(group)
    offered = shortcuts(client)
    assert offered.keys() - ALWAYS == theirs
    for words in theirs:
        led = client.get(offered[words], follow=True)
        assert (led.status_code, led.redirect_chain[1:]) == (200, []), words
        assert "you do not have permission" not in led.content.decode()


def test_who_reads_no_pages_is_not_asked_to_search_them(debate: Debate) -> None:
    assert 'role="search"' not in read(home_of(REVIEWERS))
    assert 'role="search"' in read(home_of(EDITORS))


def test_a_refusal_speaks_the_language_of_the_account(debate: Debate) -> None:
    reviewer = home_of(REVIEWERS)
    profile = UserProfile.get_for_user(User.objects.get(username=REVIEWERS))
    profile.preferred_language = "fr"
    profile.save()
    for url in ("/admin/pages/search/", "/admin/opening/"):
        told = reviewer.get(url, follow=True).content.decode()
        assert "you do not have permission" not in told
        assert "Désolé" in told


def test_a_picture_says_its_days_and_its_highest(debate: Debate) -> None:
    ideas(debate, 7)
    count_days(lately=True)
    page = read(home_of(ORGANISERS))
    assert "at most 7 a day" in page


def test_organisers_see_how_it_goes_and_whether_the_promise_is_kept(debate: Debate) -> None:
    kept = read(organiser := home_of(ORGANISERS))
    assert "The promise is kept" in kept
    ideas(debate, 1)
    Idea.objects.update(created_at=database_now() - timedelta(days=5))
    assert "The promise is not kept: 1 idea" in read(organiser)
    assert "It is open until" in kept


def test_figures_of_days_are_those_of_the_rows(debate: Debate) -> None:
    old, new = ideas(debate, 2), ideas(debate, 3, "fr")
    Idea.objects.filter(pk__in=[idea.pk for idea in old]).update(
        created_at=database_now() - timedelta(days=9)
    )
    ideas(debate, 1, status=IdeaStatus.UNCONFIRMED)
    for idea, kind in ((old[0], "cast"), (new[0], "cast"), (new[0], "undone")):
        VoteEvent.objects.create(
            idea=idea, kind=VoteEventKind(kind), choice="agree", read_in="en", key_valid=True
        )
    count_days(lately=False)
    held = DailyFigure.objects.filter(consultation=debate.consultation)
    assert sorted(held.filter(kind=FigureKind.IDEAS).values_list("language", "count")) == [
        ("en", 2),
        ("fr", 3),
    ]
    assert list(held.filter(kind=FigureKind.VOTES).values_list("language", "count")) == [("en", 2)]
    assert held.get(kind=FigureKind.PARTICIPANTS).count == 3
    before = sorted(held.values_list("kind", "day", "language", "count"))
    count_days(lately=True)
    count_days(lately=False)
    assert sorted(held.values_list("kind", "day", "language", "count")) == before


def test_what_is_erased_leaves_the_figures_of_today(debate: Debate) -> None:
    ideas(debate, 2)
    count_days(lately=True)
    Idea.objects.all().delete()
    count_days(lately=True)
    assert not DailyFigure.objects.filter(kind=FigureKind.IDEAS).exists()


def test_the_number_of_queries_does_not_grow(debate: Debate) -> None:
    organiser = home_of(ORGANISERS, moderators_of("English"), translators_of("French"))
    read(organiser)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            read(organiser)
        return len(captured)

    few = queries()
    ideas(debate, 30)
    for ago in range(20):
        DailyFigure.objects.create(
            consultation=debate.consultation,
            kind=FigureKind.VOTES,
            day=database_now().date() - timedelta(days=ago),
            language="en",
            count=1000,
        )
    assert queries() == few
