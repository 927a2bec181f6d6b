"""Who may open, change and export the contributions that staff read."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail import hooks
from wagtail.models import GroupSitePermission
from wagtail.users.models import UserProfile

from home.roles import (
    EDITORS,
    ORGANISERS,
    REVIEWERS,
    grant_roles,
    moderators_of,
    translators_of,
)
from submissions.contributions.staff import coding, notes, passages
from submissions.contributions.staff.places import Place
from submissions.models import (
    Code,
    ContactDetails,
    Contribution,
    Note,
    Passage,
    Reading,
)
from tests.factories import bilingual_site
from tests.submissions.dossiers import text_of
from tests.submissions.libraries import Room, desk_of, member_of_staff, room
from tests.submissions.readers import LIST, READ, SCHEME, WORK, a_code, addresses

pytestmark = pytest.mark.django_db


@pytest.fixture
def where() -> Room:
    return room()


@pytest.fixture
def ada(where: Room) -> Any:
    return member_of_staff(
        "ada", "view_contribution", "change_reading", "add_passage", "add_note", "change_scheme"
    )


@pytest.fixture
def reader(ada: Any) -> Client:
    return desk_of(ada)


ROLES = {
    REVIEWERS: [*READ, *WORK],
    ORGANISERS: [*READ, *WORK, *SCHEME, "code_csv"],
    EDITORS: [],
    moderators_of("French"): [],
    translators_of("French"): [],
}


def used(where: Room, user: Any) -> Contribution:
    """A contribution with all that staff leave on it; the note is ``user``'s."""
    one = where.contribution(text="Canary in an answer.", name="Canary Name")
    code = a_code(where, "Canary code", user)
    passages.mark(one.answers.get(), Place(0, 6), [code], user, quote="Canary")
    coding.code_contribution(one, [code], user)
    notes.add(one, user, "Canary note")
    return one


@pytest.mark.parametrize("group", [*ROLES, None])
def test_each_role_opens_its_addresses_and_no_others(where, group):
    grant_roles()
    user = member_of_staff("somebody")
    if group:
        user.groups.add(Group.objects.get(name=group))
    one = used(where, user)
    opened = []
    for name, url in addresses(one).items():
        response = desk_of(user).get(url)
        if response.status_code == 200:
            opened.append(name)
        else:
            assert response.status_code in {302, 403}, name
            assert "Canary" not in text_of(response)
    assert sorted(opened) == sorted(ROLES.get(group, []))


@pytest.mark.parametrize("group", [None, EDITORS])
def test_who_may_not_changes_nothing_by_a_post(where, ada, group):
    grant_roles()
    user = member_of_staff("somebody")
    if group:
        user.groups.add(Group.objects.get(name=group))
    assert posted_anyway(where, ada, desk_of(user)) == []


def test_who_may_only_look_changes_nothing_by_a_post(where, ada):
    looks = desk_of(member_of_staff("looks", "view_contribution"))
    assert posted_anyway(where, ada, looks) == []


def posted_anyway(where: Room, ada: Any, client: Client) -> list[str]:
    """Every act at every address; which of them changed something."""
    one = used(where, ada)
    before, changed = standing(), []
    acts = ("take", "give", "give_back", "read", "read_again", "code", "mark", "note")
    data = {"version": "1", "note": "x", "words": "in an", "to": ada.pk, "seen": ada.pk}
    at = addresses(one)
    for act in acts:
        client.post(at["inspect"], data | {"act": act})
    for name, act in (
        ("passage", "unmark"),
        ("note", "remove"),
        ("code_edit", "retire"),
        ("scheme_add", "change"),
        ("assign", ""),
    ):
        more = {"which": "listed", "to": "nobody", "name_en": "N", "name_fr": "N"}
        client.post(at[name], more | {"act": act})
    if standing() != before:
        changed.append("something")
    return changed


def standing() -> list[Any]:
    return [
        list(Reading.objects.values()),
        list(Passage.objects.values()),
        list(Note.objects.values()),
        list(Code.objects.values()),
        Contribution.objects.filter(coded__isnull=False).count(),
    ]


