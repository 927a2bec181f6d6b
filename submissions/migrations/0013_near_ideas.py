"""Texts by their trigrams, so that an idea is found that was proposed already."""

import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.expressions
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

# Lower case, without accents and marks that nobody sees, nor the words with which ideas open in
# English and French: the like words in another language count a little, and harm nothing.
FOLD = r"""
CREATE FUNCTION submissions_folded(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
SELECT regexp_replace(
    replace(
        lower(regexp_replace(
            normalize(words, NFKD),
            '[\u0300-\u036f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]', '', 'g'
        )),
        'œ', 'oe'
    ),
    '^[^a-z0-9]*(?:'
    'we\s+(?:should|must|could|have\s+to|need\s+to|ought\s+to)|there\s+should\s+be|let[’'']s'
    '|il\s+(?:faut|faudrait|faudra)|il\s+est\s+(?:necessaire|urgent|temps)'
    '|(?:nous|on)\s+(?:devons|devrions|doit|devrait)'
    ')(?:\s+(?:que|de|d|qu))?[^a-z0-9]+', ''
)
$$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("submissions", "0012_addresses_and_whose_mail"),
    ]

    operations = [
        TrigramExtension(),
        migrations.RunSQL(FOLD, "DROP FUNCTION submissions_folded(text)"),
        migrations.AddField(
            model_name="ideatext",
            name="folded",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.expressions.Func(
                    django.db.models.expressions.F("text"),
                    function="submissions_folded",
                    output_field=models.TextField(),
                ),
                output_field=models.TextField(),
            ),
        ),
        migrations.AddIndex(
            model_name="ideatext",
            index=django.contrib.postgres.indexes.GinIndex(
                fastupdate=False,
                fields=["folded"],
                name="texts_by_trigrams",
                opclasses=["gin_trgm_ops"],
            ),
        ),
        migrations.AddField(
            model_name="debate",
            name="near_from",
            field=models.PositiveSmallIntegerField(
                db_default=45,
                default=45,
                help_text=(
                    "From how many percent of likeness an author is shown the idea of somebody "
                    "else before sending their own. Equal words are 100."
                ),
                validators=[
                    django.core.validators.MinValueValidator(20),
                    django.core.validators.MaxValueValidator(100),
                ],
                verbose_name="near ideas",
            ),
        ),
    ]
