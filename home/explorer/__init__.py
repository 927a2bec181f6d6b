"""The columns of the explorer of pages: theme, language, translation, owner, submissions."""
