"""What every page brings to Wagtail's admin."""

from core import translation_guards

__all__ = ["translation_guards"]
