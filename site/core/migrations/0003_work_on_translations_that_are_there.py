"""Pages that were sent to translation before their state was kept have their row, too."""

from typing import Any

from django.db import migrations


def begin(apps: Any, schema_editor: Any) -> None:
    """Published where the page is live; being translated where it has words; else to translate."""
    Translation = apps.get_model("wagtail_localize", "Translation")
    StringTranslation = apps.get_model("wagtail_localize", "StringTranslation")
    PageTranslation = apps.get_model("core", "PageTranslation")
    Page = apps.get_model("wagtailcore", "Page")
    of_pages = Translation.objects.filter(
        source__object__content_type__app_label="wagtailcore",
        source__object__content_type__model="page",
    )
    for translation in of_pages.select_related("source"):
        key, locale = translation.source.object_id, translation.target_locale_id
        if Page.objects.filter(translation_key=key, locale_id=locale, live=True).exists():
            state = "published"
        elif StringTranslation.objects.filter(context__object_id=key, locale_id=locale).exists():
            state = "in_progress"
        else:
            state = "new"
        PageTranslation.objects.get_or_create(translation=translation, defaults={"state": state})


class Migration(migrations.Migration):
    dependencies = [("core", "0002_files_of_translators")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
