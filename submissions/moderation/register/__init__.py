"""The public register of moderation: what was decided, how fast and why, without a word of it."""
