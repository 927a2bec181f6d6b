"""Mail to participants: written in the caller's transaction, sent by the worker."""

from submissions.mail.writing import UnsafeHeader, forget, forget_draft, send

__all__ = ["UnsafeHeader", "forget", "forget_draft", "send"]
