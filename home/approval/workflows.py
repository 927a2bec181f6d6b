"""The workflow of each language tree: one step, which the publishers of that language take.

Made and kept by ``manage.py prepare_site``, after the groups. A workflow of the administrators' own
that stands on a home page, or below it, stays.
"""

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import GroupApprovalTask, Page, Site, Task, Workflow, WorkflowPage, WorkflowTask

from core.alternates import own_name
from home.roles import Role, group_name, homes, roles

# Wagtail makes one of this name in a new database, for a group that may publish everywhere.
WAGTAILS_OWN = "Moderators approval"


@transaction.atomic
def keep_workflows() -> list[str]:
    """A workflow on each home page, its reviewers that language's publishers; their names.

    What waits in Wagtail's own workflow becomes a draft again: nobody was left to approve it.
    """
    for workflow in Workflow.objects.filter(name=WAGTAILS_OWN, active=True):
        workflow.deactivate()
    for task in Task.objects.filter(name=WAGTAILS_OWN, active=True):
        task.deactivate()
    publishers = [role for role in roles() if "publish_page" in role.on_pages]
    sites = Site.objects.select_related("root_page").order_by("-is_default_site", "pk")
    return [
        _keep(home, role, site).name
        for site in sites
        for role in publishers
        for home in homes(site, role.language)
    ]


def _keep(home: Page, role: Role, site: Site) -> Workflow:
    """The workflow that stands on ``home``; ours, where no other one does."""
    standing = WorkflowPage.objects.filter(page=home).select_related("workflow").first()
    if standing is not None and not _is_ours(standing.workflow):
        other: Workflow = standing.workflow
        return other
    # "Publication" is the same word in both languages of the admin; the name is kept in one.
    name = group_name(f"Publication – {own_name(home.locale.language_code)}", site)
    workflow = standing.workflow if standing else Workflow.objects.create(name=name)
    task = _task_of(workflow) or GroupApprovalTask.objects.create(name=name)
    for row in (workflow, task):
        row.name, row.active = name, True
        row.save()
    task.groups.set([Group.objects.get(name=group_name(role.name, site))])
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task)
    WorkflowPage.objects.update_or_create(page=home, defaults={"workflow": workflow})
    return workflow


def _is_ours(workflow: Workflow) -> bool:
    """One step, which has the name of its workflow."""
    return list(workflow.tasks.values_list("name", flat=True)) == [workflow.name]


def _task_of(workflow: Workflow) -> GroupApprovalTask | None:
    return GroupApprovalTask.objects.filter(workflow_tasks__workflow=workflow).first()
