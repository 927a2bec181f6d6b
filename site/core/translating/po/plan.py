"""What a file would change, told before anything is: what fits, what does not, and why."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.strings import StringValue, validate_translation_links

from core.slugs import slugify
from core.translating.markup import is_whole
from core.translating.places import place_of
from core.translating.po.reading import Entry, Fault, FileRefused, PoFile

LONGEST = 50_000  # characters of one string


@dataclass(frozen=True)
class Line:
    """One entry beside what stands: where, the words now and then."""

    line: int
    source: str
    words: str
    stands: str = ""
    string: int = 0
    context: int = 0


@dataclass
class FilePlan:
    """What one file would do to one page."""

    name: str
    page: Page
    translation: Translation
    new: list[Line] = field(default_factory=list)
    changed: list[Line] = field(default_factory=list)
    # Somebody wrote other words in the desk after the file was written.
    conflicts: list[Line] = field(default_factory=list)
    # The source says something else now, or no longer has the string.
    gone: list[Line] = field(default_factory=list)
    unsure: list[Line] = field(default_factory=list)
    same: int = 0
    empty: int = 0

    @property
    def fits(self) -> list[Line]:
        """What is imported without being asked once more."""
        return [*self.new, *self.changed]

    @property
    def left_out(self) -> int:
        """How many entries are told one by one."""
        return len(self.conflicts) + len(self.gone) + len(self.unsure)


def digest(plans: list[FilePlan]) -> str:
    """Of all that the report says: the same as long as nothing changed meanwhile."""
    said = repr(
        [
            (plan.translation.pk, plan.new, plan.changed, plan.conflicts, plan.gone, plan.unsure)
            for plan in plans
        ]
    )
    return hashlib.sha256(said.encode()).hexdigest()


def plan_of(file: PoFile, page: Page, translation: Translation) -> FilePlan:
    """What ``file`` would change on ``page``; two queries. Raises ``FileRefused``."""
    target = translation.target_locale.language_code
    said = file.language.replace("_", "-").casefold().partition("-")[0]
    if said and said != target.casefold().partition("-")[0]:
        raise FileRefused(Fault("language", 1, file.language[:20], file=file.name))
    plan = FilePlan(file.name, page, translation, empty=file.empty)
    segments = {
        (one.context.path, one.string.data): one
        for one in StringSegment.objects.filter(source=translation.source_id)
        .select_related("context", "string")
        .order_by("order")
    }
    written = {
        (one.translation_of_id, one.context_id): one
        for one in StringTranslation.objects.filter(
            locale=translation.target_locale_id, context__object_id=translation.source.object_id
        )
    }
    now_there: dict[str, list[str]] = {}
    for path, words in segments:
        now_there.setdefault(path, []).append(words)
    faults: list[Fault] = []
    model = translation.source.specific_content_type.model_class()
    for entry in file.entries:
        segment = segments.get((entry.context, entry.source))
        if segment is None:
            now = now_there.get(entry.context, [])
            stands = now[0] if len(now) == 1 else ""
            plan.gone.append(Line(entry.line, entry.source, entry.words, stands))
            continue
        faults += faults_of(entry, segment, model, file.name)
        _sort(plan, file, entry, segment, written.get((segment.string_id, segment.context_id)))
    if faults:
        raise FileRefused(*faults)
    return plan


def _sort(
    plan: FilePlan,
    file: PoFile,
    entry: Entry,
    segment: StringSegment,
    stands: StringTranslation | None,
) -> None:
    """Put one entry where the report tells of it."""
    words = _as_stored(entry, segment)
    line = Line(
        entry.line,
        entry.source,
        words,
        stands.data if stands else "",
        segment.string_id,
        segment.context_id,
    )
    by_machine = stands is not None and (
        stands.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE
    )
    if entry.unsure:
        if stands is not None and stands.data == words:
            plan.same += 1
        else:
            plan.unsure.append(line)
    elif stands is None:
        plan.new.append(line)
    elif stands.data == words and not by_machine:
        plan.same += 1
    elif file.written_at is None or stands.updated_at > file.written_at:
        # Nobody wrote it with this file before their eyes; a machine's words give way.
        (plan.changed if by_machine else plan.conflicts).append(line)
    else:
        plan.changed.append(line)


def _as_stored(entry: Entry, segment: StringSegment) -> str:
    """The words as they are kept: addresses are made of words by the rule of ``core.slugs``."""
    if segment.context.path == "slug":
        return slugify(StringValue(entry.words).render_text())
    return entry.words


def faults_of(entry: Entry, segment: StringSegment, model: Any, name: str) -> Iterator[Fault]:
    """Why these words would break the page, if they would."""
    if len(entry.words) > LONGEST:
        yield Fault("too_long", entry.line, entry.words[:80], file=name)
        return
    if not is_whole(entry.words):
        yield Fault("broken_html", entry.line, entry.words[:80], file=name)
        return
    try:
        StringValue.from_translated_html(entry.words)
    except ValueError:
        yield Fault("html", entry.line, entry.words[:80], file=name)
        return
    try:
        validate_translation_links(segment.string.data, entry.words)
    except ValueError:
        yield Fault("links", entry.line, entry.words[:80], file=name)
        return
    if segment.context.path == "slug" and not _as_stored(entry, segment):
        yield Fault("slug", entry.line, entry.words[:80], file=name)
    if longest := place_of(model, segment.context.path, segment.context.field_path).limit:
        length = len(StringValue(entry.words).render_text())
        if length > longest:
            yield Fault("too_long", entry.line, entry.words[:80], file=name)
