"""What the admin calls roles and permissions, in the reader's language.

The names of groups in the database are keys: ``home.roles`` finds them again by these.
"""
