"""Changes of a coding scheme: one transaction and one line of the audit log each.

Each locks the scheme's consultation first, so that two who edit it wait for each other.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from wagtail.log_actions import log

from core.clock import database_now
from submissions.models import Code, CodedContribution, CodeLabel, Consultation, Passage


@dataclass(frozen=True)
class Words:
    """A code in one language."""

    name: str
    definition: str = ""


Labels = Mapping[str, Words]  # by language


class SchemeRefused(Exception):
    """The scheme can't become that; ``code`` says why."""

    def __init__(self, code: str, name: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.name = name


@transaction.atomic
def add(consultation: Consultation, labels: Labels, parent: Code | None, user: User) -> Code:
    """A further code, the last of its level. Raises ``SchemeRefused``."""
    lock(consultation)
    code = place_new(consultation, labels, parent)
    _record(code, "add_code", user)
    return code


@transaction.atomic
def change(code: Code, labels: Labels, parent: Code | None, user: User) -> None:
    """Other words, or another place above it. Raises ``SchemeRefused``."""
    lock(code.consultation)
    put(code, labels, parent)
    _record(code, "change_code", user)


@transaction.atomic
def move(code: Code, by: int, user: User) -> None:
    """One place up (``by`` -1) or down (1) among those of its level; at the end it stays."""
    lock(code.consultation)
    level = list(
        Code.objects.filter(consultation=code.consultation_id, parent=code.parent_id).order_by(
            "position", "pk"
        )
    )
    here = next(place for place, one in enumerate(level) if one.pk == code.pk)
    there = here + by
    if not 0 <= there < len(level):
        return
    level[here], level[there] = level[there], level[here]
    for position, one in enumerate(level):
        one.position = position
    Code.objects.bulk_update(level, ["position"])
    _record(code, "move_code", user)


@transaction.atomic
def retire(code: Code, user: User) -> None:
    """It is given no more; where it was given, it stays. So do those below it."""
    lock(code.consultation)
    below = Code.objects.filter(parent=code, retired_at__isnull=True)
    now = database_now()
    below.update(retired_at=now)
    code.retired_at = now
    code.save(update_fields=["retired_at"])
    _record(code, "retire_code", user)


@transaction.atomic
def take_up(code: Code, user: User) -> None:
    """A retired code is given again; the one above it too."""
    lock(code.consultation)
    Code.objects.filter(pk__in=[code.pk, code.parent_id]).update(retired_at=None)
    code.retired_at = None
    _record(code, "take_up_code", user)


@transaction.atomic
def merge(code: Code, into: Code, user: User) -> None:
    """Whatever bears ``code`` bears ``into`` instead, and ``code`` is gone; so stand those below.

    Raises ``SchemeRefused``: into itself, into another scheme's, or with codes below into a code
    that stands below another.
    """
    lock(code.consultation)
    if code.pk == into.pk or code.consultation_id != into.consultation_id:
        raise SchemeRefused("same")
    children = Code.objects.filter(parent=code)
    if into.parent_id is not None and children.exists():
        raise SchemeRefused("too_deep")
    held = CodedContribution.objects.filter(code=into).values("contribution")
    CodedContribution.objects.filter(code=code).exclude(contribution__in=held).update(code=into)
    CodedContribution.objects.filter(code=code).delete()
    into.passages.add(*Passage.objects.filter(codes=code))
    children.update(parent=into)
    _record(code, "merge_code", user, into=into.name_in())
    code.delete()


def lock(consultation: Consultation) -> None:
    """Until the transaction ends nobody else changes its scheme."""
    Consultation.objects.select_for_update(no_key=True).get(pk=consultation.pk)


def place_new(consultation: Consultation, labels: Labels, parent: Code | None) -> Code:
    """A code at the end of its level, without a line in the log: the scheme is locked."""
    level = Code.objects.filter(consultation=consultation, parent=parent)
    last = level.aggregate(last=Max("position"))["last"]
    code = Code(consultation=consultation, parent=parent, position=0 if last is None else last + 1)
    put(code, labels, parent)
    return code


def put(code: Code, labels: Labels, parent: Code | None) -> None:
    """Save its words and what it stands below, if the scheme allows it: the scheme is locked."""
    _check_level(code, parent)
    _check_names(code, labels)
    code.parent = parent
    code.save()
    for language, words in labels.items():
        CodeLabel.objects.update_or_create(
            code=code,
            language=language,
            defaults={"name": words.name, "definition": words.definition},
        )
    code.labels.exclude(language__in=labels).delete()
    code.refresh_from_db()  # what was prefetched of its words is forgotten


def _check_level(code: Code, parent: Code | None) -> None:
    if parent is None:
        return
    if parent.consultation_id != code.consultation_id or parent.pk == code.pk:
        raise SchemeRefused("same")
    if parent.parent_id is not None or (code.pk and Code.objects.filter(parent=code).exists()):
        raise SchemeRefused("too_deep")


def _check_names(code: Code, labels: Labels) -> None:
    """A name means one code, in its language and whatever its letters' case."""
    for language, words in labels.items():
        taken = CodeLabel.objects.filter(
            code__consultation=code.consultation_id, language=language, name__iexact=words.name
        )
        if taken.exclude(code=code.pk).exists():
            raise SchemeRefused("name_taken", words.name)


def _record(code: Code, act: str, user: User, **data: str) -> None:
    log(code, f"submissions.{act}", user=user, title=code.name_in(), data=data)
