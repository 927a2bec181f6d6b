"""A translation becomes a draft of its page, and the page of the public, from its words.

wagtail-localize's own ``save_target`` writes a draft into the row of a page that is live: it is not
used. What is made here is a revision; only publishing it changes what the public sees.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page, Revision
from wagtail_localize.models import TranslationLog

from core.models import PageTranslation, TranslationState
from core.translating.choices import Choice, choices_of, forget_gone
from core.translating.drawing import drawn
from core.translating.holding import held
from core.translating.segments import Segment, segments_of, token_of
from core.translating.states import hold, say_ready, say_reviewed, target_of

Times = Mapping[str, datetime | None]  # go_live_at, expire_at


class NotPublishable(Exception):
    """Why a translation can't be published, or be said to be ready: one sentence a reason."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(*reasons)
        self.reasons = reasons


class ChangedMeanwhile(NotPublishable):
    """Somebody answered for words that they were not shown."""


def shown_as(segments: list[Segment], choices: list[Choice]) -> str:
    """A short name of all that a reviewer is shown: the words, the links, what was chosen."""
    said = [*(one.name + one.token for one in segments), *(one.name + one.seen for one in choices)]
    return token_of(" ".join(said))


def obstacles(segments: list[Segment]) -> list[str]:
    """What keeps these texts from being ready for review."""
    own = [one for one in segments if not one.address]
    blank = sum(not one.words for one in own)
    faulty = sum(bool(one.error) for one in own)
    unread = sum(one.machine for one in own)
    said = []
    if blank:
        said.append(
            ngettext("%(n)s text is not translated.", "%(n)s texts are not translated.", blank)
            % {"n": blank}
        )
    if faulty:
        said.append(
            ngettext("%(n)s text has a fault.", "%(n)s texts have a fault.", faulty) % {"n": faulty}
        )
    if unread:
        said.append(
            ngettext(
                "%(n)s proposal of the machine is still to be reviewed.",
                "%(n)s proposals of the machine are still to be reviewed.",
                unread,
            )
            % {"n": unread}
        )
    return said


@transaction.atomic
def draft(work: PageTranslation, user: Any, times: Times | None = None) -> Revision:
    """A revision of the translated page with its words. Raises ``NotPublishable``.

    ``times``: when it goes live and comes down; None: what the page has.
    """
    source, locale = work.translation.source, work.translation.target_locale
    forget_gone(work.translation, target_of(work))
    page = drawn(work.translation)
    kept_back = held(page, source.get_source_instance(), user)
    if kept_back:
        raise NotPublishable(kept_back)
    for name, when in (times or {}).items():
        setattr(page, name, when)
    try:
        revision: Revision = page.save_revision(user=user)
    except ValidationError as error:
        raise NotPublishable(error.messages) from error
    TranslationLog.objects.create(source=source, locale=locale, revision=revision)
    return revision


@transaction.atomic
def publish(
    work: PageTranslation,
    user: Any,
    *,
    seen: str = "",
    reviewed: bool,
    times: Times | None = None,
) -> Page:
    """Put the translation before the public. ``reviewed``: ``user`` answers for its words.

    Of those that ``seen`` names (``shown_as``): raises ``ChangedMeanwhile`` where a colleague wrote
    others since. At the time of ``times`` that lies ahead, if there is one: until then nothing is
    published. Raises ``NotPublishable`` for a text that waits, and for words that nobody reviewed.
    """
    hold(work)
    target = target_of(work)
    segments = segments_of(work.translation, target)
    reasons = obstacles(segments)
    now = shown_as(segments, choices_of(work.translation, target))
    if reviewed and not reasons and seen != now:
        raise ChangedMeanwhile([_("It was changed since it was shown to you: read it again.")])
    if not reviewed and not (work.reviewed_at and work.state == TranslationState.READY):
        reasons.append(_("Say that you have reviewed it: nobody has yet."))
    if reasons:
        raise NotPublishable(reasons)
    if reviewed:
        say_reviewed(work, user)
    revision = draft(work, user, times or {"go_live_at": None})
    page: Page = revision.as_object()
    source = work.translation.source
    source.sync_view_restrictions(source.as_instance(), page)
    PublishPageRevisionAction(revision, user=user, changed=True).execute()
    if target_of(work).scheduled_revision:  # published once its time has come
        say_ready(work, user)
    return page
