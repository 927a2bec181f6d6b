"""Contributions as they stand after sending, for the tests of what becomes public of them."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Permission, User
from django.test import Client

from submissions.consents import ANALYSIS, PUBLICATION_WITH_NAME, PUBLICATION_WITHOUT_NAME
from submissions.contributions.publishing.services import publish
from submissions.contributions.versions import content_of, sha256_of
from submissions.models import (
    Answer,
    Attachment,
    Consent,
    ContactDetails,
    Contribution,
    ContributionVersion,
    Draft,
    DraftAuthor,
    Publication,
    Question,
    Questionnaire,
)
from tests.factories import BilingualSite, bilingual_site, bilingual_theme, questionnaire_block
from themes.models import ThemePage

WITH_NAME, WITHOUT_NAME = PUBLICATION_WITH_NAME.purpose, PUBLICATION_WITHOUT_NAME.purpose
WORDS = "Marie Dupont of the port told us that the model was wrong. Open the models."


@dataclass
class Room:
    """A site in two languages with a theme that asks questions, and what was sent to it."""

    where: BilingualSite
    questionnaire: Questionnaire
    page: ThemePage | None = None
    page_fr: ThemePage | None = None

    def question(self, kind: str = "long_text") -> Question:
        """The first question of that kind."""
        found = self.questionnaire.questions.filter(kind=kind).order_by("position").first()
        assert found is not None
        return found

    def contribution(
        self,
        text: str = WORDS,
        *,
        publication: str | None = WITH_NAME,
        language: str = "en",
        short: str = "",
        email: str = "camille@example.org",
        draft: bool = True,
        **who: Any,
    ) -> Contribution:
        """One that was sent, with its first version and its author's draft."""
        identity = {
            "name": "Camille Noël",
            "organisation": "Institut d’étude",
            "role": "Researcher",
            "country": "FR",
            "respondent_type": "academic",
        } | who
        row = Contribution.objects.create(
            consultation=self.where.consultation, language=language, **identity
        )
        self.answer(row, text, language=language)
        if short:
            self.answer(row, short, kind="short_text", language=language)
        ContactDetails.objects.create(contribution=row, email=email)
        for purpose in (ANALYSIS.purpose, publication):
            if purpose:
                Consent.objects.create(
                    contribution=row, purpose=purpose, version="2026-11", language=language
                )
        if draft:
            begun = Draft.objects.create(
                consultation=row.consultation, language=language, contribution=row, writing=False
            )
            DraftAuthor.objects.create(
                draft=begun, owner=True, email=email, mailbox=email, language=language
            )
        self.version(row)
        return row

    def answer(
        self, row: Contribution, text: str = "", *, kind: str = "long_text", **more: Any
    ) -> Answer:
        """An answer of ``row``, or what it says now."""
        question = self.question(kind)
        fields = {"version": question.version, "language": row.language, "text": text} | more
        answer, _made = Answer.objects.update_or_create(
            contribution=row, question=question, defaults=fields
        )
        return answer

    def version(self, row: Contribution) -> ContributionVersion:
        """Record what ``row`` says as its next version."""
        number = row.versions.count() + 1
        Contribution.objects.filter(pk=row.pk).update(version=number)
        row.refresh_from_db()
        content = content_of(row)
        return ContributionVersion.objects.create(
            contribution=row,
            number=number,
            form_key=Draft._meta.get_field("form_key").get_default(),
            language=row.language,
            content=content,
            sha256=sha256_of(content),
        )

    def published(self, text: str = WORDS, **more: Any) -> Publication:
        """One that everybody may read."""
        return publish(self.contribution(text, **more), organiser())

    def file(self, row: Contribution, name: str = "report.pdf", **more: Any) -> Attachment:
        """A file of ``row``; nothing is stored."""
        fields = {"kind": "pdf", "size": 2048, "sha256": "ab" * 32, "scan": "clean"} | more
        key = f"{row.pk}-{Attachment.objects.count()}"
        return Attachment.objects.create(contribution=row, name=name, key=key, **fields)


def room(**consultation: Any) -> Room:
    """A site with a theme that asks one question of each kind, open in both languages."""
    where = bilingual_site(**consultation)
    page, page_fr = bilingual_theme(where, questionnaire_block())
    row = Questionnaire.objects.get(translation_key=page.translation_key)
    return Room(where, row, page, page_fr)


def room_at(where: BilingualSite, questionnaire: Questionnaire) -> Room:
    """The same at a questionnaire that is there."""
    return Room(where, questionnaire)


def member_of_staff(name: str, *permissions: str) -> User:
    """Somebody who enters the admin with these permissions of the submissions."""
    user, _made = User.objects.get_or_create(
        username=name, defaults={"email": f"{name}@example.org"}
    )
    user.user_permissions.set(
        [
            Permission.objects.get(codename="access_admin"),
            *Permission.objects.filter(
                content_type__app_label="submissions", codename__in=permissions
            ),
        ]
    )
    return user


def organiser() -> User:
    """Who reads, redacts and publishes."""
    return member_of_staff(
        "organiser", "view_contribution", "add_redaction", "publish_contribution"
    )


def reviewer() -> User:
    """Who reads, redacts and proposes, and publishes nothing."""
    return member_of_staff("reviewer", "view_contribution", "add_redaction")


def desk_of(user: User) -> Client:
    """Their browser."""
    client = Client()
    client.force_login(user)
    return client
