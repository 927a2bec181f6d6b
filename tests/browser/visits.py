"""A visitor of the place, in a browser: what each screen's way is made of."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Page as Tab

from tests.browser.place import Place

LONG = "Every street could have a tree of its own, if the town asked its people where."


@dataclass
class Visit:
    """A visitor of the place, who reads one language."""

    tab: Tab
    base: str
    language: str
    place: Place

    def go(self, address: str, *, status: int = 200) -> None:
        """Open a page, which answers with ``status``."""
        answer = self.tab.goto(self.base + address)
        assert answer is not None
        assert answer.status == status, f"{address} answered {answer.status}"

    def open(self, name: str, *args: object, query: str = "", status: int = 200) -> None:
        """Open the page of a view."""
        self.go(self.url(name, *args) + query, status=status)

    def url(self, name: str, *args: object) -> str:
        """The address of a view in the visitor's language."""
        with translation.override(self.language):
            return reverse(name, args=args)

    def press(self, selector: str, *, status: int = 200) -> None:
        """Press what leads to another page, which answers with ``status``."""
        with self.tab.expect_navigation() as led:
            self.tab.locator(selector).first.click()
        assert led.value is not None
        assert led.value.status == status, f"{selector} led to {led.value.status}"

    def start(self) -> None:
        """Press “Start voting”; what comes first is the languages one reads."""
        number = self.place.debate.pk
        self.open("submissions:vote", number)
        self.press(f"form[action='{self.url('submissions:start', number)}'] button")

    def take_part(self) -> None:
        """Come to the first card, or to the end where there is none."""
        self.start()
        for box in self.tab.locator("main [name=reads]").all():
            box.check()
        self.send()

    def vote(self, choice: str = "agree") -> None:
        """Vote on the card that stands here, in place or by a page."""
        self.tab.locator(f"button[name=choice][value={choice}]").first.click()
        self.tab.locator(".vote-done").wait_for()

    def begin(self) -> None:
        """Begin a contribution; the list of its tasks comes."""
        number = self.place.questionnaire.pk
        self.open("submissions:questionnaire", number)
        self.press(f"form[action='{self.url('submissions:questionnaire', number)}'] .button-large")

    def section(self) -> None:
        """Begin a contribution and open its first section."""
        self.begin()
        self.press(".tasks a")

    def save(self, then: str = "on", *, status: int = 200) -> None:
        """Press one of the buttons below a page of a contribution."""
        self.press(f"main button[name=then][value='{then}']", status=status)

    def send(self, *, status: int = 200) -> None:
        """Send the form of the page's content."""
        self.press("main form[method=post] button[type=submit]:not([name])", status=status)


@contextmanager
def changed(row: Model, **fields: Any) -> Iterator[None]:
    """The row with other values, for as long as it takes."""
    manager = type(row)._default_manager.filter(pk=row.pk)
    before = manager.values(*fields).get()
    manager.update(**fields)
    try:
        yield
    finally:
        manager.update(**before)
