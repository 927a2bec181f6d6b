"""Each role can do its work and nothing else."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.test import Client
from wagtail.models import GroupPagePermission, Page
from wagtail_localize.models import TranslationSource

from home.roles import (
    EDITORS,
    MODERATORS_OF_ALL,
    ORGANISERS,
    REVIEWERS,
    grant_roles,
    moderators_of,
    publishers_of,
    roles,
    translators_of,
)
from submissions.models import Debate, Idea, IdeaText, TranslatedLanguage
from tests.factories import BilingualSite, ThemePageFactory, bilingual_site, bilingual_theme
from tests.factories import idea as make_idea
from themes.models import ThemePage

pytestmark = pytest.mark.django_db

TO_FRENCH = translators_of("French")
TO_ENGLISH = translators_of("English")
ENGLISH_MODERATORS = moderators_of("English")
FRENCH_MODERATORS = moderators_of("French")
PUBLISH_FRENCH = publishers_of("French")
PUBLISH_ENGLISH = publishers_of("English")
NOBODY = "nobody"
OK, REFUSED = 200, (302, 403, 404)


@pytest.fixture
def site() -> BilingualSite:
    site = bilingual_site()
    grant_roles()
    return site


@pytest.fixture
def theme(site: BilingualSite) -> tuple[ThemePage, ThemePage]:
    return bilingual_theme(site)


def member_of(*groups: str) -> Client:
    user = User.objects.create_user("-".join(groups) or NOBODY, password="x" * 12)
    user.groups.set(Group.objects.filter(name__in=groups))
    client = Client()
    client.force_login(user)
    return client


def test_every_role_is_made_and_holds_exactly_what_is_listed(site: BilingualSite) -> None:
    for role in roles():
        held = Group.objects.get(name=role.name).permissions.values_list(
            "content_type__app_label", "codename"
        )
        assert {f"{app}.{name}" for app, name in held} == set(role.permissions)


def test_what_was_added_by_hand_is_taken_away(site: BilingualSite) -> None:
    moderators = Group.objects.get(name=FRENCH_MODERATORS)
    moderators.permissions.add(Permission.objects.get(codename="delete_user"))
    GroupPagePermission.objects.create(
        group=moderators,
        page=site.home,
        permission=Permission.objects.get(codename="publish_page"),
    )
    moderators.moderated_languages.create(language="en")
    moderators.translated_languages.create(language="en")
    grant_roles()
    assert not moderators.translated_languages.exists()
    assert not moderators.permissions.filter(codename="delete_user").exists()
    assert [row.language for row in moderators.moderated_languages.all()] == ["fr"]
    assert not GroupPagePermission.objects.filter(group=moderators).exists()


def test_the_command_can_be_run_twice(site: BilingualSite) -> None:
    before = GroupPagePermission.objects.count(), Group.objects.count()
    call_command("prepare_site", verbosity=0)
    assert (GroupPagePermission.objects.count(), Group.objects.count()) == before


def test_roles_that_are_held_cost_a_few_queries(
    site: BilingualSite, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(20):
        grant_roles()


def test_a_permission_that_does_not_exist_is_told(site: BilingualSite) -> None:
    Permission.objects.get(codename="judge_participant").delete()
    with pytest.raises(Permission.DoesNotExist, match=r"submissions\.judge_participant"):
        grant_roles()


def test_there_is_one_group_of_translators_a_language(site: BilingualSite) -> None:
    assert {role.language for role in roles() if role.name.startswith("Translators")} == {
        "en",
        "fr",
    }


def test_translators_translate_ideas_into_the_language_of_their_group(site: BilingualSite) -> None:
    held = TranslatedLanguage.objects.values_list("group__name", "language")
    assert set(held) == {(TO_FRENCH, "fr"), (TO_ENGLISH, "en")}


def test_who_moderated_every_language_goes_on_doing_so(site: BilingualSite) -> None:
    whole = Group.objects.create(name=MODERATORS_OF_ALL)
    whole.user_set.add(User.objects.create_user("ada"))
    call_command("prepare_site", verbosity=0)
    assert not Group.objects.filter(name=MODERATORS_OF_ALL).exists()
    ada = User.objects.get(username="ada")
    assert {group.name for group in ada.groups.all()} == {ENGLISH_MODERATORS, FRENCH_MODERATORS}


MAY = {
    # address: the groups that may open it; everybody else is refused
    "/admin/pages/{en}/edit/": {EDITORS, PUBLISH_ENGLISH},
    "/admin/translating/pages/{fr}/": {EDITORS, TO_FRENCH, PUBLISH_FRENCH},
    "/admin/pages/add/themes/themepage/{index}/": {EDITORS},
    "/admin/pages/{en}/unpublish/": {PUBLISH_ENGLISH},
    "/admin/pages/{fr}/unpublish/": {PUBLISH_FRENCH},
    "/admin/localize/submit/page/{unsent}/": {EDITORS, TO_FRENCH},
    "/admin/localize/update/{source}/": {EDITORS, TO_FRENCH},
    "/admin/localize/page/{fr}/convert_to_alias/": {PUBLISH_FRENCH},
    "/admin/debates/": {EDITORS, ORGANISERS},
    "/admin/debates/edit/{debate}/": {EDITORS},
    "/admin/questionnaires/": {EDITORS, ORGANISERS},
    "/admin/moderation/": {ENGLISH_MODERATORS, FRENCH_MODERATORS},
    "/admin/moderation/{idea}/": {ENGLISH_MODERATORS},
    "/admin/idea-translations/": {TO_ENGLISH, TO_FRENCH},
    "/admin/idea-translations/{published}/fr/": {TO_FRENCH},
    "/admin/contributions/": {ORGANISERS, REVIEWERS},
    "/admin/contributions/codes/": {ORGANISERS, REVIEWERS},
    "/admin/contributions/codes/add/": {ORGANISERS},
    "/admin/suspects/": {ORGANISERS},
    "/admin/settings/submissions/consultation/{site}/": {ORGANISERS},
    "/admin/users/": set(),
    "/admin/groups/": set(),
    "/admin/sites/": set(),
    "/admin/locales/": set(),
}
GROUPS = [
    EDITORS,
    PUBLISH_FRENCH,
    PUBLISH_ENGLISH,
    TO_FRENCH,
    TO_ENGLISH,
    ENGLISH_MODERATORS,
    FRENCH_MODERATORS,
    ORGANISERS,
    REVIEWERS,
]


@pytest.mark.parametrize("group", [*GROUPS, NOBODY])
def test_a_role_opens_its_own_addresses_and_no_others(
    site: BilingualSite, theme: tuple[ThemePage, ThemePage], group: str
) -> None:
    debate = Debate.objects.get()
    idea = Idea.objects.create(debate=debate, language="en")
    IdeaText.objects.create(idea=idea, language="en", text="We should test who may read this.")
    shown = make_idea(debate)
    places = {
        "published": shown.pk,
        "en": theme[0].pk,
        "fr": theme[1].pk,
        "unsent": ThemePageFactory(parent=site.themes, live=True).pk,
        "index": site.themes.pk,
        "source": TranslationSource.objects.get(object_id=theme[0].translation_key).pk,
        "debate": debate.pk,
        "idea": idea.pk,
        "site": site.site.pk,
    }
    client = member_of(group) if group != NOBODY else Client()
    opened: set[str] = set()
    refused: set[str] = set()
    for address in MAY:
        status = client.get(address.format(**places)).status_code
        (opened if status == OK else refused).add(address)
        assert status == OK or status in REFUSED, (address, status)
    assert opened == {address for address, groups in MAY.items() if group in groups}


def test_a_translator_cannot_take_a_translation_off_line_by_making_it_an_alias(
    site: BilingualSite, theme: tuple[ThemePage, ThemePage]
) -> None:
    page_fr = theme[1]
    answer = member_of(TO_FRENCH).post(f"/admin/localize/page/{page_fr.pk}/convert_to_alias/")
    assert answer.status_code in REFUSED
    page_fr.refresh_from_db()
    assert page_fr.alias_of_id is None


def test_a_translator_cannot_publish_a_translation_by_bringing_it_up_to_date(
    site: BilingualSite,
    theme: tuple[ThemePage, ThemePage],
    django_capture_on_commit_callbacks: Any,
) -> None:
    page, page_fr = theme
    page_fr.unpublish()
    source = TranslationSource.objects.get(object_id=page.translation_key)
    with django_capture_on_commit_callbacks(execute=True):
        member_of(TO_FRENCH).post(
            f"/admin/localize/update/{source.pk}/", {"publish_translations": "on"}
        )
    assert not ThemePage.objects.get(pk=page_fr.pk).live


def test_nor_does_a_publisher_who_publishes_from_the_desk(
    site: BilingualSite,
    theme: tuple[ThemePage, ThemePage],
    django_capture_on_commit_callbacks: Any,
) -> None:
    page, page_fr = theme
    page_fr.unpublish()
    source = TranslationSource.objects.get(object_id=page.translation_key)
    with django_capture_on_commit_callbacks(execute=True):
        member_of(EDITORS, PUBLISH_FRENCH).post(
            f"/admin/localize/update/{source.pk}/", {"publish_translations": "on"}
        )
    assert not ThemePage.objects.get(pk=page_fr.pk).live


def test_a_translator_cannot_publish_from_the_translation_editor(
    site: BilingualSite,
    theme: tuple[ThemePage, ThemePage],
    django_capture_on_commit_callbacks: Any,
) -> None:
    page_fr = theme[1]
    page_fr.unpublish()
    with django_capture_on_commit_callbacks(execute=True):
        member_of(TO_FRENCH).post(f"/admin/pages/{page_fr.pk}/edit/", {"action": "publish"})
    assert not Page.objects.get(pk=page_fr.pk).live


def test_only_who_may_open_a_form_opens_it(
    site: BilingualSite, theme: tuple[ThemePage, ThemePage]
) -> None:
    debate = Debate.objects.get()
    for group in (TO_FRENCH, ENGLISH_MODERATORS):
        member_of(group).post(f"/admin/debates/open/{debate.pk}/")
        assert Debate.objects.get().opened_at is None
    member_of(ORGANISERS).post(f"/admin/debates/open/{debate.pk}/")
    assert Debate.objects.get().opened_at is not None
