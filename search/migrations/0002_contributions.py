from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='entry',
            name='kind',
            field=models.CharField(choices=[('contribution', 'Contribution'), ('idea', 'Idea'), ('page', 'Page')], max_length=12),
        ),
    ]
