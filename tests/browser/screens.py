"""Every screen that a visitor can meet, in each state that looks different, and the way to it.

``SCREENS`` is what the tests of accessibility and of HTML walk through: each starts without a
cookie and leaves the tab on the screen. None depends on another, nor on JavaScript.
"""

from collections.abc import Callable
from datetime import timedelta
from unittest.mock import patch

from core.clock import database_now
from home.styleguide.pages import PAGES
from search.results import SearchTooSlow
from submissions.debate.lottery import pools
from submissions.models import Idea
from tests.browser.visits import LONG, Visit, changed

Way = Callable[[Visit], None]
SCREENS: dict[str, Way] = {}


def screen(name: str) -> Callable[[Way], Way]:
    """Name the way to a screen."""

    def keep(way: Way) -> Way:
        SCREENS[name] = way
        return way

    return keep


def at(name: str, *rows: str, query: str = "", status: int = 200) -> Way:
    """The page of a view; ``rows`` are attributes of the place."""
    return lambda visit: visit.open(
        name, *(getattr(visit.place, row).pk for row in rows), query=query, status=status
    )


def page(name: str) -> Way:
    """One of the place's pages."""
    return lambda visit: visit.go(visit.place.pages[name][visit.language])


def sample(name: str) -> Way:
    """A page of the style guide."""
    return lambda visit: visit.open("styleguide:alone", name)


def trouble(address: str, status: int) -> Way:
    """A page for trouble."""
    return lambda visit: visit.go(f"/{visit.language}/trouble/{address}/", status=status)


SCREENS |= {
    "home": lambda visit: visit.go(f"/{visit.language}/"),
    "themes": lambda visit: visit.go(f"/{visit.language}/themes/"),
    "theme": page("theme"),
    "theme: upcoming": page("upcoming"),
    "theme: closed": page("closed"),
    "theme: nothing to answer": page("bare"),
    "text, with every block": page("text"),
    "legal page": page("legal"),
    "site map": page("site map"),
    "ideas": at("submissions:ideas", "debate"),
    "ideas: none": lambda visit: visit.open("submissions:ideas", visit.place.upcoming[0].pk),
    "ideas: closed": lambda visit: visit.open("submissions:ideas", visit.place.closed[0].pk),
    "idea": at("submissions:idea", "idea"),
    "idea: translated, with votes": at("submissions:idea", "translated"),
    "idea: closed": at("submissions:idea", "closed_idea"),
    "vote: before": at("submissions:vote", "debate"),
    "vote: closed": lambda visit: visit.open("submissions:vote", visit.place.closed[0].pk),
    "vote: upcoming": lambda visit: visit.open("submissions:vote", visit.place.upcoming[0].pk),
    "write": at("submissions:write", "debate"),
    "written: without a number": at("submissions:written", "debate"),
    "moderation register": at("submissions:register"),
    "my participation: nothing": at("submissions:participation"),
    "search": at("search"),
    "search: results": at("search", query="?q=tree"),
    "search: no results": at("search", query="?q=zzzzzz"),
    "search: error": at("search", query=f"?q={'x' * 201}", status=422),
    "not found": lambda visit: visit.go(f"/{visit.language}/nowhere/", status=404),
    "bad request": trouble("400", 400),
    "forbidden": trouble("403", 403),
    "a form from elsewhere": trouble("csrf", 403),
    "wrong way": trouble("405", 405),
    "too large": trouble("413", 413),
    "locked out": trouble("429", 429),
    "fault": trouble("500", 500),
    "outage": trouble("503", 503),
    "style guide": at("styleguide:guide"),
    **{f"style guide: {name}": sample(name) for name in PAGES},
}


@screen("choose a language")
def choose_language(visit: Visit) -> None:
    root = f"{visit.base}/"
    visit.tab.route(root, lambda asked: asked.continue_(headers={"accept-language": "de"}))
    visit.go("/")
    visit.tab.unroute(root)
    assert visit.tab.url == root


@screen("theme: upcoming consultation")
def upcoming_consultation(visit: Visit) -> None:
    later = database_now() + timedelta(days=2)
    with changed(visit.place.where.consultation, opens_at=later):
        page("theme")(visit)


@screen("theme: closed consultation")
def closed_consultation(visit: Visit) -> None:
    with changed(visit.place.where.consultation, closes_at=database_now()):
        page("theme")(visit)


