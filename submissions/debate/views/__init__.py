"""The citizen's door, as HTTP: reading ideas, writing one, voting."""

from submissions.debate.views.participation import participation
from submissions.debate.views.picture import idea_picture
from submissions.debate.views.reading import idea, ideas
from submissions.debate.views.voting import cast, start, undo, vote
from submissions.debate.views.writing import write, written

__all__ = [
    "cast",
    "idea",
    "idea_picture",
    "ideas",
    "participation",
    "start",
    "undo",
    "vote",
    "write",
    "written",
]
