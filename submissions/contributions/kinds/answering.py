"""What the form fields of all kinds of question have in common."""

import re
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy

ANSWER_THIS = gettext_lazy("Answer this question.")
CHOOSE_ONE = gettext_lazy("Choose one answer.")
CHOOSE_SOME = gettext_lazy("Choose at least one answer.")
CHOOSE_LISTED = gettext_lazy("Choose among the answers that are listed.")


class Answering:
    """A form field that answers a question."""

    def given(self, value: Any) -> dict[str, Any]:
        """A cleaned ``value`` as fields of a ``GivenAnswer``; nothing for an empty one."""
        raise NotImplementedError

    def typed(self, posted: QueryDict, name: str) -> dict[str, list[str]]:
        """What was typed into the control called ``name``, to keep: nothing of what is empty."""
        values = [value for value in posted.getlist(name) if value]
        return {name: values} if values else {}


def typed_under(posted: QueryDict, name: str, parts: str) -> dict[str, list[str]]:
    """The same, of a control in parts called ``name_…``, whose ends match the pattern ``parts``."""
    belongs = re.compile(f"{re.escape(name)}_(?:{parts})")
    kept = {
        part: [value for value in posted.getlist(part) if value]
        for part in posted
        if belongs.fullmatch(part)
    }
    return {part: values for part, values in kept.items() if values}
