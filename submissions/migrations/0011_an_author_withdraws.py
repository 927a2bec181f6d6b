from django.db import migrations, models

OUTCOMES = [
    ("waiting", "Waiting"),
    ("sent", "Handed to the mail"),
    ("stopped", "Not sent: the decision was undone"),
    ("needless", "Not sent: the author has withdrawn the idea"),
    ("no_address", "Not sent: no address is known"),
]


class Migration(migrations.Migration):
    """An author takes an idea back: no decision of a moderator's, so it stands with the idea."""

    dependencies = [("submissions", "0010_ideas_in_order_of_votes")]

    operations = [
        migrations.AddField(
            model_name="idea",
            name="withdrawn_by_author_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name="idea",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_by_author_at", None), ("status", "withdrawn"), _connector="OR"
                ),
                name="what_its_author_withdrew_stays_so",
            ),
        ),
        migrations.AlterField(
            model_name="notice",
            name="outcome",
            field=models.CharField(choices=OUTCOMES, default="waiting", max_length=10),
        ),
    ]
