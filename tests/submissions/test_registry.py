"""The registry itself: it never raises towards publishing, and a command repairs what it missed."""

import logging
from typing import Any
from unittest import mock

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction

from submissions.models import (
    Debate,
)
from submissions.registry import sync
from tests.factories import (
    BilingualSite,
    ThemePageFactory,
    bilingual_theme,
    debate_block,
)
from tests.submissions.publishing import theme
from themes.models import ThemePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> User:
    return User.objects.create_superuser("chief", "chief@example.org", "secret")


class TestSync:
    def test_never_raises_towards_publishing(
        self, site: BilingualSite, caplog: pytest.LogCaptureFixture
    ) -> None:
        with (
            mock.patch("submissions.registry.sync.structure", side_effect=RuntimeError),
            caplog.at_level(logging.ERROR),
        ):
            page = theme(site)
        assert page.live
        assert not Debate.objects.exists()
        assert "The registry could not follow page" in caplog.text

    def test_the_admin_shows_what_could_not_be_registered(
        self, site: BilingualSite, admin_client: Any
    ) -> None:
        with mock.patch("submissions.registry.sync.structure", side_effect=RuntimeError):
            page = theme(site)
        editor = admin_client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
        assert "not registered" in editor

    def test_the_command_makes_good_what_code_published(self, site: BilingualSite) -> None:
        page = ThemePage(title="By code", slug="by-code", summary="x", body=[debate_block()])
        site.themes.add_child(instance=page)
        assert not Debate.objects.exists()
        call_command("sync_registry", verbosity=0)
        assert Debate.objects.get().translation_key == page.translation_key

    def test_a_draft_makes_no_row(self, site: BilingualSite) -> None:
        page = ThemePageFactory(parent=site.themes, body=[debate_block()])
        sync(page)
        assert not Debate.objects.exists()


def test_the_command_reports_how_many_pages_are_in_step(
    site: BilingualSite, capsys: pytest.CaptureFixture[str]
) -> None:
    bilingual_theme(site)
    call_command("sync_registry")
    assert "2 pages in step." in capsys.readouterr().out


def test_copy_for_translation_keeps_block_ids(site: BilingualSite, staff: User) -> None:
    page = theme(site)
    twin = CopyPageForTranslationAction(page, site.home_fr.locale, user=staff).execute(
        skip_permission_checks=True
    )
    assert [child.id for child in twin.specific.body] == [child.id for child in page.body]
