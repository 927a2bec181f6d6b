"""A reader's report of a bad translation."""

import uuid

from django.db import IntegrityError, transaction

from submissions.models import IdeaText, Participant, TranslationReport


def report(
    text: IdeaText,
    participant: Participant | None,
    *,
    comment: str,
    language: str,
    form_key: uuid.UUID,
) -> TranslationReport:
    """Keep what a reader of ``language`` finds wrong with ``text``, for a translator to look at.

    One open report a participant: another one replaces its words. Who takes no part may report
    too. What one form sends twice is one report.
    """
    # Drawn with the form, which a shared cache may give to many: the words make the difference.
    key = uuid.uuid5(form_key, f"{text.pk} {comment}")
    said = {"comment": comment, "language": language, "form_key": key}
    try:
        with transaction.atomic():
            return TranslationReport.objects.create(text=text, participant=participant, **said)
    except IntegrityError:
        earlier = TranslationReport.objects.filter(form_key=key).first()
        if earlier is not None:
            return earlier
    if participant is None or not Participant.objects.filter(pk=participant.pk).exists():
        # Erased at this moment: the report is nobody's.
        return TranslationReport.objects.create(text=text, **said)
    own, _created = TranslationReport.objects.update_or_create(
        text=text,
        participant=participant,
        settled_at=None,
        defaults={"comment": comment, "language": language} if comment else {},
        create_defaults=said,
    )
    return own
