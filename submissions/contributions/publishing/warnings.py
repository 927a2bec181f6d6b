"""What staff should know before they publish: what no rule of ours can judge."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from submissions.consents import PUBLICATION_WITHOUT_NAME
from submissions.contributions.publishing.standing import PublicationStanding
from submissions.models import Contribution, Redaction, ScanState

SHORTEST = 3  # characters of a name that are worth looking for


@dataclass(frozen=True)
class Warned:
    """A sentence, and the words that it is about."""

    text: str
    words: tuple[str, ...] = ()


def warnings_of(standing: PublicationStanding) -> list[Warned]:
    """Of what would be published now; none where nothing would."""
    if standing.content is None:
        return []
    contribution, said = standing.contribution, _all_words(standing.content)
    return [
        *_names(contribution, standing.consent, said),
        *_redacted_elsewhere(contribution, said),
        *_files(contribution, standing.consent),
    ]


def _names(contribution: Contribution, consent: str | None, said: str) -> Iterator[Warned]:
    if consent != PUBLICATION_WITHOUT_NAME.purpose:
        return
    names = (contribution.name, contribution.organisation)
    told = tuple(name for name in names if len(name) >= SHORTEST and name.casefold() in said)
    if told:
        yield Warned(_("Published without a name, yet its words hold:"), told)
    else:
        yield Warned(
            _("Published without a name. Does the text itself tell who wrote it? Read it for that.")
        )


def _redacted_elsewhere(contribution: Contribution, said: str) -> Iterator[Warned]:
    """Words that were taken out in one place and stand in another."""
    quotes = Redaction.objects.filter(answer__contribution=contribution, lost=False)
    left = sorted(
        {
            quote
            for quote in quotes.values_list("quote", flat=True)
            if len(quote) >= SHORTEST and " ".join(quote.casefold().split()) in said
        }
    )
    if left:
        yield Warned(_("Taken out in one place, and still to be read in another:"), tuple(left))


def _files(contribution: Contribution, consent: str | None) -> Iterator[Warned]:
    files = list(contribution.attachments.filter(removed_at=None, withheld=None))
    pending = [file for file in files if file.scan == ScanState.PENDING]
    if pending:
        yield Warned(
            ngettext(
                "%(number)s file is still being checked, and is left out until then.",
                "%(number)s files are still being checked, and are left out until then.",
                len(pending),
            )
            % {"number": len(pending)}
        )
    telling = tuple(file.name for file in files if file.tells)
    if telling:
        yield Warned(_("These files tell more than their text (author, comments…):"), telling)
    if files and consent == PUBLICATION_WITHOUT_NAME.purpose:
        yield Warned(
            _("Its files may name their author inside. What you have not opened, withhold.")
        )


def _all_words(content: dict[str, Any]) -> str:
    """All that its author wrote, for looking for words in it."""
    texts = [answer.get("text", "") for part in content["parts"] for answer in part["answers"]]
    texts += [file["name"] for file in content["files"]]
    return " ".join(" ".join(texts).casefold().split())
