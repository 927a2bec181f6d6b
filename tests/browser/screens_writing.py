"""Screens of writing: ideas that are near to one's own, and in whose name one writes."""

from tests.browser.screens import screen
from tests.browser.visits import Visit

NEAR = {
    "en": "We should plant 3 trees in each street.",
    "fr": "Il faut planter 4 arbres dans toute rue.",
}


@screen("write: near ideas")
def near_ideas(visit: Visit) -> None:
    visit.open("submissions:write", visit.place.debate.pk)
    visit.tab.fill("main textarea", NEAR[visit.language])
    visit.send()
    visit.tab.locator("button[name=despite]").wait_for()


@screen("write: an organisation, errors")
def organisation_errors(visit: Visit) -> None:
    visit.open("submissions:write", visit.place.debate.pk)
    visit.tab.check("main [name=speaks_for][value=organisation]")
    visit.tab.fill("main [name=organisation]", "Association " * 12)
    visit.send(status=422)
    visit.tab.locator("main [name=organisation]").wait_for(state="visible")
