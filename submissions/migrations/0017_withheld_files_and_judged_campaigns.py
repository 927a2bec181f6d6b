import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('submissions', '0016_contributions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TextSketch',
            fields=[
                ('answer', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='sketch', serialize=False, to='submissions.answer')),
                ('of', models.CharField(max_length=32)),
                ('hashes', models.BinaryField()),
            ],
            options={
                'verbose_name': 'sketch of a text',
                'verbose_name_plural': 'sketches of texts',
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='campaignmember',
            name='judgement',
            field=models.CharField(choices=[('found', 'Found, not judged'), ('of_it', 'The same text'), ('not_of_it', 'Not of this campaign')], db_default='found', default='found', max_length=9),
        ),
        migrations.AddField(
            model_name='publication',
            name='country',
            field=models.CharField(default='', max_length=2),
        ),
        migrations.AddField(
            model_name='publication',
            name='questionnaires',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None),
        ),
        migrations.AddField(
            model_name='publication',
            name='respondent_type',
            field=models.CharField(choices=[('academic', 'Academic or research institute'), ('think_tank', 'Think tank'), ('civil_society', 'Civil-society organisation'), ('company', 'Company or professional body'), ('public_body', 'Public body'), ('independent', 'Independent expert'), ('other', 'Other')], default='', max_length=20),
        ),
        migrations.CreateModel(
            name='WithheldFile',
            fields=[
                ('attachment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='withheld', serialize=False, to='submissions.attachment')),
                ('reason', models.CharField(choices=[('personal_data', 'Personal data of somebody'), ('accusation', 'Accusation against a named person'), ('unlawful', 'Unlawful words'), ('confidential', 'Confidential, at its author’s wish'), ('advertising', 'Advertising')], max_length=13, verbose_name='reason')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'file that is not published',
                'verbose_name_plural': 'files that are not published',
                'default_permissions': (),
            },
        ),
    ]
