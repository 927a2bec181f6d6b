"""Whoever approves a page in its editor, or asks for changes, reads what became of it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, Page, WorkflowTask
from wagtail.test.utils.form_data import querydict_from_html

from core.clock import database_now
from home.approval.workflows import keep_workflows
from home.roles import EDITORS, grant_roles, publishers_of
from tests.factories import bilingual_site
from tests.home.moderating import staff
from tests.home.test_page_moderation import act, draft

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("deed", "waits", "told"),
    [
        ("approve", False, "“Clean air” is approved and published."),
        ("approve", True, "“Clean air” is approved. It goes live at the time that was set."),
        ("reject", False, "Changes are asked for in “Clean air”."),
    ],
)
def test_who_decides_reads_what_became_of_the_page(deed: str, waits: bool, told: str) -> None:
    site = bilingual_site()
    grant_roles()
    keep_workflows()
    page = draft(site, go_live_at=database_now() + timedelta(days=2) if waits else None)
    act(staff("writer", EDITORS), page, "action-submit")
    publisher = staff("publisher", publishers_of("English"))
    answer = act(publisher, page, "action-workflow-action", **{"workflow-action-name": deed})
    said = [str(one) for one in publisher.get(answer.headers["Location"]).context["messages"]]
    assert any(told in one for one in said)
    assert Page.objects.get(pk=page.pk).live is (deed == "approve" and not waits)


def test_who_approves_one_step_of_several_reads_that_another_follows() -> None:
    site = bilingual_site()
    grant_roles()
    keep_workflows()
    page = draft(site)
    group = publishers_of("English")
    workflow = page.get_workflow()
    for order, name in enumerate(("Press office", "Minister"), start=1):
        task = GroupApprovalTask.objects.create(name=name)
        task.groups.add(Group.objects.get(name=group))
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    act(staff("writer", EDITORS), page, "action-submit")
    publisher = staff("publisher", group)
    told = []
    for _step in range(workflow.workflow_tasks.count()):
        deed = {"workflow-action-name": "approve"}
        answer = act(publisher, page, "action-workflow-action", **deed)
        said = publisher.get(answer.headers["Location"]).context["messages"]
        told.append([str(one).strip() for one in said if "is approved" in str(one)])
    step = ["“Clean air” is approved in this step. It waits for the next one."]
    assert told == [step, step, ["“Clean air” is approved and published."]]
    assert Page.objects.get(pk=page.pk).live


@pytest.mark.parametrize("deed", ["approve", "reject"])
def test_who_decides_after_a_colleague_has_keeps_their_words_and_is_told(deed: str) -> None:
    site = bilingual_site()
    grant_roles()
    keep_workflows()
    page = draft(site)
    act(staff("writer", EDITORS), page, "action-submit")
    first, second = (staff(name, publishers_of("English")) for name in ("first", "second"))
    address = f"/admin/pages/{page.pk}/edit/"
    shown = second.get(address).content.decode()
    act(first, page, "action-workflow-action", **{"workflow-action-name": deed})
    sent = querydict_from_html(shown, form_id="page-edit-form")
    sent.update({"body-count": "0", "title": "Clean air for all", "action-workflow-action": "1"})
    sent["workflow-action-name"] = "approve"
    answer = second.post(address, sent)
    assert answer.status_code == 302
    said = [str(one) for one in second.get(answer.headers["Location"]).context["messages"]]
    assert any("was decided on meanwhile" in one for one in said)
    assert not any("is approved" in one for one in said)
    now = Page.objects.get(pk=page.pk)
    assert now.get_latest_revision_as_object().title == "Clean air for all"
    assert now.live is (deed == "approve")
    assert now.title == "Clean air" or not now.live  # what is public stands


def test_who_only_saves_reads_of_no_decision() -> None:
    site = bilingual_site()
    grant_roles()
    keep_workflows()
    page = draft(site)
    writer = staff("writer", EDITORS)
    answer = act(writer, page)
    said = [str(one) for one in writer.get(answer.headers["Location"]).context["messages"]]
    assert said and not any("approved" in one or "asked" in one for one in said)
