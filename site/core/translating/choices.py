"""Pictures, documents and pages that may be other ones in a translation.

Without a choice of its own a translation shows the picture of the original, and leads to the same
page in its own language, where there is one. Read in at most seven queries, however many there are.
"""

import json
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail_localize.models import OverridableSegment, SegmentOverride, Translation

from core.blocks.linked_documents import linked_in
from core.models import PageTranslation
from core.optional_pictures import NONE
from core.translating.places import Place, chosen_at, place_of
from core.translating.states import hold, words_written

NUMBER = re.compile(r"\d{1,9}", re.ASCII)  # of a row, as a browser sends it
THUMBNAIL = "max-165x165"
Key = tuple[type[Model], Any]


@dataclass
class Choice:
    """One place of the page at which an object is chosen."""

    row: OverridableSegment
    place: Place
    model: type[Model]
    source: Any  # what the original shows; None: nothing, or what is no longer there
    stands: Any  # what the translation shows
    chosen: int | None = None  # by a translator; None: what follows from the original
    gone: bool = False  # what was chosen is no longer there
    by: str = ""
    by_id: int | None = None
    at: datetime | None = None

    @property
    def name(self) -> str:
        """Of its place on the desk."""
        return f"c{self.row.pk}"

    @property
    def kind(self) -> str:
        """``picture``, ``document`` or ``page``."""
        if issubclass(self.model, get_image_model()):
            return "picture"
        return "document" if issubclass(self.model, get_document_model()) else "page"

    @property
    def absent(self) -> bool:
        """Whether the original shows nothing there: its translation may all the same."""
        return bool(self.row.data == NONE)

    @property
    def seen(self) -> str:
        """What was shown, so that a colleague's choice is not overwritten unseen."""
        return str(self.chosen or "")


def choices_of(translation: Translation, page: Any) -> list[Choice]:
    """Every object that ``page`` shows by choice, in its order."""
    rows = [
        (row, model)
        for row in OverridableSegment.objects.filter(source=translation.source_id)
        .select_related("context")
        .order_by("order")
        if isinstance(row.data, int) and (model := _kind(page, row))
    ]
    if not rows:
        return []
    own = {
        one.context_id: one
        for one in SegmentOverride.objects.filter(
            context__in=[row.context_id for row, _model in rows],
            locale=translation.target_locale_id,
        ).select_related("last_translated_by")
    }
    wanted: dict[type[Model], set[Any]] = defaultdict(set)
    for row, model in rows:
        wanted[model].add(row.data)
        if row.context_id in own:
            wanted[model].add(own[row.context_id].data)
    found: dict[Key, Any] = {}
    for model, ids in wanted.items():
        found |= {(model, one.pk): one for one in objects_of(model).filter(pk__in=ids)}
    there = _in_translation(found, translation)
    return [_choice(row, model, own.get(row.context_id), found, there, page) for row, model in rows]


def objects_of(model: type[Model]) -> QuerySet[Any]:
    """All of this kind; pictures with the small ones that are shown of them."""
    if issubclass(model, get_image_model()):
        pictures: QuerySet[Any] = get_image_model().objects.prefetch_renditions(THUMBNAIL)
        return pictures
    return model._default_manager.all()


def _in_translation(found: dict[Key, Any], translation: Translation) -> dict[Any, Page]:
    """The pages of the other language, by the key that they share with those of the original."""
    keys = [one.translation_key for one in found.values() if isinstance(one, Page)]
    pages = Page.objects.filter(translation_key__in=keys, locale=translation.target_locale_id)
    return {page.translation_key: page for page in pages} if keys else {}


def _kind(page: Any, row: OverridableSegment) -> type[Model] | None:
    if linked_in(row.context.path):
        documents: type[Model] = get_document_model()
        return documents
    model = chosen_at(page, row.context.field_path)
    known = (get_image_model(), get_document_model(), Page)
    return model if model is not None and issubclass(model, known) else None


def _choice(
    row: OverridableSegment,
    model: type[Model],
    override: SegmentOverride | None,
    found: dict[Key, Any],
    there: dict[Any, Page],
    page: Any,
) -> Choice:
    source = found.get((model, row.data))
    stands = there.get(source.translation_key, source) if isinstance(source, Page) else source
    place = place_of(page, row.context.path, row.context.field_path)
    if linked_in(row.context.path):
        place = replace(place, labels=(*place.labels, _("Document linked in the text")))
    choice = Choice(row, place, model, source, stands)
    if override is not None:
        person = override.last_translated_by
        choice.chosen = override.data
        choice.stands = found.get((model, override.data), stands)
        choice.gone = (model, override.data) not in found
        choice.by = (person.get_full_name() or person.get_username()) if person else ""
        choice.by_id = override.last_translated_by_id
        choice.at = override.updated_at
    return choice


class ChosenMeanwhile(Exception):
    """Another one was chosen since ``choice`` was read."""


@transaction.atomic
def choose(work: PageTranslation, page: Page, user: Any, choice: Choice, pk: int | None) -> None:
    """From now on the translation shows ``pk`` there; None: what follows from the original.

    Raises ``ChosenMeanwhile``.
    """
    hold(work)
    where = {
        "context_id": choice.row.context_id,
        "locale_id": work.translation.target_locale_id,
    }
    stands = SegmentOverride.objects.filter(**where).first()
    if (stands.data if stands else None) != choice.chosen:
        raise ChosenMeanwhile
    if pk is None:
        SegmentOverride.objects.filter(**where).delete()
    else:
        SegmentOverride.objects.update_or_create(
            **where,
            defaults={
                "data_json": json.dumps(pk),
                "last_translated_by": user,
                "has_error": False,
                "field_error": "",
            },
        )
    words_written(work, user, page)


def forget_gone(translation: Translation, page: Any) -> None:
    """What was chosen and is no longer there, or in place of what is not, can't be shown."""
    gone = [
        one
        for one in choices_of(translation, page)
        if one.gone or (one.source is None and not one.absent)
    ]
    SegmentOverride.objects.filter(
        context__in=[one.row.context_id for one in gone], locale=translation.target_locale_id
    ).delete()
