"""Showing a contribution to its author, publishing it, taking it back. One transaction each.

Every act of staff leaves a line in the audit log, without a word of what was sent.
"""

import logging
from typing import Any

from django.contrib.auth.models import User
from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import Max, QuerySet, Value
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from core.text_search import GLUE, WITHOUT_STEMS, configuration
from submissions.consents import PUBLICATION_WITH_NAME
from submissions.contributions.publishing import letters
from submissions.contributions.publishing.content import narrowed, published_texts
from submissions.contributions.publishing.standing import PublicationStanding, standing_of
from submissions.contributions.sent import publication_of
from submissions.contributions.versions import sha256_of
from submissions.models import (
    CampaignMember,
    Contribution,
    ContributionState,
    ContributionVersion,
    Note,
    Publication,
    PublicationState,
    TextSketch,
)
from submissions.signals import contributions_published, contributions_unpublished

logger = logging.getLogger(__name__)

PROPOSE, PUBLISH, TAKE_BACK = (
    "submissions.propose",
    "submissions.publish",
    "submissions.take_publication_back",
)
_NO_GLUE = str.maketrans(GLUE, " " * len(GLUE))


class NotNowError(Exception):
    """It can't be published or proposed: its preview runs, it is redacted, changed, or refused."""


class ChangedMeanwhileError(NotNowError):
    """It is another text than the one that was looked at."""


@transaction.atomic
def propose(contribution: Contribution, user: User) -> Publication:
    """Show its author what would be published, and write to them. Raises ``NotNowError``.

    A newer proposal takes the place of the one before; what the author said of that one becomes a
    note for colleagues.
    """
    standing = standing_of(_locked(contribution))
    if standing.content is None or not standing.redacted or standing.agreed:
        raise NotNowError
    publication = standing.proposed or Publication(contribution=contribution)
    if publication.objection:
        said = _("Of a preview before, its author wrote:")
        text = f"{said}\n\n{publication.objection}"
        Note.objects.create(contribution=contribution, text=text, by=user)
    publication.proposed_at, publication.agreed_at, publication.objection = Now(), None, ""
    _fill(publication, standing, PublicationState.PROPOSED, user)
    publication.refresh_from_db()
    letters.tell_preview(publication)
    _log(publication, PROPOSE, user)
    return publication


@transaction.atomic
def publish(
    contribution: Contribution, user: User, *, why: str = "", seen: str | None = None
) -> Publication:
    """Make the newest version public, redacted as it stands; the one before is replaced.

    ``why``: asked for where the author has not agreed to the redactions, and their days are over.
    ``seen``: the hash of what was looked at. Raises ``NotNowError``, ``ChangedMeanwhileError``.
    """
    standing = standing_of(_locked(contribution))
    if seen is not None and seen != standing.sha256:
        raise ChangedMeanwhileError
    if not standing.may_publish or (standing.needs_reason and not why.strip()):
        raise NotNowError
    if standing.live is not None:
        _replace(standing.live)
    publication = standing.proposed or Publication(contribution=contribution)
    publication.published_at = Now()
    _fill(publication, standing, PublicationState.LIVE, user)
    publication.refresh_from_db()
    _log(publication, PUBLISH, user, why=why.strip(), agreed=not standing.needs_reason)
    contributions_published.send(Publication, contribution_ids=[contribution.pk])
    letters.tell_published(publication)
    logger.info("contribution %s published, number %s", contribution.pk, publication.number)
    return publication


@transaction.atomic
def take_back(contribution: Contribution, user: User, *, why: str) -> None:
    """Let nobody read it any more; its page says that it was taken back, without a word of it."""
    locked = _locked(contribution)
    live = locked.publications.live().first()
    if live is None:
        raise NotNowError
    _empty(live)
    _log(live, TAKE_BACK, user, why=why)
    contributions_unpublished.send(Publication, contribution_ids=[contribution.pk])


@transaction.atomic
def consent_changed(contribution: Contribution) -> None:
    """Make what is public what its author agrees to now, at once. For whoever records a consent.

    Not published any more, or withdrawn: nothing is left to read. Not named any more, or an answer
    kept back: the same words, without names, without that answer. What more they agree to waits for
    staff.
    """
    locked = _locked(contribution)
    consent = publication_of(locked)
    gone = locked.state == ContributionState.WITHDRAWN
    if gone:
        CampaignMember.objects.filter(contribution=locked).delete()
        TextSketch.objects.filter(answer__contribution=locked).delete()
    if gone or consent is None:
        live = locked.publications.live().first()
        had = list(locked.publications.exclude(state=PublicationState.PROPOSED))
        locked.publications.filter(state=PublicationState.PROPOSED).delete()
        # Nobody reads what was replaced any more; its words go all the same.
        locked.publications.filter(state=PublicationState.REPLACED).update(content={})
        for publication in had if gone else [live] if live else []:
            _empty(publication)
        if live is not None:
            _log(live, TAKE_BACK, None, why="consent")
            contributions_unpublished.send(Publication, contribution_ids=[locked.pk])
    else:
        _narrow(locked, named=consent == PUBLICATION_WITH_NAME.purpose)


