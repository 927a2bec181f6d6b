"""Accounts lose the time zone that they chose: what they schedule is in the site's time."""

from typing import Any

from django.db import migrations


def forget_zones(apps: Any, schema_editor: Any) -> None:
    """The form of the account offers none any more, so nobody could take theirs back."""
    apps.get_model("wagtailusers", "UserProfile").objects.exclude(current_time_zone="").update(
        current_time_zone=""
    )


class Migration(migrations.Migration):
    """Nothing is given back."""

    dependencies = [
        ("home", "0005_quoted_languages"),
        ("wagtailusers", "0015_userprofile_keyboard_shortcuts"),
    ]
    operations = [migrations.RunPython(forget_zones, migrations.RunPython.noop, elidable=True)]
