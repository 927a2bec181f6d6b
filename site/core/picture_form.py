"""The form of a picture of the library, where it is added and where it is changed."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.images.forms import BaseImageForm


class DescribedPictureForm(BaseImageForm):
    """Wagtail's, which does not say what a description is for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["description"].help_text = _(
            "What it shows, in a sentence: offered as the alternative wherever the picture is "
            "put on a page, and written there in the language of the page."
        )
