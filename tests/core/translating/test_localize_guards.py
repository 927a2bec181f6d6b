"""What of wagtail-localize the desk took the place of answers nobody."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from wagtail_localize.models import Translation
from wagtail_localize.operations import translate_object

from home.roles import grant_roles, translators_of
from tests.factories import StandardPageFactory, bilingual_site, locale, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("root"))
    return client


@pytest.mark.parametrize(
    "where",
    [
        "disable/",
        "machine_translate/",
        "preview/",
        "preview/default/",
        "pofile/download/",
        "pofile/upload/",
        "strings/1/edit/",
        "overrides/1/edit/",
    ],
)
def test_its_editor_answers_nobody(client: Client, where: str):
    bilingual_site()
    translation = Translation.objects.latest("pk")
    address = f"/admin/localize/translate/{translation.pk}/{where}"
    for answer in (client.get(address), client.post(address), client.put(address)):
        assert answer.status_code == 404
    assert Translation.objects.get(pk=translation.pk).enabled


def test_what_was_sent_already_leads_on_from_a_form_without_choices(client: Client):
    site = bilingual_site()
    page = published(StandardPageFactory(parent=site.home))
    sends = f"/admin/localize/submit/page/{page.pk}/"
    form = client.get(sends).content.decode()
    assert "Languages" in form and "Locales" not in form
    first, again = (client.post(sends, {"locales": [locale("fr").pk]}) for _click in range(2))
    there = page.get_translation(locale("fr"))
    edit = f"/admin/pages/{there.pk}/edit/"
    assert first["Location"] == again["Location"] == client.get(sends)["Location"] == edit
    assert "It has been sent to translation already." in client.get(sends, follow=True).text


def test_who_translates_into_no_language_reads_no_report(client: Client):
    bilingual_site()
    assert client.get("/admin/localize/reports/translations/").status_code == 200
    nobody = User.objects.create_user("nobody")
    client.force_login(nobody)
    assert client.get("/admin/localize/reports/translations/").status_code in (302, 403)


@pytest.mark.parametrize("elsewhere", [False, True])
def test_the_report_tells_a_translator_of_no_draft_of_another_tree(
    client: Client, *, elsewhere: bool
):
    site = bilingual_site()
    grant_roles()
    site = bilingual_site("water.example.org") if elsewhere else site
    page = published(StandardPageFactory(parent=site.home))
    translate_object(page, [locale("fr")])
    draft = page.get_translation(locale("fr"))
    draft.title = draft.draft_title = "Sous embargo"
    draft.save()
    for language, told in (("French", True), ("English", False)):
        translator = User.objects.create_user(language)
        translator.groups.add(Group.objects.get(name=translators_of(language)))
        client.force_login(translator)
        for address in ("", "results/"):
            answer = client.get(f"/admin/localize/reports/translations/{address}")
            assert answer.status_code == 200
            assert ("Sous embargo" in answer.content.decode()) is (told and not elsewhere)
