"""Extensions, the configurations that read our languages, and the index."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations, models

# PostgreSQL has no CREATE TEXT SEARCH CONFIGURATION IF NOT EXISTS.
MAKE = """
DO $$ BEGIN
  IF NOT EXISTS (
    SELECT FROM pg_ts_config WHERE cfgname = '{name}' AND pg_ts_config_is_visible(oid)
  ) THEN
    CREATE TEXT SEARCH CONFIGURATION {name} (COPY = {base});
  END IF;
END $$;
ALTER TEXT SEARCH CONFIGURATION {name}
  ALTER MAPPING FOR word, hword, hword_part WITH unaccent, {stemmer};
ALTER TEXT SEARCH CONFIGURATION {name}
  ALTER MAPPING FOR numword, numhword, hword_numpart WITH unaccent, simple;
"""
CONFIGURATIONS = [
    ("en_site", "english", "english_stem"),
    ("fr_site", "french", "french_stem"),
    ("other_site", "simple", "simple"),
]


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        *(
            migrations.RunSQL(
                MAKE.format(name=name, base=f"pg_catalog.{base}", stemmer=stemmer),
                f"DROP TEXT SEARCH CONFIGURATION IF EXISTS {name}",
            )
            for name, base, stemmer in CONFIGURATIONS
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("idea", "Idea"), ("page", "Page")], max_length=4)),
                ("key", models.BigIntegerField()),
                ("language", models.CharField(max_length=10)),
                ("title", models.TextField(blank=True)),
                ("text", models.TextField(blank=True)),
                ("vector", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["vector"], name="search_entry_words")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "key", "language"), name="one_entry_per_object_and_language"
                    )
                ],
            },
        ),
    ]
