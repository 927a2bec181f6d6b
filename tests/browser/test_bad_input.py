"""Words as bad as they come: the page stays whole, at every width, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import translation

from submissions.models import Draft, IdeaStatus
from tests.browser.bad_input import WORD, WORST, make_bad_place
from tests.browser.layout import layout_faults
from tests.browser.staff import account, sign_in
from tests.factories import idea
from tests.submissions.conftest import address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page as Tab

    from tests.browser.bad_input import BadPlace
    from tests.fixtures.browser import OpenPage

WIDTHS = (320, 1280)
DESK = {"width": 1280, "height": 900}

# Every text outside the ideas must run from left to right: its first letter before its last.
TURNED = """() => {
    const found = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const text = texts.currentNode;
        const words = text.data.trim();
        const foreign = "[dir=auto], bdi, input, textarea, script, style, .visually-hidden";
        if (words.length < 3 || text.parentElement.closest(foreign)) continue;
        const start = text.data.indexOf(words);
        const at = (index) => {
            const range = document.createRange();
            range.setStart(text, index);
            range.setEnd(text, index + 1);
            return range.getBoundingClientRect();
        };
        const [first, next] = [at(start), at(start + 1)];
        if (first.top === next.top && next.left < first.left) found.push(words.slice(0, 60));
    }
    return found;
}"""


@pytest.fixture
def bad(live_server: Any) -> BadPlace:
    return make_bad_place()


def addresses(bad: BadPlace, language: str) -> Iterator[str]:
    """Every public page on which somebody's words stand."""
    debate = bad.debate.pk
    yield f"/{language}/"
    yield bad.theme[language].get_parent().url
    yield bad.theme[language].url
    yield bad.empty[language].url
    yield address("ideas", debate, language=language)
    yield address("write", debate, language=language)
    yield address("questionnaire", bad.questionnaire.pk, language=language)
    with translation.override(language):
        search = reverse("search")
    yield f"{search}?q=Common"
    yield f"{search}?q=should"
    yield f"{search}?q={WORD * 8}"
    yield f"{search}?q=We+%E2%80%AEshould"
    yield address("participation", language=language)
    for made in bad.ideas.values():
        yield address("idea", made.pk, language=language)
        yield address("vote", debate, language=language) + f"?idea={made.pk}"


@pytest.mark.parametrize("language", [pytest.param("en", marks=pytest.mark.more), "fr"])
def test_no_word_leaves_its_box_or_turns_its_neighbours(
    live_server: Any, open_page: OpenPage, bad: BadPlace, language: str
) -> None:
    tab = open_page(language)
    tab.goto(live_server.url + address("vote", bad.debate.pk, language=language))
    tab.locator("main form button").first.press("Enter")
    tab.locator("[name=reads]").first.wait_for()
    tab.goto(live_server.url + address("questionnaire", bad.questionnaire.pk, language=language))
    tab.locator("main form .button-large").press("Enter")
    tab.locator(".tasks").first.wait_for()
    draft = Draft.objects.get().pk
    written = (
        address("draft", draft, language=language),
        address("draft_themes", draft, language=language),
        address("draft_section", draft, bad.questionnaire.pk, 0, language=language),
        address("draft_about", draft, language=language),
    )
    found = []
    for path in (*addresses(bad, language), *written):
        answer = tab.goto(live_server.url + path)
        assert answer is not None
        assert answer.ok, path
        found += [f"{path}: turned round: {words}" for words in tab.evaluate(TURNED)]
        for width in WIDTHS:
            tab.set_viewport_size({"width": width, "height": 800})
            found += [f"{path} at {width}: {fault}" for fault in layout_faults(tab)]
    assert not found, "\n".join(found)


def picture_around(tab: Tab) -> list[bytes]:
    """What stands above and below the words of an idea, as drawn."""
    words = tab.locator(".idea-text").first.bounding_box()
    assert words is not None
    size = tab.viewport_size
    assert size is not None
    foot = words["y"] + words["height"]
    width = size["width"]
    above = tab.screenshot(clip={"x": 0, "y": 0, "width": width, "height": words["y"] - 8})
    below = tab.screenshot(clip={"x": 0, "y": foot + 8, "width": width, "height": 120})
    return [above, below]


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.more)])
def test_stacked_accents_stay_in_their_own_words(
    live_server: Any, open_page: OpenPage, bad: BadPlace, scheme: str
) -> None:
    tab = open_page(color_scheme=scheme, viewport={"width": 360, "height": 1600})
    made = bad.ideas["stacked accents"]
    tab.goto(live_server.url + address("idea", made.pk))
    drawn = picture_around(tab)
    tab.locator(".idea-text").first.evaluate("(node) => { node.textContent = 'Zalgo'; }")
    assert drawn == picture_around(tab)


def test_the_moderators_queue_stays_whole(
    live_server: Any, open_page: OpenPage, bad: BadPlace
) -> None:
    waiting = [idea(bad.debate, text, status=IdeaStatus.AWAITING) for text in WORST.values()]
    tab = open_page(viewport=DESK)
    sign_in(tab, live_server.url, account("mod"))
    for path in ("", *(f"{made.pk}/" for made in waiting)):
        answer = tab.goto(f"{live_server.url}/admin/moderation/{path}")
        assert answer is not None
        assert answer.ok, path
        assert not tab.evaluate(TURNED), path
        parts = tab.locator("main table, main [dir=auto]")
        widest = parts.evaluate_all(
            "all => Math.max(...all.map(e => e.getBoundingClientRect().right))"
        )
        assert widest <= DESK["width"], f"{path} reaches to {widest}"
        assert not [fault for fault in layout_faults(tab) if "first line" in fault], path
