"""How often something may be done, by one participant and from one network.

``check`` raises ``TooMany``; a view turns that into ``too_many``, which gives the words back.
``began`` notes where a participant came from. Votes are counted in their own statement
(``debate/ballots.py``). docs/limits.md says how much is allowed, and what is kept.
"""

from submissions.limits.counting import Action, check
from submissions.limits.origins import began
from submissions.limits.page import too_many
from submissions.limits.refusal import TooMany

__all__ = ["Action", "TooMany", "began", "check", "too_many"]
