"""What tests of addresses ask for: an idea that waits, the link that was mailed, its button."""

import re
import uuid
from typing import Any

from submissions.models import Debate, Idea, Mail
from tests.submissions.conftest import Visitor, address

WORDS = "We should plant a tree in every street."
CAMILLE = "camille@example.org"
LINK = re.compile(r"https?://[^/\s]+(/\w+/\w+/)\?key=([\w-]{43})")


def write(visitor: Visitor, debate: Debate, text: str = WORDS, page: str = "en") -> Idea:
    """Send an idea; it is the newest."""
    sent = {"text": text, "language": "en", "form_key": str(uuid.uuid4()), "despite": "1"}
    answer = visitor.post(address("write", debate.pk, language=page), sent)
    assert answer.status_code == 302, answer.content.decode()
    return Idea.objects.latest("pk")


def ask(visitor: Visitor, idea: Idea, email: str = CAMILLE, page: str = "en") -> Any:
    """Give the address to which the link that confirms goes."""
    return visitor.post(address("confirm", idea.pk, language=page), {"email": email})


def ask_to_come_back(visitor: Visitor, email: str = CAMILLE, page: str = "en") -> Any:
    """Have the link to one's participation mailed."""
    return visitor.post(address("come_back", language=page), {"email": email})


def mailed_key() -> str:
    """The key of the link in the newest message; nothing if it holds none."""
    found = LINK.search(Mail.objects.latest("pk").text)
    return found[2] if found else ""


def press(visitor: Visitor, key: str, ideas: list[int] | None = None, **more: str) -> Any:
    """Open the page of the link and press its button, as its form is."""
    page = visitor.get(address("mailed_link"), {"key": key})
    shown = re.findall(r'name="idea" value="(\d+)"', page.content.decode())
    sent = {"key": key, "idea": shown if ideas is None else ideas, **more}
    return visitor.post(address("mailed_link"), sent)


def confirmed(visitor: Visitor, debate: Debate, email: str = CAMILLE) -> Idea:
    """Write an idea and confirm it."""
    idea = write(visitor, debate, f"We should do the thing number {Idea.objects.count()}.")
    ask(visitor, idea, email)
    assert press(visitor, mailed_key()).status_code == 302
    return idea


def status_of(idea: Idea) -> str:
    """As it stands in the database by now."""
    return Idea.objects.get(pk=idea.pk).status
