"""The index follows pages, ideas and contributions. It never stops what it follows: it logs.

What it could not write is made good by ``manage.py rebuild_search``; what it could not take out is
not found all the same, for a search judges by the pages and ideas themselves.
"""

import logging
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, get_page_models

from search.index import index_contributions, index_ideas, index_page, remove
from search.models import EntryKind
from submissions.models import Contribution, Idea, IdeaText
from submissions.signals import (
    contributions_published,
    contributions_unpublished,
    idea_published,
    idea_unpublished,
    ideas_imported,
)

logger = logging.getLogger(__name__)


# Saved, not published: it comes with publishing, unpublishing and a new title, and with pages that
# code creates live, for which Wagtail sends nothing else. A move changes no word.
def follow_page(instance: Page, *, raw: bool = False, **_kwargs: Any) -> None:
    """A page was saved."""
    if raw:
        return
    try:
        index_page(instance.pk)
    except Exception:  # publishing must not fail because of us
        logger.exception("Search could not follow page %s", instance.pk)


for page_model in get_page_models():  # the signal names the page's own type
    post_save.connect(follow_page, sender=page_model, dispatch_uid="search.page")


@receiver(post_delete, sender=Page, dispatch_uid="search.page")
def forget_page(instance: Page, **_kwargs: Any) -> None:
    """A page was deleted, of whatever type: its words go in the same transaction."""
    remove(EntryKind.PAGE, [instance.pk])


@receiver(post_delete, sender=Idea, dispatch_uid="search.idea")
def forget_idea(instance: Idea, **_kwargs: Any) -> None:
    """An idea was erased: its words go in the same transaction."""
    remove(EntryKind.IDEA, [instance.pk])


@receiver(idea_published, dispatch_uid="search.idea")
@receiver(idea_unpublished, dispatch_uid="search.idea")
def follow_idea(idea: Idea, **_kwargs: Any) -> None:
    """An idea may be read from now on, or no longer."""
    _follow_ideas([idea.pk])


@receiver(ideas_imported, dispatch_uid="search.ideas")
def follow_import(idea_ids: Iterable[int], **_kwargs: Any) -> None:
    """A whole import, in one statement."""
    _follow_ideas(idea_ids)


@receiver([post_save, post_delete], sender=IdeaText, dispatch_uid="search.text")
def follow_text(instance: IdeaText, *, raw: bool = False, **_kwargs: Any) -> None:
    """A translation was approved, corrected or taken away."""
    if not raw and Idea.objects.published().filter(pk=instance.idea_id).exists():
        _follow_ideas([instance.idea_id])


def _follow_ideas(idea_ids: Iterable[int]) -> None:
    try:
        with transaction.atomic():
            index_ideas(idea_ids)
    except Exception:  # nor a decision or an import
        logger.exception("Search could not follow ideas")


@receiver(contributions_published, dispatch_uid="search.contributions")
@receiver(contributions_unpublished, dispatch_uid="search.contributions.gone")
def follow_contributions(contribution_ids: Iterable[int], **_kwargs: Any) -> None:
    """Other words of them are public than before, or none."""
    try:
        with transaction.atomic():
            index_contributions(contribution_ids)
    except Exception:  # nor a publication
        logger.exception("Search could not follow contributions")


@receiver(post_delete, sender=Contribution, dispatch_uid="search.contribution")
def forget_contribution(instance: Contribution, **_kwargs: Any) -> None:
    """A contribution was deleted: its words go in the same transaction."""
    remove(EntryKind.CONTRIBUTION, [instance.pk])
