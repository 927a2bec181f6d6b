"""The living style guide: every component of the site, rendered by the site's own templates.

Only where ``STYLEGUIDE`` is on, which production refuses. Its words stand in ``words.toml`` in both
languages, beside each other, and not in the catalogue: translators need not see them. What it shows
is made in memory; nothing is read from or written to the tables of the consultation.
"""
