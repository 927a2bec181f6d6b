"""The citizen's door, as HTTP: reading ideas, writing one, voting."""

from submissions.debate.views.participation import own_data, participation
from submissions.debate.views.picture import idea_picture
from submissions.debate.views.reading import idea, ideas
from submissions.debate.views.sequence import languages, start, vote
from submissions.debate.views.voting import cast, qualify, undo
from submissions.debate.views.writing import write, written

__all__ = [
    "cast",
    "idea",
    "idea_picture",
    "ideas",
    "languages",
    "own_data",
    "participation",
    "qualify",
    "start",
    "undo",
    "vote",
    "write",
    "written",
]
