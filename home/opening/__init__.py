"""What must be there before a consultation opens, and who says that it may."""

from home.opening.checklist import Requirement, checklist
from home.opening.clearing import AlreadyOpenError, NotReadyError, clear, hold_back
from home.opening.lacks import Lack

__all__ = [
    "AlreadyOpenError",
    "Lack",
    "NotReadyError",
    "Requirement",
    "checklist",
    "clear",
    "hold_back",
]
