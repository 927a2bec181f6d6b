"""The base of every page. Abstract: wagtail-localize does not support a concrete base model."""

from core.models.page import BasePage

__all__ = ["BasePage"]
