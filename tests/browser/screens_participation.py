"""Screens of one's own participation: ideas in every state, votes, and the pages that ask twice."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.models import User
from django.db.models.functions import Now

from submissions.debate.own_votes import VOTES_A_PAGE
from submissions.models import DecisionKind, Idea, IdeaStatus, Notice, Participant, RefusalReason
from submissions.moderation import appeals
from submissions.moderation.services import decide
from submissions.moderation.withdrawals import withdraw
from tests.browser.screens import SCREENS, at, screen
from tests.browser.visits import Visit, changed
from tests.factories import idea

SCREENS |= {
    "my participation: erased": at("submissions:participation", query="?erased=1"),
    "my votes: none": at("submissions:own_votes"),
}


def me(visit: Visit) -> Participant:
    """The visitor, who takes part from now on."""
    visit.take_part()
    return Participant.objects.latest("created_at")


def refused(visit: Visit, author: Participant, words: str) -> Idea:
    """An idea that was refused, as its author was told."""
    one = idea(visit.place.debate, words, status=IdeaStatus.AWAITING, author=author)
    ada, _made = User.objects.get_or_create(username="ada")
    decide(one, DecisionKind.REFUSE, ada, RefusalReason.SEVERAL_IDEAS)
    Notice.objects.filter(decision__idea=one).update(outcome="no_address", settled_at=Now())
    return one


@contextmanager
def one_published(visit: Visit, author: Participant) -> Iterator[Idea]:
    """An idea of the place's is ``author``'s, for as long as it takes."""
    with changed(visit.place.idea, author=author.pk):
        yield visit.place.idea


@screen("my participation: ideas in every state")
def every_state(visit: Visit) -> None:
    who = me(visit)
    refused(visit, who, "We should buy more. We should also sell more.")
    waits = refused(visit, who, "Il faut tout changer, et les écoles aussi.")
    appeals.appeal(waits, who, "Les deux se tiennent.\nRelisez-la.", "fr")
    answered = refused(visit, who, "We should stop here, and there.")
    appeals.appeal(answered, who, "", "en")
    grace, _made = User.objects.get_or_create(username="grace")
    upheld = appeals.answer(answered, DecisionKind.UPHOLD, grace, "No.")
    Notice.objects.filter(decision=upheld).update(outcome="no_address", settled_at=Now())
    for status in (IdeaStatus.UNCONFIRMED, IdeaStatus.AWAITING):
        idea(visit.place.debate, status=status, author=who)
    withdraw(idea(visit.place.debate, status=IdeaStatus.AWAITING, author=who), who)
    with one_published(visit, who):
        visit.open("submissions:participation")


@screen("my participation: no language read")
def no_language(visit: Visit) -> None:
    visit.take_part()
    visit.open("submissions:participation")
    for box in visit.tab.locator("main [name=reads]").all():
        box.uncheck()
    visit.send(status=422)


@screen("my votes")
def my_votes(visit: Visit) -> None:
    who = me(visit)
    choices = [("agree", ["favourite", "obvious"]), ("disagree", []), ("neutral", ["no_opinion"])]
    of = [visit.place.translated, visit.place.closed_idea, visit.place.idea]
    for one, (choice, added) in zip(of, choices, strict=True):
        one.votes.create(participant=who, choice=choice, qualifications=added, read_in="en")
    with changed(visit.place.idea, status=IdeaStatus.WITHDRAWN):
        visit.open("submissions:own_votes")


@screen("my votes: older ones")
def older_votes(visit: Visit) -> None:
    who = me(visit)
    for one in visit.place.debate.ideas.filter(status=IdeaStatus.PUBLISHED)[: VOTES_A_PAGE + 1]:
        one.votes.create(participant=who, choice="agree", read_in="en")
    visit.open("submissions:own_votes")
    visit.press(".pagination [rel=next]")


@screen("my votes: one undone")
def undone(visit: Visit) -> None:
    my_votes(visit)
    visit.press("form[action*='/undo/'] button, form[action*='/annuler/'] button")


@screen("my votes: one that could not be undone")
def not_undone(visit: Visit) -> None:
    my_votes(visit)
    with changed(visit.place.debate, retired_at=Now()):
        visit.press("form[action*='/undo/'] button, form[action*='/annuler/'] button")


@screen("appeal")
def appeal(visit: Visit) -> None:
    one = refused(visit, me(visit), "We should buy more. We should also sell more.")
    visit.open("submissions:appeal", one.pk)


@screen("appeal: too long")
def appeal_too_long(visit: Visit) -> None:
    appeal(visit)
    visit.tab.fill("main textarea", "No. " * 300)
    visit.send(status=422)


@screen("withdraw an idea")
def withdraw_one(visit: Visit) -> None:
    with one_published(visit, me(visit)) as one:
        visit.open("submissions:withdraw", one.pk)


@screen("erase: nothing sent yet")
def erase_nothing(visit: Visit) -> None:
    visit.take_part()
    visit.open("submissions:erase")


@screen("erase")
def erase(visit: Visit) -> None:
    who = me(visit)
    idea(visit.place.debate, status=IdeaStatus.UNCONFIRMED, author=who)
    visit.place.translated.votes.create(participant=who, choice="agree", read_in="en")
    with one_published(visit, who):
        visit.open("submissions:erase")
