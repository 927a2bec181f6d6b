"""The translators' desk in Wagtail's admin: the queue, one idea, the machine translator."""

from submissions.idea_translations.views.desk import DeskView
from submissions.idea_translations.views.machine import MachineView
from submissions.idea_translations.views.queue import QueueView

__all__ = ["DeskView", "MachineView", "QueueView"]
