"""What no moderator has published is read nowhere in public, in whichever state it is (case 47)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from submissions.models import Debate, DecisionKind, Idea, IdeaStatus, RefusalReason
from submissions.moderation.appeals import appeal
from submissions.moderation.services import decide, escalate, undo
from tests.factories import (
    bilingual_site,
    bilingual_theme,
    debate_block,
    idea,
    participant,
    translation_of,
)
from tests.submissions.conftest import address
from tests.submissions.desk import moderator_of

pytestmark = pytest.mark.django_db
CANARY = "zanzibarquark"


def hidden_ideas(debate: Debate, publishing: Any) -> list[Idea]:
    """One in every state in which the public may not read it."""
    ada = moderator_of("ada", "en", "fr")
    author = participant(debate.consultation)

    def waiting(**fields: Any) -> Idea:
        text = f"We should hide {CANARY} from everybody."
        made = idea(debate, text, status=IdeaStatus.AWAITING, author=author, **fields)
        translation_of(made, f"Il faut cacher {CANARY} à tout le monde.", "fr")
        return made

    unconfirmed, awaiting, asked, refused, withdrawn, undone = (
        waiting(organisation=CANARY) for _number in range(6)
    )
    Idea.objects.filter(pk=unconfirmed.pk).update(status=IdeaStatus.UNCONFIRMED)
    escalate(asked, ada, CANARY)
    decide(refused, DecisionKind.REFUSE, ada, RefusalReason.OTHER)
    appeal(refused, author, CANARY, "en")
    with publishing(execute=True):
        decide(withdrawn, DecisionKind.PUBLISH, ada)
        published = decide(undone, DecisionKind.PUBLISH, ada)
    assert CANARY in Client().get(address("idea", undone.pk)).content.decode()
    with publishing(execute=True):
        decide(withdrawn, DecisionKind.WITHDRAW, ada, RefusalReason.UNLAWFUL)
        undo(undone, published, ada)
    return [unconfirmed, awaiting, asked, refused, withdrawn, undone]


def test_the_canary_sings_nowhere(django_capture_on_commit_callbacks: Any):
    site = bilingual_site()
    pages = bilingual_theme(site, debate_block())
    debate = Debate.objects.get()
    hidden = hidden_ideas(debate, django_capture_on_commit_callbacks)
    public = ["/sitemap.xml", site.home.url, site.home_fr.url, pages[0].url, pages[1].url]
    for language in ("en", "fr"):
        public += [
            address("ideas", debate.pk, language=language),
            address("vote", debate.pk, language=language),
            address("register", language=language),
            address("register_decisions", language=language),
            f"/{language}/" + ("search/" if language == "en" else "recherche/") + f"?q={CANARY}",
            *(address("idea", one.pk, language=language) for one in hidden),
        ]
    reader = Client()
    for url in public:
        answer = reader.get(url)
        body = answer.getvalue() if answer.streaming else answer.content
        said = body.decode().replace(f'value="{CANARY}"', "").replace(f"q={CANARY}", "")
        said = said.replace(f"“{CANARY}”", "").replace(f"<bdi>{CANARY}</bdi>", "")
        assert f"hide {CANARY}" not in said, url
        assert f"cacher {CANARY}" not in said, url
        if "/search/" not in url and "/recherche/" not in url:
            assert CANARY not in said, url
    for one in hidden:
        assert reader.get(address("idea", one.pk)).status_code == 404
    assert reader.get(reverse("wagtailadmin_home")).status_code == 302
