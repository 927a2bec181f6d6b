"""One thing that is missing."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from home.workplace.reach import Reach


class Whose(models.TextChoices):
    """Who sees to what is missing, where the reader may not."""

    EDITORS = "editors", pgettext_lazy("opening", "for an editor")
    PUBLISHERS = "publishers", pgettext_lazy("opening", "for a publisher")
    ADMINISTRATORS = "administrators", pgettext_lazy("opening", "for an administrator")
    HOST = "host", pgettext_lazy("opening", "for whoever runs the server")


@dataclass(frozen=True)
class Lack:
    """A sentence for whoever opens the consultation; ``url``: where to mend it, in the admin."""

    sentence: str
    language: str = ""  # the code of the language that lacks it; empty: it is none's
    url: str = ""
    count: int = 1  # of how many things the sentence speaks
    whose: Whose | None = None  # whose work it is; None: that of whoever reads the list
    within: Callable[[Reach], bool] | None = None  # who may do it at ``url``; None: every reader
    pressed: str | Promise = ""  # the button that does it at ``url``; empty: a link leads there

    def led_for(self, reach: Reach) -> bool:
        """Whether ``url`` is a way for this reader: nobody is led to a refusal."""
        return bool(self.url) and (self.within is None or self.within(reach))
