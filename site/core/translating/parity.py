"""What a translation's publication shows besides its words: rooms above this one register it."""

from collections.abc import Callable

from wagtail.models import Page

# Given the translated page: one sentence for each thing that is not the same as in its source.
Look = Callable[[Page], list[str]]

_looks: list[Look] = []


def register(look: Look) -> Look:
    """Ask ``look`` whenever a translation is about to be published."""
    _looks.append(look)
    return look


def differences(page: Page) -> list[str]:
    """What ``page`` and its source don't share; it is told, and never refused for."""
    return [sentence for look in _looks for sentence in look(page)]
