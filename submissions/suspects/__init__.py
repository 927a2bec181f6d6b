"""Participants who may be one hand: found in what happened lately, judged by organisers.

Nobody is blocked and nothing deleted: who is set aside goes on voting, and both totals are shown.
docs/limits.md says what is looked for.
"""
