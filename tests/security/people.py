"""Who asks: anybody, those who take part, and each role of the staff.

A role is the groups of ``home.roles``, as ``prepare_site`` makes them. ``elsewhere`` is in every
group of another site on the same installation.
"""

from django.conf import settings
from django.contrib.auth.models import Group, Permission, User
from django.http import HttpResponse
from django.test import Client, RequestFactory

from home.roles import (
    EDITORS,
    ORGANISERS,
    REVIEWERS,
    moderators_of,
    publishers_of,
    translators_of,
)
from submissions.contributions.drafts.access import let_in
from submissions.debate.participants import remember
from submissions.models import DraftAuthor, Idea
from tests.factories import participant
from tests.security.world import ELSEWHERE, Rows

VISITOR, AUTHOR, CITIZEN, ACCOUNT = "visitor", "author", "citizen", "account"
ADMINISTRATOR, OF_ANOTHER_SITE = "administrator", "elsewhere"
ROLES = {
    "editor": EDITORS,
    "publisher en": publishers_of("English"),
    "publisher fr": publishers_of("French"),
    "translator en": translators_of("English"),
    "translator fr": translators_of("French"),
    "moderator en": moderators_of("English"),
    "moderator fr": moderators_of("French"),
    "reviewer": REVIEWERS,
    "organiser": ORGANISERS,
}
PEOPLE = (VISITOR, AUTHOR, CITIZEN, ACCOUNT, OF_ANOTHER_SITE, *ROLES, ADMINISTRATOR)


def browser_of(person: str, rows: Rows) -> Client:
    """The browser of one of PEOPLE; the author's holds what their own browser would."""
    client = Client(headers={"sec-fetch-site": "same-origin"})
    if person in {AUTHOR, CITIZEN}:
        _take_part(client, rows, own=person == AUTHOR)
    elif person != VISITOR:
        client.force_login(_account(person))
    return client


def _account(person: str) -> User:
    user = User.objects.create_user(f"the-{person.replace(' ', '-')}")
    if person == ADMINISTRATOR:
        user.is_superuser = True
        user.save()
    elif person == ACCOUNT:  # may enter the admin, and no more
        user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    elif person == OF_ANOTHER_SITE:
        user.groups.set(Group.objects.filter(name__contains=ELSEWHERE))
    else:
        user.groups.set(Group.objects.filter(name=ROLES[person]))
    return user


def _take_part(client: Client, rows: Rows, *, own: bool) -> None:
    """Take part as the author of the rows; or as somebody who has nothing but a participation."""
    answer, page = HttpResponse(), RequestFactory().get("/")
    idea = Idea.objects.get(pk=rows["idea"])
    author = idea.author if own else participant(idea.debate.consultation)
    assert author is not None
    remember(answer, author)
    if own:
        let_in(answer, page, DraftAuthor.objects.get(draft=rows["draft"], owner=True))
    for name in (settings.PARTICIPANT_COOKIE_NAME, settings.DRAFT_COOKIE_NAME):
        if name in answer.cookies:
            client.cookies[name] = answer.cookies[name].value
