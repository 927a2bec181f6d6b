"""What staff do with contributions in Wagtail's admin: find, share out, read, code, note."""
