"""The desk of one page as its tests use it: who sits there, what it shows, what a browser sends."""

from typing import Any

from django.contrib.auth.models import Group, User
from django.test import Client
from wagtail.models import Page

from core.models import PageTranslation
from core.translating.segments import Segment, segments_of
from core.translating.states import work_of
from home.roles import translators_of

RICH = '<p>Read <a href="https://example.org/a">the report</a> &amp; <b>answer</b>.</p>'
FRENCH = 'Lisez <a id="a1">le rapport</a> & <b>répondez</b>.'


def translator(name: str = "ada", group: str = translators_of("French")) -> Client:
    user = User.objects.create_user(name, password="x" * 12)
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client


def administrator() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("root"))
    return client


def work(page: Page) -> PageTranslation:
    found = work_of(page)
    assert found is not None
    return found


def texts(page: Page) -> list[Segment]:
    return [one for one in segments_of(work(page).translation, page) if not one.address]


def form(page: Page, **by_path: str) -> dict[str, str]:
    """What a browser sends of the desk, with ``by_path`` written into it."""
    sent = {}
    for one in texts(page):
        path = one.path.split(".")[0]
        sent[one.name] = by_path.get(path, one.words)
        sent[f"seen-{one.name}"] = one.token
    return sent


def publish(client: Client, page: Page, **more: str) -> Any:
    """“I have reviewed it”, and “Publish”, on the desk as ``client`` is shown it."""
    seen = client.get(at(page)).context["seen"]
    return client.post(at(page, "publish/"), {"reviewed": "on", "seen": seen, **more})


def at(page: Page, what: str = "") -> str:
    return f"/admin/translating/pages/{page.pk}/{what}"


def described(image: Any) -> Any:
    """As the editor's block of a picture hands it on."""
    image.contextual_alt_text, image.decorative = "A poster on a wall", False
    return image


HOME = "/admin/"  # where Wagtail leads who may not
WHOLE = {"title": "À propos", "slug": "", "body": FRENCH}
