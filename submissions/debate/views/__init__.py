"""The citizen's door, as HTTP: reading ideas, writing one, voting."""

from submissions.debate.views.confirming import confirm
from submissions.debate.views.mailed import come_back, mailed_link
from submissions.debate.views.own_ideas import appeal, withdraw
from submissions.debate.views.own_votes import own_votes
from submissions.debate.views.participation import (
    erase_all,
    own_data,
    own_languages,
    participation,
)
from submissions.debate.views.picture import idea_picture
from submissions.debate.views.reading import idea, ideas
from submissions.debate.views.sequence import languages, start, vote
from submissions.debate.views.voting import cast, qualify, undo
from submissions.debate.views.writing import write, written

__all__ = [
    "appeal",
    "cast",
    "come_back",
    "confirm",
    "erase_all",
    "idea",
    "idea_picture",
    "ideas",
    "languages",
    "mailed_link",
    "own_data",
    "own_languages",
    "own_votes",
    "participation",
    "qualify",
    "start",
    "undo",
    "vote",
    "withdraw",
    "write",
    "written",
]
