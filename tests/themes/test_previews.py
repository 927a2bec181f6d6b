"""A theme as its editors can look at it: in each phase, and in the other language."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client, RequestFactory

from submissions.models import Consultation, Debate, Questionnaire
from tests.factories import bilingual_site, bilingual_theme, idea
from themes.models import ThemePage

pytestmark = pytest.mark.django_db

FORMS = [("debate", {}), ("questionnaire", {"questions": [("long_text", {"label": "What?"})]})]


def shown(page: ThemePage, mode: str, user: Any = None) -> str:
    """The page in one of its modes, as the editor's browser gets it."""
    request = RequestFactory().get("/", SERVER_NAME="localhost")
    request.user = user or AnonymousUser()
    response = page.serve_preview(request, mode)
    assert response.status_code == 200
    return response.content.decode()


def test_without_a_mode_it_is_the_page_as_it_is_now() -> None:
    theme, _theme_fr = bilingual_theme(bilingual_site(), *FORMS)
    assert theme.make_preview_request().status_code == 200


def test_each_phase_can_be_looked_at_whatever_the_time(django_user_model: Any) -> None:
    theme, theme_fr = bilingual_theme(bilingual_site(), *FORMS)
    before = list(Debate.objects.values()), list(Questionnaire.objects.values())
    for page, upcoming, closed in [
        (theme, "Not open yet", "Closed"),
        (theme_fr, "Pas encore ouvert", "Clos"),
    ]:
        assert 'class="phase phase-upcoming"' in (early := shown(page, "upcoming"))
        assert upcoming in early
        assert 'name="text"' not in early
        assert 'class="phase phase-open"' in (now := shown(page, "open"))
        assert 'name="text"' in now
        assert 'class="phase phase-closed"' in (late := shown(page, "closed"))
        assert closed in late
        assert 'name="text"' not in late
    assert (list(Debate.objects.values()), list(Questionnaire.objects.values())) == before


@pytest.mark.parametrize("times", [{}, {"opens_at": None, "closes_at": None}])
def test_a_form_that_was_never_published_can_be_looked_at_open(times: dict[str, Any]) -> None:
    where = bilingual_site(**times)
    draft = ThemePage(title="New", slug="new", summary="In short.", live=False)
    draft.body = FORMS
    where.themes.add_child(instance=draft)
    for block in draft.body:
        block.id = f"00000000-0000-4000-8000-00000000000{len(block.block_type) % 10}"
    assert 'name="text"' in shown(draft, "open")
    assert 'name="text"' not in shown(draft, "")
    assert not Debate.objects.exists()


def test_the_translation_is_shown_as_it_was_last_saved_to_who_may_edit_it() -> None:
    theme, theme_fr = bilingual_theme(bilingual_site(), *FORMS)
    theme_fr.title = "Titre à venir"
    theme_fr.save_revision()
    assert [mode for mode, _name in theme.preview_modes if mode.startswith("in-")] == ["in-fr"]
    admin = User.objects.create_superuser("administrator", password=None)
    assert "Titre à venir" in shown(theme, "in-fr", admin)
    with pytest.raises(PermissionDenied):
        shown(theme, "in-fr")
    with pytest.raises(Http404):
        shown(theme, "in-de", admin)


def test_a_preview_may_stand_in_a_frame_of_the_editor_and_nothing_else_of_it_is_relaxed(
    admin_client: Client,
) -> None:
    theme, _theme_fr = bilingual_theme(bilingual_site(), *FORMS)
    response = theme.make_preview_request(preview_mode="open")
    policy = response.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "unsafe" not in policy
    public = admin_client.get(theme.url).headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in public
    assert sorted(policy.replace("ancestors 'self'", "ancestors 'none'").split("; ")) == sorted(
        public.split("; ")
    )


def test_votes_that_are_hidden_while_it_is_open_are_shown_after_the_close() -> None:
    theme, _theme_fr = bilingual_theme(bilingual_site(), *FORMS)
    Consultation.objects.update(hide_results_while_open=True)
    idea(Debate.objects.get())
    hidden = "Votes are counted, and shown once the consultation is closed."
    assert hidden in shown(theme, "open")
    assert hidden not in shown(theme, "closed")
