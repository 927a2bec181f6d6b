"""The moderators' desk in Wagtail's admin: the queue, one decision, spam."""

from submissions.moderation.views.decide import DecideView
from submissions.moderation.views.queue import QueueView
from submissions.moderation.views.spam import SpamView

__all__ = ["DecideView", "QueueView", "SpamView"]
