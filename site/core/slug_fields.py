"""The rule of ``core.slugs`` in the two places where someone types a title and sees its address."""

from typing import Any

from django.db.models import SlugField
from django.db.models.signals import pre_save
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets.slug import SlugInput
from wagtail_localize.models import StringTranslation
from wagtail_localize.strings import StringValue

from core.slugs import BETWEEN_WORDS, slugify


def use_readable_slugs() -> None:
    """For the page forms' script and for translations. Called once, when the apps are loaded."""
    register_form_field_override(
        SlugField, override={"widget": SlugInput(formatters=[(BETWEEN_WORDS, "-")])}
    )
    pre_save.connect(
        slugify_translation, sender=StringTranslation, dispatch_uid="core.slug_fields.translation"
    )


def slugify_translation(instance: Any, **kwargs: object) -> None:
    """A translated slug is one as soon as it is saved, so that the translator sees the address.

    wagtail-localize would pass it through Django's slugify at publication, apostrophes lost.
    """
    if instance.context is not None and instance.context.path == "slug":
        instance.data = slugify(StringValue(instance.data).render_text()) or instance.data
