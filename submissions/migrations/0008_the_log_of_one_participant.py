import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The votes of a minute are counted from the log: one index finds them, and serves the key."""

    dependencies = [("submissions", "0007_a_guest_becomes_a_participant")]

    operations = [
        migrations.AddIndex(
            model_name="voteevent",
            index=models.Index(fields=["participant", "at"], name="vote_events_of_one"),
        ),
        migrations.AlterField(
            model_name="voteevent",
            name="participant",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="vote_events",
                to="submissions.participant",
            ),
        ),
    ]
