"""A picture that a page may lack, and that its translation may show all the same.

wagtail-localize offers translators another picture in place of one, and nothing in place of none.
"""

from typing import Any

from django.db import models
from wagtail_localize.fields import SynchronizedField
from wagtail_localize.segments import OverridableSegmentValue

NONE = 0  # what stands in a translator's segment for no picture: no row has that id


class OptionalPictureField(models.ForeignKey):
    """Asked by wagtail-localize what translators are given of it, and what they made of that."""

    def deconstruct(self) -> Any:
        """For the database it is any other."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.ForeignKey", args, kwargs

    def get_translatable_segments(self, value: int | None) -> list[OverridableSegmentValue]:
        """One that can be chosen, whether or not the page shows one."""
        return [OverridableSegmentValue("", value or NONE)]

    def restore_translated_segments(self, _value: int | None, segments: list[Any]) -> Any:
        """The picture that was chosen for the translation."""
        (segment,) = segments
        return self.related_model._default_manager.get(pk=segment.data)


class OfferedPicture(SynchronizedField):
    """Such a field on its page: the original's picture, unless the translation has its own."""

    def is_translated(self, _page: Any) -> bool:
        """Only then is the field asked for its segments."""
        return True
