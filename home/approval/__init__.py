"""Moderation of pages: what an editor submits, a publisher of that language approves."""
