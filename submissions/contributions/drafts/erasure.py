"""Erasing drafts: with a contribution that is withdrawn, or long after anybody touched them."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import Least, Now

from submissions import mail
from submissions.contributions.files.storing import remove_when_done
from submissions.models import Attachment, Draft, DraftAuthor

# After the last of its questionnaires closed: until then the words can be copied.
KEPT_AFTER_THE_DEADLINE = timedelta(days=60)
KEPT_UNTOUCHED = timedelta(days=365)
AT_ONCE = 500  # drafts in one transaction


@transaction.atomic
def erase_draft(draft: Draft) -> None:
    """Delete its words, authors, links, files and the mail that waits for them."""
    mail.forget_draft(draft.pk)
    files = Attachment.objects.filter(draft=draft)
    keys = list(files.values_list("key", flat=True))
    files.delete()
    remove_when_done(keys)
    draft.delete()


def forget_old_drafts() -> int:
    """Erase drafts that were never sent, long after their deadline or their last change; how many.

    Whoever sends one at this moment is waited for, and keeps it.
    """
    with transaction.atomic():
        unsent = Draft.objects.filter(contribution__isnull=True)
        old = _old(unsent).values_list("pk", flat=True)[:AT_ONCE]
        held = Draft.objects.select_for_update(skip_locked=True)
        drafts = list(held.filter(pk__in=list(old), contribution__isnull=True))
        for draft in drafts:
            erase_draft(draft)
    return len(drafts)


def forget_co_authors() -> int:
    """Forget names and addresses of who wrote along, long after nothing more can be sent; how many.

    Their browsers still show what was sent. Its owner's address stays, to withdraw it with.
    """
    sent = _old(Draft.objects.filter(contribution__isnull=False)).values_list("pk", flat=True)
    known = DraftAuthor.objects.filter(draft__in=list(sent), owner=False).exclude(name="", email="")
    return known.update(name="", email="", mailbox="", token_hash=None)


def forget_links() -> None:
    """Of links whose time is over not even the hash stays."""
    over = DraftAuthor.objects.filter(link_expires_at__lt=Now(), token_hash__isnull=False)
    over.update(token_hash=None)


def _old(drafts: QuerySet[Draft]) -> QuerySet[Draft]:
    """By the database's clock. A draft of which a questionnaire never closes is kept for a year."""
    closing = Least("questionnaires__closes_at", "questionnaires__consultation__closes_at")
    known = drafts.annotate(
        closed_at=Max(closing),
        endless=Count(
            "questionnaires",
            filter=Q(
                questionnaires__closes_at__isnull=True,
                questionnaires__consultation__closes_at__isnull=True,
            ),
        ),
    )
    over = Q(closed_at__lt=Now() - KEPT_AFTER_THE_DEADLINE, endless=0)
    return known.filter(over | Q(changed_at__lt=Now() - KEPT_UNTOUCHED))
