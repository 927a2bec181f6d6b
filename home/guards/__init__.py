"""Addresses of Wagtail's admin that ask for nothing but an account, and what is asked here."""
