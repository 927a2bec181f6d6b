"""People who vote, made in the site's own database: a line of JSON for each vote they can send."""

import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import transaction

from core.clock import database_now
from submissions.debate.keys import Place, card_key
from submissions.debate.participants import SALT
from submissions.models import Debate, Idea, IdeaText, Participant

CSRF = "c" * 32  # any will do: the cookie and the form must agree


def main(ideas: int, voters: int, votes: int) -> None:
    """Print ``votes`` votes of new ``voters`` on new ``ideas``, none of them twice."""
    for vote in to_send(ideas, voters, votes):
        print(json.dumps(vote))


def to_send(ideas: int, voters: int, votes: int) -> Iterator[dict[str, Any]]:
    """Path, cookies and form of each vote."""
    debate = Debate.objects.open_at().order_by("pk")[0]
    now = database_now()
    with transaction.atomic():
        people = Participant.objects.bulk_create(
            Participant(consultation_id=debate.consultation_id, reads=["en", "fr"])
            for _number in range(voters)
        )
        put = Idea.objects.bulk_create(
            Idea(debate=debate, language="en", status="published", published_at=now)
            for _number in range(ideas)
        )
        IdeaText.objects.bulk_create(
            IdeaText(idea=idea, language="en", text=f"We should do {idea.pk}.") for idea in put
        )
    name = settings.PARTICIPANT_COOKIE_NAME
    signer = signing.get_cookie_signer(salt=name + SALT)
    for number in range(votes):
        who, idea = people[number % voters], put[number // voters % ideas]
        yield {
            "path": f"/en/ideas/{idea.pk}/vote/",
            "cookies": (f"{name}={signer.sign(str(who.pk))}; {settings.CSRF_COOKIE_NAME}={CSRF}"),
            "form": {
                "csrfmiddlewaretoken": CSRF,
                "place": "sequence",
                "read_in": "en",
                "key": card_key(who.pk, idea.pk, Place.SEQUENCE, now.date()),
                "choice": ("agree", "disagree", "neutral")[number % 3],
                "who": str(who.pk),
            },
        }
