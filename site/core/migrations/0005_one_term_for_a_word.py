"""A word of one language is in the glossary once."""

import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0004_all_forms_of_a_wording")]

    operations = [
        migrations.AddConstraint(
            model_name="termwording",
            constraint=models.UniqueConstraint(
                models.F("language"),
                django.db.models.functions.text.Lower("words"),
                name="one_term_for_a_word",
            ),
        ),
    ]
