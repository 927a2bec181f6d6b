"""What tests of trees share: who may send, a part of the site, the worker's turn."""

from typing import Any

from django.contrib.auth.models import Group, User
from django.test import Client
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page

from core.models import BulkTranslation
from core.translating.bulk import jobs
from tests.factories import BilingualSite, StandardPageFactory, published
from tests.recalled import recalled


def member(name: str, *groups: str) -> User:
    """In these groups; without one, an administrator."""
    user = User.objects.create_user(name, password="x" * 12, is_superuser=not groups)
    user.groups.set(Group.objects.filter(name__in=groups))
    assert user.groups.count() == len(groups)
    return user


def desk_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def english_tree(site: BilingualSite, *, below: int = 3) -> Page:
    """A page that is live in English alone, with live pages below it."""
    if site.usual:
        return recalled(f"{below} below", lambda: _english_tree(site, below), after="site")
    return _english_tree(site, below)


def _english_tree(site: BilingualSite, below: int) -> Page:
    top: Page = published(StandardPageFactory(parent=site.home, title="Top"))
    for number in range(below):
        published(StandardPageFactory(parent=top, title=f"Below {number}"))
    top.refresh_from_db()
    return top


def turns() -> Any:
    """What the worker has to do for trees."""
    return DBTaskResult.objects.filter(task_path=jobs.send_tree.module_path)


def work() -> None:
    """All of it is done."""
    while task := turns().first():
        task.delete()
        jobs.send_tree.call(*task.args_kwargs["args"])


def sent(client: Client, page: Page, *into: str, **said: Any) -> Any:
    """The answer to the form."""
    return client.post(f"/admin/translating/trees/{page.pk}/", {"into": list(into), **said})


def the_job() -> BulkTranslation:
    job: BulkTranslation = BulkTranslation.objects.get()
    return job


def french(page: Page) -> Page | None:
    """The page that was made of it."""
    found: Page | None = page.get_translations().filter(locale__language_code="fr").first()
    return found
