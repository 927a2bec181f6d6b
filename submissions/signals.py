"""What the submissions tell the rest of the site, once it is committed.

Receivers get ``sender=Idea`` and ``idea``. Bulk loads send nothing: whoever loads in bulk asks the
listeners (the search index) to catch up.
"""

from django.dispatch import Signal

idea_published = Signal()  # a moderator published it: it may be shown
idea_unpublished = Signal()  # it was withdrawn: it must not be shown any more