def test_the_public_sees_none_of_it(where, ada, client):
    for name, url in addresses(used(where, ada)).items():
        assert client.get(url).status_code == 302, name


def test_another_consultations_contributions_are_reached_by_who_may_there_only(where, ada):
    theirs = used(where, ada)
    here = bilingual_site("here.example")
    group = Group.objects.create(name="Here")
    for codename in ("view_contribution", "change_reading", "add_passage", "add_note"):
        GroupSitePermission.objects.create(
            group=group, site=here.site, permission=Permission.objects.get(codename=codename)
        )
    user = member_of_staff("local")
    user.groups.add(group)
    local = desk_of(user)
    own = Contribution.objects.create(
        consultation=here.consultation, language="en", name="Own Name", country="FR"
    )
    html = text_of(local.get(LIST))
    assert "Own Name" in html
    assert "Canary" not in html
    assert local.get(reverse("contributions:inspect", args=[own.pk])).status_code == 200
    for name, url in addresses(theirs).items():
        if name in {"index", "index_results", "scheme", "scheme_csv", "assign"}:
            assert b"Canary" not in content_of(local.get(url)), name
        elif name in SCHEME:
            assert local.get(url).status_code in {302, 404}, name
        else:
            assert local.get(url).status_code == 404, name
    before = standing()
    local.post(
        reverse("contributions:assign"), {"which": "ticked", "id": theirs.pk, "to": "nobody"}
    )
    local.post(reverse("contributions:inspect", args=[theirs.pk]), {"act": "take"})
    assert standing() == before
    query = {"consultation": theirs.consultation_id}
    assert local.get(reverse("contributions:scheme"), query).status_code == 404


def content_of(response: Any) -> bytes:
    return response.getvalue() if response.streaming else response.content


def test_the_address_is_for_who_may_see_it_and_not_even_read_for_others(where, reader):
    one = where.contribution(email="secret@example.org")
    url = reverse("contributions:inspect", args=[one.pk])
    with CaptureQueriesContext(connection) as queries:
        html = text_of(reader.get(url))
    assert "secret@example.org" not in html
    table = ContactDetails._meta.db_table
    assert not [query for query in queries if table in query["sql"]]
    office = desk_of(member_of_staff("office", "view_contribution", "view_contactdetails"))
    assert "secret@example.org" in text_of(office.get(url))
    for client in (reader, office):
        assert "secret@example.org" not in text_of(client.get(LIST))


def test_links_to_exports_keep_the_lists_query_and_are_for_who_may_export(where, reader):
    exports = reverse("contribution_exports")
    assert exports not in text_of(reader.get(LIST))
    where.contribution(language="fr")
    exporter = desk_of(member_of_staff("exporter", "view_contribution", "export_contribution"))
    assert f"{exports}?language=fr" in text_of(exporter.get(LIST, {"language": "fr"}))


def test_the_menu_shows_contributions_to_their_readers(where, reader):
    home = reverse("wagtailadmin_home")
    assert LIST in text_of(reader.get(home))
    assert LIST not in text_of(desk_of(member_of_staff("nobody")).get(home))


def test_the_desk_speaks_the_readers_language(where, ada, reader):
    one = where.contribution()
    UserProfile.objects.update_or_create(user=ada, defaults={"preferred_language": "fr"})
    html = text_of(reader.get(reverse("contributions:inspect", args=[one.pk])))
    assert 'lang="fr"' in html
    assert "À lire" in html


def test_the_permissions_can_be_granted_in_the_form_of_groups():
    registered = {
        permission.codename
        for register in hooks.get_hooks("register_permissions")
        for permission in register()
    }
    assert {
        "view_contribution",
        "change_reading",
        "add_passage",
        "add_note",
        "change_scheme",
        "export_contribution",
        "view_contactdetails",
    } <= registered
    assert not {"add_contribution", "change_contribution", "delete_contribution"} & registered
