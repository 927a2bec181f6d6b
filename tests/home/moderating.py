"""Members of staff, and a translator at work, for tests of pages that are moderated."""

from django.contrib.auth.models import Group, User
from django.test import Client
from wagtail.models import Page
from wagtail.users.models import UserProfile

from core.translating.segments import segments_of
from core.translating.states import work_of


def staff(name: str, *groups: str, language: str = "") -> Client:
    user = User.objects.create_user(name, f"{name}@example.org", "x" * 12)
    user.groups.set(Group.objects.filter(name__in=groups))
    assert user.groups.count() == len(groups)
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    client = Client()
    client.force_login(user)
    return client


def translate_at_the_desk(client: Client, page: Page) -> None:
    work = work_of(page)
    assert work is not None
    sent = {}
    for one in segments_of(work.translation, page):
        if not one.address:
            sent[one.name] = one.words or ("" if one.path == "slug" else f"Fr {one.path}")
            sent[f"seen-{one.name}"] = one.token
    assert client.post(f"/admin/translating/pages/{page.pk}/", sent).status_code == 302
