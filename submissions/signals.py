"""What the submissions tell the rest of the site, once it is committed.

Receivers get ``sender=Idea`` and ``idea``. A bulk load sends one signal for all its ideas, inside
its transaction: what a receiver writes stands or falls with the load.
"""

from django.dispatch import Signal

idea_published = Signal()  # a moderator published it: it may be shown
idea_unpublished = Signal()  # it was withdrawn: it must not be shown any more
ideas_imported = Signal()  # sent with ``idea_ids``: all new, published or withdrawn

# The worker sends these two with ``idea`` and ``decision``, once the decision has stood for five
# minutes (``moderation.notices``): what was undone meanwhile is never told. One decision is told
# once; ``decision.notice`` says what became of it.
idea_decided = Signal()  # published, refused or withdrawn by a moderator
appeal_decided = Signal()  # published after all, or the refusal upheld

# Sent in the transaction that decides, with ``contribution_ids``: what a receiver writes stands or
# falls with it.
contributions_published = Signal()  # another text is public than before, or the first
contributions_unpublished = Signal()  # nothing of them is public any more
