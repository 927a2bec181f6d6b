from django.db import migrations, models


class Migration(migrations.Migration):
    """How far the site is accessible is said in one place."""

    dependencies = [("submissions", "0003_decisions_stay")]

    operations = [
        migrations.AddField(
            model_name="consultation",
            name="accessibility",
            field=models.CharField(
                choices=[
                    ("not_compliant", "not compliant"),
                    ("partially_compliant", "partially compliant"),
                    ("totally_compliant", "totally compliant"),
                ],
                default="not_compliant",
                help_text=(
                    "Said at the foot of every page. Without an audit the site is not compliant; "
                    "partially from half of the RGAA’s criteria, totally when all are met."
                ),
                max_length=20,
                verbose_name="accessibility",
            ),
        ),
    ]