@screen("home: demonstration, results hidden")
def demonstration(visit: Visit) -> None:
    rules = {"demonstration": True, "hide_results_while_open": True}
    with changed(visit.place.where.consultation, **rules):
        visit.go(f"/{visit.language}/")


@screen("theme: results hidden")
def results_hidden(visit: Visit) -> None:
    with changed(visit.place.where.consultation, hide_results_while_open=True):
        page("theme")(visit)


@screen("vote: languages")
def languages(visit: Visit) -> None:
    visit.start()
    visit.tab.locator("main [name=reads]").first.wait_for()


@screen("vote: languages, none")
def no_language(visit: Visit) -> None:
    visit.start()
    for box in visit.tab.locator("main [name=reads]").all():
        box.uncheck()
    visit.send(status=422)


@screen("vote: a card")
def card(visit: Visit) -> None:
    visit.take_part()
    visit.tab.locator("button[name=choice]").first.wait_for()


@screen("vote: said")
def voted(visit: Visit) -> None:
    visit.take_part()
    visit.vote()


@screen("vote: no choice")
def no_choice(visit: Visit) -> None:
    visit.take_part()
    visit.tab.evaluate("document.querySelector('[name=choice]').form.submit()")
    visit.tab.locator(".vote-card [role=alert]").wait_for()


@screen("vote: qualified")
def qualified(visit: Visit) -> None:
    voted(visit)
    visit.tab.locator("button[name=add]").first.click()
    visit.tab.locator("button[name=remove]").wait_for()


@screen("vote: an idea of one’s own?")
def invitation(visit: Visit) -> None:
    with changed(visit.place.debate, invitation_every=1):
        voted(visit)
        visit.open("submissions:vote", visit.place.debate.pk)
        visit.tab.locator(".vote-invitation").wait_for()


@screen("vote: pause")
def pause(visit: Visit) -> None:
    with changed(visit.place.debate, sequence_length=1):
        visit.take_part()
        visit.vote("neutral")
        visit.open("submissions:vote", visit.place.debate.pk)


@screen("vote: the end")
def end(visit: Visit) -> None:
    debate, other = visit.place.debate, visit.place.closed[0]
    here = list(Idea.objects.filter(debate=debate).values_list("pk", flat=True))
    Idea.objects.filter(pk__in=here).update(debate=other)
    pools.forget()
    try:
        visit.take_part()
        visit.tab.locator(".confirmation").wait_for()
    finally:
        Idea.objects.filter(pk__in=here).update(debate=debate)
        pools.forget()


@screen("idea: as a participant")
def idea_as_participant(visit: Visit) -> None:
    visit.take_part()
    visit.open("submissions:idea", visit.place.translated.pk)


@screen("idea: voted on")
def idea_voted_on(visit: Visit) -> None:
    idea_as_participant(visit)
    visit.vote("disagree")


@screen("write: errors")
def write_errors(visit: Visit) -> None:
    visit.open("submissions:write", visit.place.debate.pk)
    visit.tab.fill("main textarea", "No.")
    visit.send(status=422)


@screen("written")
def written(visit: Visit) -> None:
    visit.open("submissions:write", visit.place.debate.pk)
    visit.tab.fill("main textarea", f"{LONG} {Idea.objects.count()}")
    visit.send()


@screen("write: closed meanwhile")
def write_closed(visit: Visit) -> None:
    visit.open("submissions:write", visit.place.debate.pk)
    visit.tab.fill("main textarea", LONG)
    with changed(visit.place.debate, closes_at=database_now()):
        visit.send(status=409)


@screen("my participation")
def participation(visit: Visit) -> None:
    visit.take_part()
    visit.vote()
    visit.open("submissions:participation")


@screen("search: too slow")
def search_too_slow(visit: Visit) -> None:
    with patch("search.views.found", side_effect=SearchTooSlow):
        visit.open("search", query="?q=tree", status=503)


from tests.browser import (  # noqa: E402 - each names screens of its own
    screens_addresses,  # noqa: F401
    screens_editors,  # noqa: F401
    screens_files,  # noqa: F401
    screens_filling,  # noqa: F401
    screens_library,  # noqa: F401
    screens_limits,  # noqa: F401
    screens_participation,  # noqa: F401
    screens_reading,  # noqa: F401
    screens_sending,  # noqa: F401
    screens_translating,  # noqa: F401
    screens_writing,  # noqa: F401
)
