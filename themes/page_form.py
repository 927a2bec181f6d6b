"""The form of a theme page in the admin: a new one has what a theme needs to work."""

from typing import Any
from uuid import uuid4

from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import StreamValue


class ThemePageForm(WagtailAdminPageForm):
    """A new theme begins with room for its text, a debate and a questionnaire, ready to publish."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding and not self.instance.body and not self.is_bound:
            self.initial["body"] = self._usual_body()

    def _usual_body(self) -> StreamValue:
        """In the words of the page's language, which need not be that of the admin.

        A page that is previewed before it was ever saved has none of its own yet.
        """
        with translation.override((self.parent_page or self.instance).locale.language_code):
            question = {"label": _("What do you propose on this theme, and why?"), "help_text": ""}
        stream_block = self.instance._meta.get_field("body").stream_block
        return StreamValue(
            stream_block,
            [
                {"id": str(uuid4()), "type": "text", "value": ""},
                {"id": str(uuid4()), "type": "debate", "value": {"title": "", "invitation": ""}},
                {
                    "id": str(uuid4()),
                    "type": "questionnaire",
                    "value": {
                        "title": "",
                        "introduction": "",
                        "questions": [{"id": str(uuid4()), "type": "long_text", "value": question}],
                    },
                },
            ],
            is_lazy=True,
        )
