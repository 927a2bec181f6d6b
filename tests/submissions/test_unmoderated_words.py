"""What no moderator has published is read nowhere in public, in whichever state it is (case 47).

Two words sing: one can be searched for, which pages repeat to whoever asks; the other is secret.
"""

import json
import uuid
from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from core.clock import database_now
from core.share_pictures.drawing import SharePicture
from submissions import urls
from submissions.models import (
    Address,
    Debate,
    Decision,
    DecisionKind,
    Idea,
    IdeaStatus,
    IdeaText,
    LinkPurpose,
    MailedLink,
    Participant,
    RefusalReason,
    TranslationReport,
)
from submissions.moderation.appeals import appeal
from submissions.moderation.services import decide, escalate, undo
from submissions.moderation.withdrawals import withdraw
from tests.factories import (
    BilingualSite,
    bilingual_theme,
    debate_block,
    idea,
    participant,
    questionnaire_block,
    translation_of,
)
from tests.submissions.conftest import Visitor, address
from tests.submissions.desk import moderator_of

pytestmark = pytest.mark.django_db
SOUGHT, CANARY = "quetzalcoatlus", "zanzibarquark"
WORDS = f"We should hide {CANARY} and {SOUGHT} from everybody."
LANGUAGES = ("en", "fr")


def waiting(debate: Debate, author: Participant) -> Idea:
    """An idea that sings in each of its words, once in each language."""
    made = idea(
        debate,
        WORDS,
        status=IdeaStatus.AWAITING,
        author=author,
        speaks_for="organisation",
        organisation=f"{CANARY} {SOUGHT}",
    )
    made.texts.update(as_written=WORDS)
    translation_of(made, f"Il faut cacher {CANARY} et {SOUGHT} à tout le monde.", "fr")
    return made


def hidden_ideas(debate: Debate, publishing: Any) -> list[Idea]:
    """One in every state in which the public may not read it."""
    ada = moderator_of("ada", "en", "fr")
    author = participant(debate.consultation)
    ideas = [waiting(debate, author) for _number in range(7)]
    unconfirmed, awaiting, asked, refused, withdrawn, taken_back, undone = ideas
    Idea.objects.filter(pk=unconfirmed.pk).update(status=IdeaStatus.UNCONFIRMED)
    escalate(asked, ada, CANARY)
    decide(refused, DecisionKind.REFUSE, ada, RefusalReason.OTHER)
    appeal(refused, author, CANARY, "en")
    with publishing(execute=True):
        for one in (withdrawn, taken_back):
            decide(one, DecisionKind.PUBLISH, ada)
        published = decide(undone, DecisionKind.PUBLISH, ada)
    assert CANARY in Client().get(address("idea", undone.pk)).content.decode()
    with publishing(execute=True):
        decide(withdrawn, DecisionKind.WITHDRAW, ada, RefusalReason.UNLAWFUL)
        withdraw(taken_back, author)
        undo(undone, published, ada)
    return [awaiting, unconfirmed, asked, refused, withdrawn, taken_back, undone]


def published_beside(debate: Debate) -> Idea:
    """An idea that everybody reads, and around it what nobody should."""
    author = participant(debate.consultation)
    shown = idea(debate, "We should plant a tree in every street.", author=author)
    translation_of(shown, f"Il faut {CANARY} {SOUGHT}.", "fr", approved=False)
    third = translation_of(shown, "Man sollte Bäume pflanzen.", "de")
    TranslationReport.objects.create(text=third, participant=author, comment=CANARY)
    Decision.objects.create(idea=shown, kind=DecisionKind.CORRECT, note=CANARY)
    email = f"{CANARY}@example.org"
    Address.objects.create(
        consultation=debate.consultation,
        participant=author,
        email=email,
        mailbox=email,
        language="en",
    )
    MailedLink.objects.create(
        token_hash=b"x" * 32,
        purpose=LinkPurpose.COME_BACK,
        consultation=debate.consultation,
        email=email,
        language="en",
        participant=author,
        expires_at=database_now() + timedelta(days=1),
    )
    return shown


@pytest.fixture
def pages(site: BilingualSite) -> Any:
    """A theme in both languages, with a debate and a questionnaire."""
    return bilingual_theme(site, debate_block(), questionnaire_block())


@pytest.fixture
def hidden(pages: Any, django_capture_on_commit_callbacks: Any) -> list[Idea]:
    return hidden_ideas(Debate.objects.get(), django_capture_on_commit_callbacks)


def public_addresses(shown: Idea, hidden: list[Idea]) -> Iterator[str]:
    """Every address of ours, for each row it can be asked of: a new one comes along by itself."""
    rows: dict[str, list[Any]] = {
        "debate_id": [shown.debate_id],
        "idea_id": [one.pk for one in [shown, *hidden]],
        "questionnaire_id": [shown.debate_id],
        "version": ["0123456789abcdef"],
        "reference": ["3467-9ACD-EFGH"],
        "section": [0],
        "draft_id": [UUID(int=1)],
        "attachment_id": [UUID(int=1)],
        "pk": [1],
        "form": ["bibtex", "csl"],
        "token": ["0123456789abcdef"],
    }
    for one in urls.urlpatterns:
        names = list(one.pattern.converters)
        for values, language in product(product(*(rows[name] for name in names)), LANGUAGES):
            yield address(one.name, *values, language=language)


