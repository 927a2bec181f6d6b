"""What members of staff do in the admin, as a browser does it."""

import re
from typing import Any

from django.contrib.auth.models import Group, User
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

PASSWORD = "a-password-for-tests"


def account(username: str, *groups: str) -> User:
    """A member of staff in these groups; without groups, an administrator."""
    user = User.objects.create_user(username, f"{username}@example.org", PASSWORD)
    user.is_superuser = not groups
    user.save()
    user.groups.set(Group.objects.filter(name__in=groups))
    assert user.groups.count() == len(groups)
    return user


def sign_in(tab: Tab, base: str, user: User) -> None:
    """Through the login page."""
    tab.goto(f"{base}/admin/login/")
    tab.locator("[name=username]").fill(user.username)
    tab.locator("[name=password]").fill(PASSWORD)
    tab.get_by_role("button", name="Sign in").click()
    expect(tab).to_have_url(f"{base}/admin/")


def press(tab: Tab, key: str) -> None:
    """Press a key of the page that has come, once its script is there to hear it."""
    tab.wait_for_load_state()
    tab.keyboard.press(key)


def publish(tab: Tab) -> None:
    """The editor's “Publish”, among the actions at its foot."""
    tab.get_by_role("button", name="More actions").last.click()
    tab.get_by_role("button", name=re.compile("^Publish")).last.click()
    expect(tab.locator(".messages li").first).to_be_visible()


def texts(tab: Tab, selector: str) -> list[str]:
    """The words of every element that matches."""
    found: list[Any] = tab.locator(selector).all_inner_texts()
    return found
