"""What the pages bring to Wagtail's admin."""

from home.approval import asked, told
from home.approval import hooks as approval
from home.dashboard import hooks as dashboard
from home.explorer import hooks as explorer
from home.guards import choosers, tools
from home.guide import hooks as guide
from home.naming import hooks as naming
from home.opening import hooks as opening
from home.workplace import hooks as workplace
from home.workplace import moving

__all__ = [
    "approval",
    "asked",
    "choosers",
    "dashboard",
    "explorer",
    "guide",
    "moving",
    "naming",
    "opening",
    "told",
    "tools",
    "workplace",
]
