"""The dossier while it is written: who writes it, what they have written, and its links."""
