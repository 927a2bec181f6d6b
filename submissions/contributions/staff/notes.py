"""Private notes: for colleagues, and for nobody else. No export and no public page reads them."""

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from submissions.contributions.staff.audit import record
from submissions.contributions.staff.readings import begun
from submissions.models import Contribution, Note

LONGEST = 5000  # characters


class NotYours(Exception):
    """A note is changed by who wrote it, and by administrators."""


def may_change(note: Note, user: Any) -> bool:
    """Whether it is ``user``'s own, or ``user`` an administrator."""
    return bool(user.is_superuser or (note.by_id is not None and note.by_id == user.pk))


@transaction.atomic
def add(contribution: Contribution, user: User, text: str) -> Note:
    """Leave a note."""
    begun(contribution, user)
    note = Note.objects.create(contribution=contribution, by=user, text=text)
    record(contribution, "add_note", user, note=note.pk)
    return note


@transaction.atomic
def change(note: Note, user: User, text: str) -> None:
    """Say it otherwise. Raises ``NotYours``."""
    if not may_change(note, user):
        raise NotYours
    note.text = text
    note.save(update_fields=["text"])
    record(note.contribution, "change_note", user, note=note.pk)


@transaction.atomic
def remove(note: Note, user: User) -> None:
    """Take the note away, for good. Raises ``NotYours``."""
    if not may_change(note, user):
        raise NotYours
    record(note.contribution, "remove_note", user, note=note.pk)
    note.delete()
