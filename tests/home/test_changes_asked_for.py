"""What a publisher asks to be changed is told to whoever opens the page again."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from home.approval.workflows import keep_workflows
from home.roles import EDITORS, grant_roles, publishers_of
from tests.factories import ThemePageFactory, bilingual_site
from tests.home.moderating import staff
from themes.models import ThemePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> ThemePage:
    site = bilingual_site()
    grant_roles()
    keep_workflows()
    page: ThemePage = ThemePageFactory(parent=site.themes, live=False)
    page.save_revision()
    return page


def told(client: Client, page: ThemePage) -> list[str]:
    """The messages on top of the editor."""
    shown = client.get(f"/admin/pages/{page.pk}/edit/")
    assert shown.status_code == 200
    found = BeautifulSoup(shown.content, "html.parser").select(".messages li.warning")
    words = [" ".join(one.get_text(" ", strip=True).split()) for one in found]
    return [one for one in words if one]  # Wagtail keeps an empty one, for its scripts


@pytest.mark.parametrize(
    ("comment", "words"),
    [
        ("Say <b>where</b>.", "publisher asks for changes: “Say <b>where</b>.” Submit the page"),
        ("", "publisher asks for changes. Submit the page"),
    ],
)
def test_it_is_told_until_it_is_submitted_again(page: ThemePage, comment: str, words: str) -> None:
    writer, publisher = staff("writer", EDITORS), staff("publisher", publishers_of("English"))
    assert told(writer, page) == []
    workflow = page.get_workflow()
    state = workflow.start(page, user=page.owner)
    assert told(publisher, page) == []
    who = publisher.get("/admin/").wsgi_request.user
    task = state.current_task_state
    task.task.specific.on_action(task, who, "reject", comment=comment)
    [said] = told(writer, page)
    assert said.startswith(words), said
    assert told(writer, page) == [said]  # each time the page is opened

    state.refresh_from_db()
    state.resume(user=who)
    assert not [one for one in told(writer, page) if "asks for changes" in one]


def test_whoever_asks_for_changes_says_which(page: ThemePage) -> None:
    staff("writer", EDITORS)
    publisher = staff("publisher", publishers_of("English"))
    state = page.get_workflow().start(page, user=page.owner)
    task = state.current_task_state
    for way in ("action", "collect_action_data"):
        where = f"/admin/pages/workflow/{way}/{page.pk}/reject/{task.pk}/"
        script = {"x-requested-with": "XMLHttpRequest"}
        ask = publisher.post(where, {"comment": " "}, headers=script)
        assert "This field is required." in ask.content.decode()
        state.refresh_from_db()
        assert state.status == state.STATUS_IN_PROGRESS
    asked = publisher.get(where)
    assert "What has to be changed" in asked.json()["html"]
