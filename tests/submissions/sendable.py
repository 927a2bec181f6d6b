"""A dossier that is ready to be sent, its author's browser, and what tests ask of both."""

import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory

from submissions.contributions.drafts.access import let_in
from submissions.contributions.drafts.services import begin
from submissions.contributions.sending import send
from submissions.models import (
    Contribution,
    Draft,
    DraftAuthor,
    Mail,
    MailKind,
    Question,
    Questionnaire,
)
from tests.factories import (
    BilingualSite,
    bilingual_site,
    bilingual_theme,
    questionnaire_block,
)
from tests.submissions.conftest import Visitor, address

CAMILLE, SACHA = "camille@example.org", "sacha@example.org"
WORDS = "Open the models that public money pays for."
ABOUT = {
    "respondent_type": ["academic"],
    "name": ["Camille Noël"],
    "organisation": ["Institut d’étude"],
    "role": ["Researcher"],
    "country": ["FR"],
    "email": [CAMILLE],
}
CONSENTS = {"analysis": ["on"], "publication": ["publication_with_name"]}
LINK = re.compile(r"https?://[^/\s]+(/\w+/[\w/-]+/)\?key=([\w-]{43})")
TWO_TEXTS = [
    ("long_text", {"label": "What do you propose?"}),
    ("short_text", {"label": "Name one project.", "help_text": "A few words."}),
]


@dataclass
class Sendable:
    """One draft over one questionnaire or several, and who owns it."""

    where: BilingualSite
    questionnaires: list[Questionnaire]
    author: DraftAuthor

    @property
    def draft(self) -> Draft:
        """As the database has it now."""
        return Draft.objects.select_related("contribution").get(pk=self.author.draft_id)

    @property
    def me(self) -> DraftAuthor:
        """The same author, with the draft as it is now."""
        return DraftAuthor.objects.select_related(
            "draft__consultation__site", "draft__contribution"
        ).get(pk=self.author.pk)

    def question(self, kind: str = "long_text", theme: int = 0) -> Question:
        """The question of that kind, of one of the themes."""
        return self.questionnaires[theme].questions.get(kind=kind)

    def write(
        self, words: str = WORDS, kind: str = "long_text", theme: int = 0, language: str = "en"
    ) -> None:
        """Make ``words`` the answer to a question, as saving a section does."""
        question = self.question(kind, theme)
        self.author.draft.answers.update_or_create(
            question=question,
            defaults={
                "data": {f"question_{question.pk}": [words]},
                "version": question.version,
                "language": language,
            },
        )

    def tell(self, key: str, data: dict[str, list[str]], language: str = "en") -> None:
        """Fill in a part: ``about`` or ``consents``."""
        self.author.draft.parts.update_or_create(
            key=key, defaults={"data": data, "language": language}
        )

    def send(self, language: str = "en", **options: Any) -> Contribution:
        """Send it as it stands."""
        options.setdefault("form_key", self.draft.form_key)
        return send(self.me, language=language, **options)

    def browser(self, author: DraftAuthor | None = None) -> Visitor:
        """A browser that was let in as ``author``: the owner unless told otherwise."""
        visitor, response = Visitor(), HttpResponse()
        author = DraftAuthor.objects.get(pk=(author or self.author).pk)
        let_in(response, RequestFactory().get("/"), author)
        name = settings.DRAFT_COOKIE_NAME
        visitor.cookies[name] = response.cookies[name].value
        return visitor

    def at(self, view: str, language: str = "en") -> str:
        """The address of one of its pages."""
        return address(view, str(self.author.draft_id), language=language)

    def form(self, browser: Visitor, language: str = "en") -> dict[str, Any]:
        """What the form of the check page would send."""
        page = browser.get(self.at("draft_check", language)).content.decode()
        return {
            name: re.findall(rf'name="{name}" value="([^"]+)"', page)
            for name in ("form_key", "sends")
        }


def blank(
    themes: int = 1, questions: Any = None, *, where: BilingualSite | None = None
) -> Sendable:
    """A draft that was just begun, over as many themes."""
    where = where or bilingual_site()
    rows = []
    for number in range(themes):
        block = questionnaire_block(f"Questionnaire {number}", questions=questions or TWO_TEXTS)
        page, _page_fr = bilingual_theme(where, block)
        rows.append(Questionnaire.objects.get(translation_key=page.translation_key))
    return begun(where, rows)


def begun(where: BilingualSite, rows: list[Questionnaire]) -> Sendable:
    """A draft over questionnaires that are there."""
    return Sendable(where, rows, begin(where.consultation, language="en", questionnaires=rows))


def ready(themes: int = 1, **options: Any) -> Sendable:
    """One that can be sent."""
    return filled(blank(themes, **options))


def filled(dossier: Sendable) -> Sendable:
    """The same, with an answer to each questionnaire and both parts."""
    for theme in range(len(dossier.questionnaires)):
        dossier.write(f"{WORDS} ({theme})" if theme else WORDS, theme=theme)
    dossier.tell("about", ABOUT)
    dossier.tell("consents", CONSENTS)
    return dossier


def co_author(dossier: Sendable, email: str = SACHA, **fields: Any) -> DraftAuthor:
    """Somebody else who writes it."""
    return DraftAuthor.objects.create(
        draft=dossier.draft, language="en", email=email, mailbox=email, **fields
    )


def mailed_key(kind: str = MailKind.DRAFT_LINK) -> str:
    """The key of the link in the newest message of ``kind``; nothing if it holds none."""
    found = LINK.search(Mail.objects.filter(kind=kind).latest("pk").text)
    return found[2] if found else ""


def press(visitor: Visitor, key: str) -> Any:
    """Open the page of the link and press its button."""
    assert visitor.get(address("draft_link"), {"key": key}).status_code == 200
    return visitor.post(address("draft_link"), {"key": key})
