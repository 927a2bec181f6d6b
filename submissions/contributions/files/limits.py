"""How many files, and how large. docs/files.md says it to organisers, the page to contributors."""

MIB = 1024 * 1024
MOST_FILES = 5  # of a dossier, those of its questions included
LARGEST = 10 * MIB
MOST_BYTES = 50 * MIB
# Beyond that nothing of a request is read any more: the words, the files, and as much again.
MOST_SENT = 2 * MOST_BYTES
