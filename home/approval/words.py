"""Sentences of Wagtail's on moderation and schedules that our own French catalogue says better.

Wagtail's French speaks of « ce(tte) page » and leaves some in English. Only pages are moderated
here, so that a sentence may agree with the word.
"""

from django.utils.translation import gettext_noop

SAID_BETTER = (
    gettext_noop("Hello %(username)s,"),
    gettext_noop("This %(model_name)s is currently awaiting moderation."),
    gettext_noop("Only reviewers for this task can edit the %(model_name)s."),
    gettext_noop("Only reviewers can edit and approve the %(model_name)s"),
    gettext_noop("Your pages and snippets in a workflow"),
    gettext_noop(
        "{model_name} '{title}' is locked and has been scheduled to go live at {datetime}"
    ),
    gettext_noop("Once scheduled:"),
    gettext_noop("No publishing schedule set"),
    gettext_noop("Locked by schedule"),
    gettext_noop("Currently locked and will go live on the scheduled date"),
)
