"""Screens of reading: lists in another order, an idea with all its versions, one that is gone."""

from core.clock import database_now
from submissions.models import Idea, IdeaStatus
from tests.browser.screens import SCREENS, at, screen
from tests.browser.visits import Visit, changed

SCREENS |= {
    "ideas: filtered": at("submissions:ideas", "debate", query="?language=fr&order=most-votes"),
}


@screen("ideas: the second page")
def second_page(visit: Visit) -> None:
    visit.open("submissions:ideas", visit.place.debate.pk, query="?order=fewest-votes")
    visit.press(".pagination [rel=next]")


@screen("ideas: results hidden")
def results_hidden(visit: Visit) -> None:
    with changed(visit.place.where.consultation, hide_results_while_open=True):
        visit.open("submissions:ideas", visit.place.debate.pk)


@screen("idea: mended, translated, for an organisation, with votes that don’t count")
def every_version(visit: Visit) -> None:
    idea = visit.place.translated
    with (
        changed(idea, speaks_for="organisation", organisation="Les Amis de l’eau"),
        changed(idea.texts.get(language=idea.language), as_written="We shoud plant tres."),
        changed(idea.tally, votes=9),
    ):
        visit.open("submissions:idea", idea.pk)


@screen("idea: withdrawn by a moderator")
def withdrawn(visit: Visit) -> None:
    with changed(visit.place.idea, status=IdeaStatus.WITHDRAWN):
        visit.open("submissions:idea", visit.place.idea.pk, status=410)


@screen("idea: withdrawn by its author")
def taken_back(visit: Visit) -> None:
    row = {"status": IdeaStatus.WITHDRAWN, "withdrawn_by_author_at": database_now()}
    with changed(Idea.objects.get(pk=visit.place.idea.pk), **row):
        visit.open("submissions:idea", visit.place.idea.pk, status=410)
