"""Translations of ideas: the desk in the admin, the machine translator, reports of readers."""
