"""Synthetic contributions."""

from submissions.models import Consultation


def make_contributions(consultation: Consultation) -> int:
    """Todo."""
    return 0
