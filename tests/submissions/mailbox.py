"""A mail server over a real socket, which takes, refuses, delays or hangs up as a test says."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from django.test import override_settings


@dataclass
class MailServer:
    """What it took, and what it answers: to a recipient, to the words."""

    taken: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    to_recipient: str = "250 OK"
    to_words: str = "250 OK"
    hangs_up: bool = False
    seconds: float = 0

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, to: str, _o: Any) -> str:
        if self.hangs_up:
            server.transport.close()
        if self.to_recipient.startswith("250"):
            envelope.rcpt_tos.append(to)
        return self.to_recipient

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        await asyncio.sleep(self.seconds)
        if self.to_words.startswith("250"):
            self.taken.append(message_from_bytes(envelope.content, policy=policy.default))
            self.recipients.extend(envelope.rcpt_tos)
        return self.to_words


@contextmanager
def serving(server: MailServer | None = None) -> Iterator[MailServer]:
    """The mail server that the site is told of, for as long as it is up."""
    server = server or MailServer()
    port = free_port()
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        with told_of(port):
            yield server
    finally:
        controller.stop()


def free_port() -> int:
    """One that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def told_of(port: int) -> override_settings:
    """Settings of a site whose mail goes to ``port`` of this machine."""
    return override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=port,
        EMAIL_TIMEOUT=1,
    )


def words_of(message: EmailMessage, subtype: str = "plain") -> str:
    """The text of one part."""
    part = message.get_body((subtype,))
    assert part is not None
    said: str = part.get_content()
    return said