def _narrow(contribution: Contribution, *, named: bool) -> None:
    """Let nothing that is or was public, or was proposed, hold more than is agreed to now."""
    kept_back = set(
        contribution.answers.filter(may_publish=False).values_list("question", flat=True)
    )
    for publication in contribution.publications.exclude(content={}).defer("words"):
        less = narrowed(publication.content, named=named, kept_back=kept_back)
        if less == publication.content:
            continue
        match publication.state:
            case PublicationState.LIVE:
                _publish_less(publication, less)
            case PublicationState.PROPOSED:  # it shows what may not be shown
                publication.delete()
            case _:  # nobody reads it any more; what it says goes all the same
                Publication.objects.filter(pk=publication.pk).update(content={})


def agree(publication: Publication, *, seen: str) -> bool:
    """Its author agrees to what they were shown, whose hash is ``seen``; False: it is another."""
    return bool(_shown(publication, seen).update(agreed_at=Now(), objection=""))


def object_to(publication: Publication, words: str, *, seen: str) -> bool:
    """Its author does not agree, and says why: staff read it, and nobody else. As ``agree``."""
    return bool(_shown(publication, seen).update(agreed_at=None, objection=words))


def _shown(publication: Publication, seen: str) -> QuerySet[Publication]:
    return Publication.objects.filter(
        pk=publication.pk, state=PublicationState.PROPOSED, sha256=seen
    )


def _locked(contribution: Contribution) -> Contribution:
    """One at a time decides of a contribution."""
    rows = Contribution.objects.select_for_update(of=("self",)).select_related("consultation")
    return rows.get(pk=contribution.pk)


def _fill(
    publication: Publication,
    standing: PublicationStanding,
    state: PublicationState,
    user: User | None,
) -> None:
    assert standing.content is not None and standing.version is not None  # noqa: S101
    _write(publication, standing.content, standing.version, state, user)


def _write(
    publication: Publication,
    content: dict[str, Any],
    version: ContributionVersion,
    state: PublicationState,
    user: User | None,
) -> None:
    publication.version, publication.content, publication.by = version, content, user
    publication.sha256, publication.state = sha256_of(content), state
    publication.language = content["language"]
    publication.respondent_type, publication.country = content["type"], content["country"]
    publication.questionnaires = [part["questionnaire"] for part in content["parts"]]
    if publication._state.adding:
        last = Publication.objects.filter(contribution=publication.contribution_id)
        publication.number = (last.aggregate(last=Max("number"))["last"] or 0) + 1
    publication.save()
    words = searched(content) if state == PublicationState.LIVE else None
    Publication.objects.filter(pk=publication.pk).update(words=words)


def searched(content: dict[str, Any]) -> Any:
    """What the library finds it by: who wrote it, and its words by the stems of their language."""

    def vector(words: str, by: str, weight: str) -> SearchVector:
        return SearchVector(Value(words.translate(_NO_GLUE)), config=by, weight=weight)

    who = " ".join([content["reference"], *content["identity"].values()])
    whole: Any = vector(who, WITHOUT_STEMS, "A")
    for language, text in published_texts(content):
        whole = whole + vector(text, configuration(language), "B")
    return whole


def _replace(publication: Publication) -> None:
    Publication.objects.filter(pk=publication.pk).update(
        state=PublicationState.REPLACED, words=None
    )


def _empty(publication: Publication) -> None:
    """Taken back: its hash and dates stay, its words go."""
    Publication.objects.filter(pk=publication.pk).update(
        state=PublicationState.TAKEN_BACK,
        taken_back_at=Now(),
        content={},
        objection="",
        words=None,
        respondent_type="",
        country="",
        questionnaires=[],
    )


def _publish_less(live: Publication, content: dict[str, Any]) -> None:
    """What its author still agrees to, in a publication of its own; the one before is emptied."""
    _empty(live)
    publication = Publication(contribution_id=live.contribution_id, published_at=Now())
    _write(publication, content, live.version, PublicationState.LIVE, None)
    _log(publication, PUBLISH, None, why="consent")
    contributions_published.send(Publication, contribution_ids=[live.contribution_id])


def _log(publication: Publication, action: str, user: User | None, **told: Any) -> None:
    contribution = publication.contribution
    told |= {"number": publication.number, "sha256": publication.sha256}
    log(contribution, action, user=user, title=str(contribution), data=told)
