"""The words of consents, which nobody mends while the site runs: people agreed to a version."""

from django.utils import translation

from core.wordings.services import keep_as_released
from submissions.consents import ANALYSIS, PUBLICATION, TAKING_PART

with translation.override(None):  # as the code says them
    keep_as_released(str(one.text) for one in (TAKING_PART, ANALYSIS, *PUBLICATION))
