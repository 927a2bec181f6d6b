"""A page on its way into another language, as those who send, translate and publish it work."""

from collections.abc import Mapping

from playwright.sync_api import Page as Tab
from playwright.sync_api import expect
from wagtail.models import Page

from core.translating.segments import segments_of
from core.translating.states import work_of

PATIENCE = 30_000  # milliseconds: a busy machine draws pictures while it is asked
Place = tuple[str, str]  # where a text stands, and what the original says there


def words_of(page: Page) -> dict[Place, str]:
    """What the translation of ``page`` says at each place, as its desk shows it."""
    work = work_of(page)
    assert work is not None
    return {(one.path, one.source): one.words for one in segments_of(work.translation, page)}


def send(tab: Tab, base: str, page: Page, language: str) -> None:
    """“Translate this page”: into the language of that name."""
    tab.goto(f"{base}/admin/localize/submit/page/{page.pk}/")
    tab.get_by_label(language).check()
    tab.get_by_role("button", name="Submit").click()
    expect(tab.locator("[data-translating]")).to_be_attached(timeout=PATIENCE)


def type_words(tab: Tab, base: str, page: Page, words: Mapping[Place, str]) -> int:
    """Every text of the page written into its field, saved, and said to be ready; how many."""
    tab.goto(f"{base}/admin/translating/pages/{page.pk}/")
    names = {}
    work = work_of(page)
    assert work is not None
    for one in segments_of(work.translation, page):
        names[one.name] = words[one.path, one.source]
    for name, said in names.items():
        tab.locator(f"textarea[name={name}]").fill(said)
    tab.locator(".translating-save button[type=submit]").click()
    expect(tab.locator(".messages .success")).to_be_visible(timeout=PATIENCE)
    expect(tab.locator(".error-message")).to_have_count(0)
    tab.locator("[formaction$='/ready/']").click()
    expect(tab.locator("[formaction$='/ready/']")).to_have_count(0, timeout=PATIENCE)
    return len(names)


def review_and_publish(tab: Tab, base: str, page: Page) -> None:
    """As a publisher: “I have reviewed it”, “Publish”."""
    tab.goto(f"{base}/admin/translating/pages/{page.pk}/")
    tab.locator("[name=reviewed]").check()
    tab.locator("[formaction$='/publish/']").click()
    expect(tab.locator(".messages .success")).to_be_visible(timeout=PATIENCE)


def said_to_the_public(tab: Tab, address: str) -> list[str]:
    """The lines of the page that anybody reads at ``address``."""
    answer = tab.goto(address)
    assert answer is not None
    assert answer.status == 200
    return [line.strip() for line in tab.locator("main").inner_text().splitlines() if line.strip()]
