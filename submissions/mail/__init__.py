"""Mail to participants: written in the caller's transaction, sent by the worker."""

from submissions.mail.writing import UnsafeHeader, forget, send

__all__ = ["UnsafeHeader", "forget", "send"]
