"""Two texts to one question: what stands beside the form, to be chosen or brought together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from submissions.contributions.answers import typed_in_words
from submissions.contributions.drafts.authors import authors_of
from submissions.contributions.drafts.dossier import Dossier
from submissions.contributions.drafts.services import KEEP_STORED
from submissions.contributions.drafts.stamps import digest_of, tidy
from submissions.contributions.questions import AskedQuestion
from submissions.contributions.sections import AnswersForm
from submissions.models import DraftAuthor


@dataclass(frozen=True)
class OtherText:
    """Somebody's words. ``choice``: what the form says to take them."""

    choice: str
    text: str
    at: datetime
    mine: bool
    author: str  # a name; empty: not given


@dataclass(frozen=True)
class Beside:
    """A question with other words than those in the form."""

    question: int
    label: str
    field: str  # where the form's words are
    others: Sequence[OtherText]
    digests: Sequence[str]  # of what was kept beside, and goes once somebody chose


def beside(
    asked: AskedQuestion, dossier: Dossier, author: DraftAuthor, form: AnswersForm, *, met: bool
) -> Beside | None:
    """What else was written to ``asked``. ``met``: the form's words are newer than what stands."""
    row = dossier.answers.get(asked.question.pk)
    if row is None or not (row.aside or met):
        return None
    here = digest_of(tidy(form.raw(asked)))
    names = {one.pk: one.name for one in authors_of(dossier.draft)}
    others = []
    if met:
        others.append(
            OtherText(
                KEEP_STORED,
                typed_in_words(asked, row.data),
                row.saved_at,
                row.saved_by_id == author.pk,
                names.get(row.saved_by_id or 0, ""),
            )
        )
    for one in row.aside:
        digest = digest_of(one["data"])
        if digest != here:
            others.append(
                OtherText(
                    digest,
                    typed_in_words(asked, one["data"]),
                    datetime.fromisoformat(one["at"]),
                    one["author"] == author.pk,
                    names.get(one["author"], ""),
                )
            )
    digests = [digest_of(one["data"]) for one in row.aside]
    first = next(iter(form.raw(asked)), asked.field_name)
    return Beside(asked.question.pk, asked.label, f"id_{first}", others, digests)
