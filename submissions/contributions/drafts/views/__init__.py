"""Filling in a contribution: begun, its themes chosen, a section a page."""

from submissions.contributions.drafts.views.parts import about, consents
from submissions.contributions.drafts.views.section import section
from submissions.contributions.drafts.views.start import contribute, questionnaire
from submissions.contributions.drafts.views.tasks import task_list, themes

__all__ = ["about", "consents", "contribute", "questionnaire", "section", "task_list", "themes"]
