"""Files as a page shows them: what each is, where it stands, what it tells; room for more."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q
from django.db.models.functions import Now
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from submissions.contributions.files import limits
from submissions.contributions.files.receiving import FIELD, WHOLE, Outcome, Refusal
from submissions.contributions.files.retention import REMOVED_KEPT_FOR
from submissions.contributions.files.words import STATES, TOLD
from submissions.contributions.questions import FIELD_PREFIX
from submissions.models import Attachment, AttachmentType, Draft, Question, ScanState

# For the window in which files are chosen; whatever is chosen there is judged by its content.
ACCEPTED = ",".join(
    [
        *(f".{kind}" for kind in AttachmentType.values),
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.oasis.opendocument.text",
    ]
)


@dataclass(frozen=True)
class ShownFile:
    """One file of a draft."""

    row: Attachment
    state: str | Promise
    told: list[str | Promise]

    @property
    def readable(self) -> bool:
        """Whether its bytes are still there."""
        return self.row.scan != ScanState.INFECTED


@dataclass(frozen=True)
class FileControl:
    """What ``files/control.html`` shows for one place of a draft: a question, or the whole."""

    draft: Draft
    name: str  # of the field
    label: str
    files: list[ShownFile]
    removed: list[ShownFile] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    left: int = 0  # how many files more the dossier takes
    most: int = limits.MOST_FILES
    accepted: str = ACCEPTED
    help_text: str = ""
    required: bool = False

    @property
    def id(self) -> str:
        """The id of its input, to which errors lead."""
        return f"id_{self.name}"

    @property
    def described_by(self) -> str:
        """The ids of what is said about its input."""
        said = [f"{self.id}_helptext"] if self.help_text else []
        said.append(f"{self.id}_limits")
        return " ".join([*said, f"{self.id}_error"] if self.refused else said)


def shown(row: Attachment) -> ShownFile:
    """A file with the words for its state and for what it tells."""
    return ShownFile(row, STATES[row.scan], [TOLD[code] for code in row.tells if code in TOLD])


def controls_of(
    draft: Draft, questions: Iterable[Question] = (), outcome: Outcome | None = None
) -> dict[int, FileControl]:
    """The control of the whole dossier (``WHOLE``), and those of ``questions``: one query.

    The wordings of ``questions`` are prefetched.
    """
    rows = list(_rows(draft))
    left = max(0, limits.MOST_FILES - sum(row.removed_at is None for row in rows))
    refused = outcome.refused if outcome else {}
    controls = {
        WHOLE: FileControl(
            draft,
            FIELD,
            _("Files for the whole contribution"),
            *_of_place(rows, None),
            refused=refused.get(WHOLE, []),
            left=left,
        )
    }
    for question in questions:
        wording = question.wording_in(get_language())
        controls[question.pk] = FileControl(
            draft,
            f"{FIELD_PREFIX}{question.pk}",
            str(question),
            *_of_place(rows, question.pk),
            refused=refused.get(question.pk, []),
            left=left,
            help_text=wording.help_text if wording else "",
            required=question.required,
        )
    return controls


def _rows(draft: Draft) -> Iterable[Attachment]:
    """Those of the draft, and those that can still be put back."""
    lately = Q(removed_at__isnull=True) | Q(removed_at__gt=Now() - REMOVED_KEPT_FOR)
    return Attachment.objects.filter(lately, draft=draft).order_by("uploaded_at", "pk")


def _of_place(
    rows: Iterable[Attachment], question: int | None
) -> tuple[list[ShownFile], list[ShownFile]]:
    """The files that stand there, and those that can be put back."""
    of_it = [row for row in rows if row.question_id == question]
    gone = [row for row in of_it if row.removed_at is not None]
    return (
        [shown(row) for row in of_it if row.removed_at is None],
        [shown(row) for row in gone if row.scan != ScanState.INFECTED],
    )
