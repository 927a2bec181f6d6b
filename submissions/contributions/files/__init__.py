"""Files of a dossier: judged by what they hold, kept in private, scanned, and served one by one.

``judging`` runs in a process of its own and knows nothing of the site; docs/files.md tells the
whole way of a file.
"""
