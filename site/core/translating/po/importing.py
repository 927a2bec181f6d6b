"""A file of translations on its way in: kept, reported, imported whole or not at all."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail_localize.models import Translation
from wagtail_localize.strings import StringValue

from core.clock import database_now
from core.models import PageTranslation, TranslationFile
from core.translating.access import may_translate
from core.translating.po.archive import LARGEST_ARCHIVE, files_of
from core.translating.po.plan import FilePlan, Line, digest, plan_of
from core.translating.po.reading import Fault, FileRefused, read
from core.translating.po.writing import translation_into, translations_under
from core.translating.saving import save
from core.translating.segments import segments_of

IMPORTED = "core.translations_imported"
KEPT_FOR = timedelta(days=1)


class ChangedMeanwhile(Exception):
    """The pages say something else than when the report was read."""


def keep(page: Page, user: Any, name: str, content: bytes, *, tree: bool) -> TranslationFile:
    """Read the file, refuse it or keep it until its report was read. Raises ``FileRefused``."""
    TranslationFile.objects.filter(kept_at__lt=database_now() - KEPT_FOR).delete()
    kept = TranslationFile(page=page, by=user, name=name[:255], content=content, tree=tree)
    plans_of(kept, user)
    kept.save()
    return kept


def plans_of(kept: TranslationFile, user: Any) -> list[FilePlan]:
    """What the file would change, page by page. Raises ``FileRefused`` with all faults at once."""
    content = bytes(kept.content)
    if len(content) > LARGEST_ARCHIVE:
        raise FileRefused(Fault("archive_too_large" if kept.tree else "too_large", file=kept.name))
    packed = files_of(content) if kept.tree else [(kept.name, content)]
    pages = _pages(kept)
    plans: list[FilePlan] = []
    faults: list[Fault] = []
    taken: set[int] = set()
    for name, one in packed:
        try:
            file = read(name, one)
            found = pages.get(str(file.identity))
            if found is None:
                raise FileRefused(_stranger(kept, str(file.identity), name, user))
            page, translation = found
            if translation.pk in taken:
                raise FileRefused(Fault("page_twice", file=name))
            if not may_translate(user, page):
                raise FileRefused(Fault("not_yours", file=name))
            taken.add(translation.pk)
            plans.append(plan_of(file, page, translation))
        except FileRefused as refused:
            faults += refused.faults
    if faults:
        raise FileRefused(*faults)
    return plans


def _pages(kept: TranslationFile) -> dict[str, tuple[Page, Translation]]:
    """The pages that the file may speak of, by what its header names."""
    if kept.tree:
        found = translations_under(kept.page)
    else:
        translation = translation_into(kept.page)
        found = [(kept.page, translation)] if translation else []
    return {str(translation.uuid): (page, translation) for page, translation in found}


def _stranger(kept: TranslationFile, identity: str, name: str, user: Any) -> Fault:
    """Of another page or language; which, for who may know."""
    other = Translation.objects.filter(uuid=identity).select_related("source", "target_locale")
    translation = other.first()
    if translation is None:
        return Fault("unknown_page", 1, file=name)
    same_page = translation.source.object_id == kept.page.translation_key
    if same_page and translation.target_locale_id != kept.page.locale_id:
        return Fault("language", 1, translation.target_locale.language_code, file=name)
    return Fault("outside" if kept.tree else "other_page", 1, file=name)


@transaction.atomic
def import_kept(
    kept: TranslationFile, user: Any, seen: str, replace: Collection[str] = ()
) -> list[FilePlan]:
    """Write what fits, and of the conflicts those of ``replace`` (``key_of``): all or nothing.

    ``seen``: the digest of the report. Raises ``ChangedMeanwhile`` where it is no longer true,
    ``FileRefused`` where the file can no longer be taken.
    """
    identities = [one.pk for _page, one in _pages(kept).values()]
    # Two imports, or an import and a desk, wait for each other.
    list(Translation.objects.select_for_update().filter(pk__in=identities).order_by("pk"))
    plans = plans_of(kept, user)
    if digest(plans) != seen:
        raise ChangedMeanwhile
    for plan in plans:
        _write(plan, user, replace)
    kept.delete()
    return plans


def _write(plan: FilePlan, user: Any, replace: Collection[str]) -> None:
    """By the same way as the desk, so that the same is asked of the words."""
    chosen = [one for one in plan.conflicts if key_of(plan, one.string, one.context) in replace]
    lines = {(one.string, one.context): one for one in [*plan.fits, *chosen]}
    if not lines:
        return
    posted: dict[str, str] = {}
    at: dict[str, Line] = {}
    for segment in segments_of(plan.translation, plan.page):
        if segment.address:
            continue
        line = lines.get((segment.row.string_id, segment.row.context_id))
        if line is None:
            continue
        words = line.words if segment.rich else StringValue(line.words).render_text()
        posted |= {
            segment.name: words,
            f"seen-{segment.name}": segment.token,
            f"read-{segment.name}": "1",
        }
        at[segment.name] = line
    work, _created = PageTranslation.objects.get_or_create(translation=plan.translation)
    saved = save(work, plan.page, user, posted)
    if saved.faults:
        raise FileRefused(
            *(
                Fault("not_taken", at[one.name].line, one.error, file=plan.name)
                for one in saved.faults
            )
        )
    log(plan.page, IMPORTED, user=user, data={"strings": len(lines), "file": plan.name})


def key_of(plan: FilePlan, string: int, context: int) -> str:
    """One string of one page, as a form names it."""
    return f"{plan.translation.pk}-{string}-{context}"
