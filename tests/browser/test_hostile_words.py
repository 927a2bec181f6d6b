"""Words that try to run, in a real browser: none does, and the content policy has nothing to tell.

What the browser reads by itself is seen here: broken tags, scripts in data, attributes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from submissions.debate.tallies import refresh_tallies
from submissions.models import Debate
from tests.browser.staff import account, sign_in
from tests.factories import bilingual_site, bilingual_theme, debate_block
from tests.submissions.hostile import CORPUS, cookies_of, public_pages, staff_pages, store

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

    from tests.fixtures.browser import OpenPage

# Before any script of the page: what words call, and what the policy stops.
LISTENS = """
window.canary = () => console.error("canary sings");
window.parent.canary = window.canary;
addEventListener("securitypolicyviolation", (stopped) => console.error(
    `canary stopped: ${stopped.violatedDirective} ${stopped.blockedURI} ${stopped.sample}`));
"""


def listen(context: BrowserContext) -> list[str]:
    """What is heard of the canary in this browser from now on."""
    heard: list[str] = []
    context.add_init_script(LISTENS)

    def hear(said: str, where: str) -> None:
        if "canary" in said or "Content Security Policy" in said:
            heard.append(f"{where}: {said}")

    context.on(
        "console", lambda message: hear(message.text, message.page.url if message.page else "")
    )
    context.on("request", lambda request: hear(request.url.replace("evil", "canary"), "asked for"))
    return heard


def test_the_canary_can_be_heard(open_page: OpenPage) -> None:
    """The test's own ears."""
    tab = open_page()
    heard = listen(tab.context)
    tab.goto("about:blank")
    tab.set_content(" ".join(CORPUS))
    tab.wait_for_timeout(100)
    assert len(heard) >= 3


def test_no_words_run_in_a_browser(live_server: Any, open_page: OpenPage) -> None:  # case 51
    bilingual_theme(bilingual_site(), debate_block())
    debate = Debate.objects.get()
    staff = account("root")
    halves = [
        (language, store(debate, " ".join(CORPUS[number::2]), staff, language))
        for number, language in enumerate(("en", "fr"))
    ]
    refresh_tallies()
    base = live_server.url
    desk = open_page()
    heard = listen(desk.context)
    sign_in(desk, base, staff)
    for language, one in halves:
        author = open_page(language)
        ears = listen(author.context)
        author.context.add_cookies(
            [
                {"name": name, "value": value, "url": base}
                for name, value in cookies_of(one.author).items()
            ]
        )
        for url in [f"/{language}/", *public_pages(debate, one, language)]:
            answer = author.goto(base + url)
            assert answer is not None
            assert answer.status == 200, url
            author.evaluate(
                "document.querySelectorAll('details').forEach((one) => one.open = true)"
            )
        for mail in one.mails:
            author.set_content(mail.html)
        for url in staff_pages(one):
            desk.goto(base + url)
        assert ears == []
    assert heard == []
