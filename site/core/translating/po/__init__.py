"""Translations of pages as PO files: out for translators' programs, and in again with a report."""
