"""Words that try to be more than words, stored in every field that somebody can write (case 51).

Each calls ``canary()`` where a browser would run it.
"""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.http import HttpResponse

from submissions.debate.participants import remember
from submissions.models import (
    Address,
    Debate,
    DecisionKind,
    Idea,
    IdeaStatus,
    Mail,
    Participant,
    RefusalReason,
    TranslationReport,
)
from submissions.moderation.appeals import appeal
from submissions.moderation.notices import notify
from submissions.moderation.services import decide, escalate
from tests.factories import idea, participant, translation_of
from tests.submissions.conftest import address

CORPUS = [
    "<script>canary()</script>",
    "</script><script>canary()</script>",
    "</title></textarea></style></template><script>canary()</script>",
    "\"'><img src=x onerror=canary()>",
    "' autofocus onfocus=canary() x='",
    '" onmouseover="canary()" style="position:fixed;inset:0" x="',
    "<svg/onload=canary()><animate onbegin=canary() attributeName=x>",
    "<iframe srcdoc='<script>parent.canary()</script>'></iframe>",
    '<a href="javascript:canary()">x</a><form action=javascript:canary()><button>',
    "<math><mtext><table><mglyph><style><!--</style><img src=x onerror=canary()>",
    "<!--><script>canary()</script>--><base href=//evil.example/>",
    "<details open ontoggle=canary()>&lt;script&gt;canary()&lt;/script&gt;",
    "{{ 7|add:7 }}{% debug %}{{ request.META }}${canary()}<%= canary() %>",
    "javascript:canary()//http://x.example/\u2028canary()\u2028",
    "<x-canary hx-get=/ data-hx-on:load=canary() data-hx-trigger=load>",
    "<link rel=stylesheet href=//evil.example><meta http-equiv=refresh content='0;url=//evil'>",
]
LONGEST_COMMENT = 300


@dataclass
class Hostile:
    """What was stored, and who wrote it."""

    author: Participant
    published: Idea
    awaiting: Idea
    appealed: Idea
    mails: list[Mail]


def store(debate: Debate, words: str, moderator: User, language: str = "en") -> Hostile:
    """``words`` in every field of ideas in each state, and in what was said around them."""
    author = participant(debate.consultation)
    Address.objects.create(
        consultation=debate.consultation,
        participant=author,
        email="a@example.org",
        mailbox=f"a{author.pk}@example.org",
        language=language,
    )

    def written() -> Idea:
        made = idea(
            debate,
            words,
            language,
            IdeaStatus.AWAITING,
            author=author,
            speaks_for="organisation",
            organisation=words[:200],
        )
        made.texts.update(as_written=words)
        return made

    published, awaiting, appealed, refused = (written() for _number in range(4))
    decided = [decide(published, DecisionKind.PUBLISH, moderator)]
    escalate(awaiting, moderator, words)
    for one in (appealed, refused):
        decided.append(decide(one, DecisionKind.REFUSE, moderator, RefusalReason.OTHER))
        notify.call(decided[-1].pk)
    appeal(appealed, author, words, language)
    notify.call(decided[0].pk)
    for other in ("fr", "en"):
        if other != language:
            text = translation_of(published, words, other)
    TranslationReport.objects.create(text=text, comment=words[:LONGEST_COMMENT], language=language)
    for one in (published, awaiting, appealed):
        one.refresh_from_db()
    return Hostile(author, published, awaiting, appealed, list(Mail.objects.all()))


def cookies_of(author: Participant) -> dict[str, str]:
    """What the author's browser brings."""
    response = HttpResponse()
    remember(response, author)
    return {name: morsel.value for name, morsel in response.cookies.items()}


def public_pages(debate: Debate, one: Hostile, language: str) -> list[str]:
    """Where the words are read: by everybody, and by their author alone."""
    ideas = address("ideas", debate.pk, language=language)
    return [
        address("idea", one.published.pk, language=language),
        address("report_translation", one.published.pk, language=language),
        f"{ideas}?order=most-votes",
        address("vote", debate.pk, language=language) + f"?idea={one.published.pk}",
        address("participation", language=language),
        address("withdraw", one.awaiting.pk, language=language),
        address("register", language=language),
    ]


def staff_pages(one: Hostile) -> list[str]:
    """Where moderators, translators and organisers read them."""
    into = "fr" if one.published.language == "en" else "en"
    return [
        "/admin/moderation/",
        f"/admin/moderation/{one.published.pk}/",
        f"/admin/moderation/{one.awaiting.pk}/",
        f"/admin/moderation/{one.appealed.pk}/",
        f"/admin/moderation/spam/?id={one.awaiting.pk}",
        "/admin/idea-translations/",
        f"/admin/idea-translations/{one.published.pk}/{into}/",
        "/admin/reports/site-history/",
    ]
