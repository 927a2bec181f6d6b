"""The base of every page, and what stands behind the work on languages.

``BasePage`` is abstract: wagtail-localize does not support a concrete base model.
"""

from core.models.page import BasePage
from core.models.translating import (
    BulkState,
    BulkTranslation,
    PageTranslation,
    TranslationState,
)
from core.models.translation_files import (
    AskedOfMachine,
    MachineTrouble,
    ProposalRequest,
    TranslationFile,
)
from core.models.words import InterfaceWording, Term, TermWording

__all__ = [
    "AskedOfMachine",
    "BasePage",
    "BulkState",
    "BulkTranslation",
    "InterfaceWording",
    "MachineTrouble",
    "PageTranslation",
    "ProposalRequest",
    "Term",
    "TermWording",
    "TranslationFile",
    "TranslationState",
]