def more_addresses(site: BilingualSite, pages: Any, debate: Debate, hidden: list[Idea]) -> Any:
    """Wagtail's pages, search, lists in each order, and places that nobody may learn of."""
    yield from ("/sitemap.xml", "/robots.txt", "/nowhere/")
    yield from (page.url for page in (site.home, site.home_fr, site.themes, *pages))
    yield from (
        f"/en/search/?q={SOUGHT}",
        f"/fr/recherche/?q={SOUGHT}",
        f"/en/search/?q=ca{SOUGHT}",
    )
    for query in ("order=most-votes", "order=fewest-votes", "language=en", "language=fr"):
        yield f"{address('ideas', debate.pk)}?{query}"
    for one in hidden:
        yield f"{address('ideas', debate.pk)}?before={one.pk}"
        yield f"{address('vote', debate.pk)}?idea={one.pk}"
        yield f"{address('written', debate.pk)}?idea={one.pk}"
        yield f"{address('write', debate.pk)}?like={one.pk}"


def said(answer: Any) -> str:
    """All that an answer says, in its words and its head."""
    body = answer.getvalue() if answer.streaming else answer.content
    return f"{answer.headers}\n{body.decode(errors='replace')}"


def test_the_canary_sings_nowhere(site: BilingualSite, pages: Any, hidden: list[Idea]):  # case 47
    debate = Debate.objects.get()
    shown = published_beside(debate)
    reader, other = Visitor(), Visitor()
    other.start(debate)
    other.vote(shown, "agree")
    addresses = [
        *public_addresses(shown, hidden),
        *more_addresses(site, pages, debate, hidden),
    ]
    for url, who in product(addresses, (reader, other)):
        answer = who.get(url)
        assert answer.status_code < 500, url
        assert CANARY not in said(answer), url
    for one, language in product(hidden, LANGUAGES):
        gone = one.status == IdeaStatus.WITHDRAWN
        status = reader.get(address("idea", one.pk, language=language)).status_code
        assert status == (410 if gone else 404)
    assert reader.get(reverse("wagtailadmin_home")).status_code == 302


def test_nobody_counts_what_is_hidden(site: BilingualSite, pages: Any, hidden: list[Idea]):
    published_beside(Debate.objects.get())
    reader = Visitor()
    assert "1 idea published" in said(reader.get(pages[0].url))
    assert "1 idea published" in said(reader.get(address("ideas", hidden[0].debate_id)))
    for query in (SOUGHT, CANARY):
        assert reader.get("/en/search/", {"q": query}).context["count"] == 0


def test_what_somebody_sends_brings_nothing_hidden_to_light(pages: Any, hidden: list[Idea]):
    """Votes on what is hidden, and an idea like it: no near idea, no word of another's."""
    debate = Debate.objects.get()
    other = Visitor()
    other.start(debate)
    for one, name in product(hidden, ("cast", "undo", "qualify", "appeal", "withdraw")):
        answer = other.post(address(name, one.pk), {"choice": "agree", "place": "idea"})
        assert answer.status_code == 404, name
        assert CANARY not in said(answer)
    like = WORDS.replace(CANARY, "nothing")
    sent = {"language": "en", "text": like, "speaks_for": "citizen", "form_key": uuid.uuid4()}
    answer = other.post(address("write", debate.pk), sent, follow=True)
    assert Idea.objects.filter(texts__text=like).exists()
    assert CANARY not in said(answer)
    for name in ("participation", "own_data"):
        assert CANARY not in said(other.get(address(name)))


def test_pictures_and_machines_are_told_what_readers_are(
    pages: Any, hidden: list[Idea], monkeypatch: pytest.MonkeyPatch
):
    drawn: list[str] = []
    draw = SharePicture.__init__

    def listen(picture: SharePicture, *args: Any, **named: Any) -> None:
        drawn.append(f"{args} {named}")
        draw(picture, *args, **named)

    monkeypatch.setattr(SharePicture, "__init__", listen)
    shown = published_beside(Debate.objects.get())
    for language in LANGUAGES:
        html = Visitor().get(address("idea", shown.pk, language=language)).content.decode()
        block = html.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
        assert json.loads(block)["text"] == "We should plant a tree in every street."
        for one in hidden:
            wanted = address("idea_picture", one.pk, "0123456789abcdef", language=language)
            assert Visitor().get(wanted).status_code == 404
    assert drawn
    assert CANARY not in " ".join(drawn)


def test_as_it_was_written_is_public_with_the_idea_only(hidden: list[Idea]):
    """The canary is not there because nothing is: the same words, once published, are read."""
    one = hidden[0]
    decide(one, DecisionKind.PUBLISH, moderator_of("bo", "en"))
    html = Visitor().get(address("idea", one.pk)).content.decode()
    assert html.count(CANARY) > 3
    assert IdeaText.objects.get(idea=one, language="en").as_written in html
