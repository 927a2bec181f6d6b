"""A translation is stopped by administrators alone, and never on a page with forms."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory
from wagtail.models import Page
from wagtail_localize.models import Translation

from core.translating import hooks
from core.translating.states import work_of
from home.roles import publishers_of
from tests.core.translating.desk import WHOLE, administrator, at, form, publish, translator
from tests.factories import BilingualSite, bilingual_theme, debate_block, locale

pytestmark = pytest.mark.django_db


def test_an_administrator_stops_and_takes_up_again(page: Page):
    client = administrator()
    client.post(at(page), form(page, **WHOLE))
    publish(client, page)
    assert client.get(at(page, "stop/")).status_code == 200
    assert work_of(page) is not None
    assert client.post(at(page, "stop/"))["Location"] == f"/admin/pages/{page.pk}/edit/"
    assert work_of(page) is None
    editor = client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert "Take up the translation again" in editor
    assert "Start Synced translation" not in editor
    assert client.get(at(page)).status_code == 404

    restart = client.post(f"/admin/pages/{page.pk}/edit/", {hooks.RESTART: "1"})
    assert restart["Location"] == at(page, "resume/")
    assert "edited by hand meanwhile" not in client.get(at(page, "resume/")).content.decode()
    Page.objects.get(pk=page.pk).specific.save_revision()
    assert "edited by hand meanwhile" in client.get(at(page, "resume/")).content.decode()
    assert work_of(page) is None
    assert client.post(at(page, "resume/"))["Location"] == at(page)
    assert work_of(page) is not None


@pytest.mark.parametrize("group", ["Translators: French", publishers_of("French"), "Editors"])
def test_nobody_else_stops_or_resumes(page: Page, group: str):
    client = translator("eve", group)
    for what in ("stop/", "resume/"):
        for answer in (client.get(at(page, what)), client.post(at(page, what))):
            assert answer.status_code in (302, 403)
            assert answer.status_code == 403 or answer["Location"] == "/admin/"
    assert Translation.objects.get(source__object_id=page.translation_key).enabled
    assert "Stop the translation" not in client.get(at(page)).content.decode()


def test_a_page_with_forms_keeps_its_translation(site: BilingualSite):
    theme, page = bilingual_theme(site, debate_block())
    assert theme.locale == locale("en")
    client = administrator()
    answer = client.post(at(page, "stop/"))
    assert answer.status_code == 422
    assert "holds forms" in answer.content.decode()
    assert work_of(page) is not None


def test_a_snippet_never_reaches_the_editor_of_wagtail_localize(page: Page, rf: RequestFactory):
    """The glossary isn't translatable; a kind of snippet that is would not be published unseen."""
    for request in (rf.get("/"), rf.post("/", {hooks.RESTART: "1"})):
        with pytest.raises(PermissionDenied):
            hooks.keep_snippets(request, page)
    source: Any = page.get_translation(locale("en"))
    assert hooks.keep_snippets(rf.get("/"), source) is None
