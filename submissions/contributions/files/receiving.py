"""What a form with files asks for: some are added, one is removed or put back.

The page of all files and each section with a question for a file send the same names of fields and
buttons, and each file is answered for by itself: that one is refused takes nothing from the others.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from submissions import limits
from submissions.contributions.files import services
from submissions.contributions.files.incoming import left_out
from submissions.contributions.files.names import shown_name
from submissions.contributions.files.words import FileRefused
from submissions.contributions.questions import FIELD_PREFIX
from submissions.models import Attachment, DraftAuthor, Question, QuestionKind

FIELD = "files"  # of the dossier as a whole; those of a question bear its field's name
ADD, REMOVE, PUT_BACK = "add_files", "remove_file", "put_back_file"
WHOLE = 0  # the dossier, where questions go by their number


@dataclass(frozen=True)
class Refusal:
    """A file that was not taken: as its sender called it, and the sentence that says why."""

    name: str
    sentence: str
    code: str


@dataclass
class Outcome:
    """What became of it, by question (``WHOLE``: of the dossier).

    ``stays``: a button of the files was pressed, or something is to be said: show the page again.
    """

    attached: dict[int, list[Attachment]] = field(default_factory=dict)
    refused: dict[int, list[Refusal]] = field(default_factory=dict)
    removed: Attachment | None = None
    returned: Attachment | None = None
    pressed: bool = False
    retry_after: int = 0

    @property
    def stays(self) -> bool:
        """Whether the page is shown again, rather than the next one."""
        return self.pressed or bool(self.refused)


def receive_files(
    request: HttpRequest, author: DraftAuthor, questions: Collection[Question] = ()
) -> Outcome:
    """Do what the form of ``request`` asks for: with the dossier's files, those of ``questions``.

    ``expect_files(request)`` was called before. Words that came along are not looked at.
    """
    outcome = Outcome(pressed=bool({ADD, REMOVE, PUT_BACK} & request.POST.keys()))
    fields = {FIELD: None} | {
        f"{FIELD_PREFIX}{one.pk}": one for one in questions if one.kind == QuestionKind.FILE
    }
    for name, question, uploaded in _sent(request, fields):
        _take(request, author, question, name, uploaded, outcome)
    _change(request, author, outcome)
    return outcome


def _sent(
    request: HttpRequest, fields: dict[str, Question | None]
) -> Iterator[tuple[str, Question | None, UploadedFile | FileRefused]]:
    for one in left_out(request):
        if one.field in fields:
            yield one.name, fields[one.field], one.refused
    for name, question in fields.items():
        for uploaded in request.FILES.getlist(name):
            yield uploaded.name or "", question, uploaded


def _take(
    request: HttpRequest,
    author: DraftAuthor,
    question: Question | None,
    name: str,
    uploaded: UploadedFile | FileRefused,
    outcome: Outcome,
) -> None:
    place = question.pk if question else WHOLE
    try:
        if isinstance(uploaded, FileRefused):
            raise uploaded
        limits.check(request, "upload", author.draft)
        attached = services.attach(author.draft, uploaded, question=question, author=author)
        outcome.attached.setdefault(place, []).append(attached)
    except limits.TooMany as too_many:
        outcome.retry_after = too_many.retry_after
        _refuse(outcome, place, name, FileRefused("too_often"))
    except FileRefused as refused:
        _refuse(outcome, place, name, refused)


def _refuse(outcome: Outcome, place: int, name: str, refused: FileRefused) -> None:
    told = Refusal(shown_name(name, ""), str(refused), refused.code)
    outcome.refused.setdefault(place, []).append(told)


def _change(request: HttpRequest, author: DraftAuthor, outcome: Outcome) -> None:
    """Remove or put back the file that a button names, if it is of this draft."""
    if not author.draft.writing:
        return
    if there := _named(request.POST.get(REMOVE), author):
        try:
            services.remove(there)
            outcome.removed = there
        except FileRefused as refused:
            _refuse(outcome, there.question_id or WHOLE, there.name, refused)
    if there := _named(request.POST.get(PUT_BACK), author):
        try:
            services.put_back(there)
            outcome.returned = there
        except FileRefused as refused:
            _refuse(outcome, there.question_id or WHOLE, there.name, refused)


def _named(said: str | None, author: DraftAuthor) -> Attachment | None:
    try:
        pk = UUID(said or "")
    except ValueError:
        return None
    return Attachment.objects.filter(pk=pk, draft=author.draft_id).first()
