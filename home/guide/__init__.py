"""The guide inside the admin: the pages of ``docs/editor-guide/``, in the reader's language."""
