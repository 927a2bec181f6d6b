"""Who may send a part of the site, and see what of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page

from core.models import BulkTranslation
from core.translating.bulk.access import sendable_into
from core.translating.bulk.hooks import tree_button
from home.roles import grant_roles
from tests.core.translating_bulk.sending import desk_of, english_tree, member, sent, the_job, work
from tests.factories import BilingualSite, StandardPageFactory, bilingual_site, published, translate

pytestmark = pytest.mark.django_db

# For each role: into which languages it sends the English tree, and the French one; 403 for none
# that it may look at.
ROLES = {
    (): (["fr"], ["en"]),
    ("Editors",): (["fr"], ["en"]),
    ("Translators: French",): (["fr"], None),
    ("Translators: English",): (None, ["en"]),
    ("Publishers: French",): (None, []),
    ("Publishers: English",): ([], None),
    ("Moderators: French",): (None, None),
    ("Reviewers",): (None, None),
    ("Organisers",): (None, None),
}


@pytest.fixture
def site() -> BilingualSite:
    site = bilingual_site()
    grant_roles()
    return site


@pytest.mark.parametrize("groups", ROLES, ids=lambda groups: ", ".join(groups) or "administrator")
def test_each_role_sends_into_its_own_languages_alone(site: BilingualSite, groups: tuple[str, ...]):
    english = english_tree(site, below=1)
    french = published(StandardPageFactory(parent=site.home_fr, title="Une page"))
    user = member("somebody", *groups)
    client = desk_of(user)
    for page, into in zip((english, french), ROLES[groups], strict=True):
        answer = client.get(f"/admin/translating/trees/{page.pk}/")
        assert (answer.status_code == 200) == (into is not None)
        other = "fr" if page == english else "en"
        said = [locale.language_code for locale in sendable_into(user, page)]
        assert said == (into or [])
        answer = sent(client, page, other)
        assert (answer.status_code == 302 and "/jobs/" in answer.url) == bool(into)


def test_a_job_is_for_who_may_send_such_a_tree(site: BilingualSite):
    top = english_tree(site)
    where = sent(desk_of(member("ed", "Editors")), top, "fr").url
    fleur = desk_of(member("fleur", "Translators: French"))
    emily = desk_of(member("emily", "Translators: English"))
    assert fleur.get(where).status_code == 200
    for answer in (emily.get(where), emily.post(f"{where}again/")):
        assert answer.status_code in {302, 403} and "/jobs/" not in answer.get("Location", "")
    assert desk_of(member("root")).get(f"{where}again/").status_code == 405


def test_a_draft_of_a_tree_that_one_may_not_edit_is_not_named(site: BilingualSite):
    top = english_tree(site)
    StandardPageFactory(parent=top, title="Secret plans")
    fleur = desk_of(member("fleur", "Translators: French"))
    page = fleur.get(f"/admin/translating/trees/{top.pk}/").content.decode()
    assert "Secret plans" not in page and "1 page that is not named here" in page
    assert "id_drafts" not in page
    where = sent(fleur, top, "fr", drafts="on").url  # the form had no such box
    work()
    assert the_job().drafts is False
    assert "Secret plans" not in fleur.get(where).content.decode()


def test_the_entry_stands_on_pages_with_others_below_and_asks_nothing(site: BilingualSite):
    top = english_tree(site)
    leaf = top.get_children()[0]
    editor, reader = member("ed", "Editors"), member("re", "Reviewers")
    assert [button.url for button in tree_button(top, editor)] == [
        f"/admin/translating/trees/{top.pk}/"
    ]
    assert not list(tree_button(leaf, editor)) and not list(tree_button(top, reader))
    assert not list(tree_button(Page.objects.get(depth=1), member("root")))
    pages = list(Page.objects.filter(depth__gt=1))
    list(tree_button(top, editor))
    with CaptureQueriesContext(connection) as queries:
        for page in pages:
            list(tree_button(page, editor))
    assert len(queries) == 0
    explorer = desk_of(editor).get(f"/admin/pages/{top.pk}/").content.decode()
    assert f"/admin/translating/trees/{top.pk}/" in explorer


def test_who_translates_into_a_language_is_led_to_what_it_lacks(site: BilingualSite):
    english_tree(site)
    fleur = desk_of(member("fleur", "Translators: French"))
    page = fleur.get(f"/admin/translating/trees/{site.home_fr.pk}/").content.decode()
    assert f"/admin/translating/trees/{site.home.pk}/?into=fr" in page
    assert "4 pages are not here yet" in page
    assert f"/admin/translating/trees/{site.home_fr.pk}/po.zip" in page
    below = published(StandardPageFactory(parent=site.home, title="Level"))
    level = translate(below)
    page = fleur.get(f"/admin/translating/trees/{level.pk}/").content.decode()
    assert "not here yet" not in page


def test_an_unpublished_page_is_not_told_to_who_does_not_edit_it(site: BilingualSite):
    draft = StandardPageFactory(parent=site.home, title="Secret plans")
    published(StandardPageFactory(parent=draft, title="Live below it"))
    fleur, ed = desk_of(member("fleur", "Translators: French")), desk_of(member("ed", "Editors"))
    where = f"/admin/translating/trees/{draft.pk}/"
    assert "Secret plans" in ed.get(where).content.decode()
    refused = fleur.get(where)
    assert refused.status_code in {302, 403} and "Secret plans" not in refused.content.decode()
    assert fleur.post(where, {"into": ["fr"]}).status_code in {302, 403}
    below = fleur.get(f"/admin/translating/trees/{draft.get_children()[0].pk}/")
    assert below.status_code == 200 and "Secret plans" not in below.content.decode()
    assert "neither published nor translated" in below.content.decode()
    job = sent(ed, draft, "fr", drafts="on").url
    assert ed.get(job).status_code == 200
    assert fleur.get(job).status_code in {302, 403}


def test_the_new_title_of_a_live_page_is_its_editors_until_it_is_published(site: BilingualSite):
    top = english_tree(site)
    for page in (top.specific, top.get_children()[0].specific):
        page.title = "Secret plans"
        page.save_revision()
    fleur, ed = desk_of(member("fleur", "Translators: French")), desk_of(member("ed", "Editors"))
    where = f"/admin/translating/trees/{top.pk}/"
    assert "Secret plans" in ed.get(where).content.decode()
    said = fleur.get(where).content.decode()
    assert "Secret plans" not in said and "Top" in said and "Below 0" in said
    job = sent(fleur, top, "fr").url
    assert "Secret plans" not in fleur.get(job).content.decode()
    work()
    assert "Secret plans" not in fleur.get(job).content.decode()


def test_the_home_page_of_a_site_is_not_made_by_another_sites_editors(site: BilingualSite):
    other = bilingual_site("other.example")
    Page.objects.get(pk=other.home_fr.pk).delete()
    ed = member("ed", "Editors")  # of the first site: its trees stand in both languages
    page = Page.objects.get(pk=other.home.pk)
    assert sendable_into(ed, page) == []
    assert [one.language_code for one in sendable_into(member("root"), page)] == ["fr"]


def test_only_jobs_that_one_may_look_at_are_named(site: BilingualSite):
    top = english_tree(site)
    german = Locale.objects.create(language_code="de")
    job = BulkTranslation.objects.create(page=top, locale=german, by=member("root"))
    where = f"/admin/translating/trees/{top.pk}/"
    fleur = desk_of(member("fleur", "Translators: French"))
    mine = sent(fleur, top, "fr").url
    said = fleur.get(where).content.decode()
    assert mine in said and str(job.pk) not in said
