"""How often something may be done, by one participant and from one network."""

from submissions.limits.refusal import TooMany

__all__ = ["TooMany"]
