"""A wording of the interface holds all its plurals, and is never deleted."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0003_work_on_translations_that_are_there")]

    operations = [
        migrations.RemoveConstraint("interfacewording", "one_interface_wording"),
        migrations.RemoveField("interfacewording", "form"),
        migrations.RemoveField("interfacewording", "words"),
        migrations.AddField(
            "interfacewording",
            "words",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), default=list, size=None, verbose_name="words"
            ),
        ),
        migrations.AddConstraint(
            "interfacewording",
            models.UniqueConstraint(
                fields=("language", "context", "message"), name="one_interface_wording"
            ),
        ),
    ]
