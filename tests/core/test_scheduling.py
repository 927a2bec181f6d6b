"""Pages go live and come down at their time, by the worker, each language by itself."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from core.clock import database_now
from core.scheduling import publish_what_is_due
from submissions.models import Debate
from submissions.ticker import Ticker
from tests.factories import (
    ThemePageFactory,
    bilingual_site,
    bilingual_theme,
    debate_block,
    published,
    translate,
)
from themes.models import ThemePage

pytestmark = pytest.mark.django_db


def scheduled(page: ThemePage, **times: Any) -> ThemePage:
    """Publish as an editor who set times does."""
    for name, when in times.items():
        setattr(page, name, when)
    page.save_revision().publish()
    return ThemePage.objects.get(pk=page.pk)


def due(page: ThemePage) -> None:
    """Let the time come that was set."""
    early = database_now() - timedelta(minutes=1)
    for revision in page.revisions.exclude(approved_go_live_at=None):
        revision.approved_go_live_at = early
        revision.content["go_live_at"] = early.isoformat()
        revision.save()


def test_a_theme_goes_live_at_its_time_and_its_debate_with_it(client: Client) -> None:
    where = bilingual_site()
    draft = ThemePageFactory(parent=where.themes, body=[debate_block()])
    page = scheduled(draft, go_live_at=database_now() + timedelta(hours=1))
    assert publish_what_is_due() == 0
    assert not page.live
    assert page.status_string == "scheduled"
    assert client.get(page.get_url()).status_code == 404
    assert not Debate.objects.exists()
    due(page)
    Ticker("schedule").tick()
    page.refresh_from_db()
    assert page.live
    assert client.get(page.get_url()).status_code == 200
    assert Debate.objects.get().live_languages == ["en"]


def test_a_translation_goes_live_at_its_own_time() -> None:
    where = bilingual_site()
    page = published(ThemePageFactory(parent=where.themes, body=[debate_block()]))
    french = translate(page, publish=False)
    french = scheduled(
        french.get_latest_revision_as_object(), go_live_at=database_now() + timedelta(hours=1)
    )
    assert Debate.objects.get().live_languages == ["en"]
    due(french)
    assert publish_what_is_due() == 1
    assert Debate.objects.get().live_languages == ["en", "fr"]
    assert Debate.objects.get().level


def test_a_page_comes_down_in_one_language_alone(client: Client) -> None:
    page, page_fr = bilingual_theme(bilingual_site())
    address = page_fr.get_url()
    page_fr = scheduled(page_fr, expire_at=database_now() + timedelta(hours=1))
    ThemePage.objects.filter(pk=page_fr.pk).update(expire_at=database_now() - timedelta(minutes=1))
    assert publish_what_is_due() == 1
    assert client.get(address).status_code == 404
    assert client.get(page.get_url()).status_code == 200
    assert Debate.objects.get().live_languages == ["en"]


def test_a_page_that_cannot_be_published_keeps_no_other_back(monkeypatch: Any) -> None:
    where = bilingual_site()
    later = database_now() + timedelta(hours=1)
    pages = [scheduled(ThemePageFactory(parent=where.themes), go_live_at=later) for _ in "ab"]
    for page in pages:
        due(page)
    monkeypatch.setattr("core.scheduling._publish", failing_for(pages[0].pk))
    assert publish_what_is_due() == 1
    assert [ThemePage.objects.get(pk=page.pk).live for page in pages] == [False, True]


def failing_for(pk: int) -> Any:
    """What publishes every page but one."""

    def publish(revision: Any) -> None:
        if revision.object_id == str(pk):
            raise ValueError
        revision.publish()

    return publish
