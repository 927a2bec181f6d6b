"""Contributions as files for analysis: one dataset, whatever the language. docs/exports.md."""
