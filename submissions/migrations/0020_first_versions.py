"""Contributions that were received before versions were kept: each has its first one, and a reader."""

import json
from hashlib import sha256

from django.db import migrations

AT_ONCE = 200
IDENTITY = ("respondent_type", "name", "organisation", "role", "country")


def give_versions(apps, schema_editor):
    """As ``contributions.versions`` writes them: one way of writing, one hash."""
    Contribution = apps.get_model("submissions", "Contribution")
    Version = apps.get_model("submissions", "ContributionVersion")
    Reading = apps.get_model("submissions", "Reading")
    without = Contribution.objects.filter(versions__isnull=True).order_by("pk")
    found = without.prefetch_related("answers__question", "answers__ticks")
    for contribution in found.iterator(AT_ONCE):
        content = {
            "reference": contribution.reference,
            "version": contribution.version,
            "language": contribution.language,
            "identity": {name: getattr(contribution, name) for name in IDENTITY},
            "answers": [said(answer) for answer in in_order(contribution.answers.all())],
            "files": [],
        }
        written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        Version.objects.create(
            contribution=contribution,
            number=contribution.version,
            form_key=contribution.form_key,
            language=contribution.language,
            sent_at=contribution.submitted_at,
            content=content,
            sha256=sha256(written.encode()).hexdigest(),
        )
    unread = Contribution.objects.filter(reading__isnull=True)
    Reading.objects.bulk_create(
        (Reading(contribution=contribution) for contribution in unread.iterator(AT_ONCE)),
        batch_size=AT_ONCE,
    )


def in_order(answers):
    return sorted(answers, key=lambda answer: answer.question_id)


def said(answer):
    content = {
        "questionnaire": answer.question.questionnaire_id,
        "question": answer.question_id,
        "kind": answer.question.kind,
        "version": answer.version,
        "language": answer.language,
        "may_publish": answer.may_publish,
    }
    if answer.text:
        content["text"] = answer.text
    if answer.number is not None:
        content["number"] = answer.number
    ticks = [{"choice": choice} for choice in sorted(tick.choice_id for tick in answer.ticks.all())]
    return content | ({"ticks": ticks} if ticks else {})


class Migration(migrations.Migration):
    dependencies = [("submissions", "0019_cleared_for_opening")]
    operations = [migrations.RunPython(give_versions, migrations.RunPython.noop, elidable=True)]
