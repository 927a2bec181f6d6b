from django.db import migrations, models
from django.db.models import F, OuterRef, Subquery


def copy_what_is_counted(apps, _schema_editor):
    """Ideas counted before say so at once."""
    idea = apps.get_model("submissions", "Idea")
    tally = apps.get_model("submissions", "Tally")
    counted = F("agree") + F("disagree") + F("neutral")
    of_this = tally.objects.filter(idea=OuterRef("pk")).annotate(counted=counted)
    voted_on = tally.objects.annotate(counted=counted).filter(counted__gt=0)
    idea.objects.filter(pk__in=voted_on.values("idea")).update(
        votes_counted=Subquery(of_this.values("counted"))
    )


class Migration(migrations.Migration):
    # Rows are written before the indexes are made: not in one transaction with them.
    atomic = False

    dependencies = [
        ("submissions", "0009_translations_of_ideas"),
    ]

    operations = [
        migrations.AddField(
            model_name="idea",
            name="votes_counted",
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.RunPython(copy_what_is_counted, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="idea",
            index=models.Index(
                condition=models.Q(("status", "published")),
                fields=["debate", "language", "-published_at", "-id"],
                name="ideas_of_a_language_newest",
            ),
        ),
        migrations.AddIndex(
            model_name="idea",
            index=models.Index(
                condition=models.Q(("status", "published")),
                fields=["debate", "-votes_counted", "-id"],
                name="published_ideas_by_votes",
            ),
        ),
        migrations.AddIndex(
            model_name="idea",
            index=models.Index(
                condition=models.Q(("status", "published")),
                fields=["debate", "language", "-votes_counted", "-id"],
                name="ideas_of_a_language_by_votes",
            ),
        ),
    ]
