"""Where a text stands that somebody reads on the site: a page, its desk, an idea, a wording."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.fields import StreamField
from wagtail.models import Page, Site, get_page_models
from wagtail_localize.models import StringSegment, StringTranslation

from core.alternates import own_name
from core.checks import Written, written_on
from core.models import PageTranslation
from core.translating.states import states_of
from core.wordings.catalogue import messages_in
from core.wordings.searching import plain, says
from core.wordings.services import mendable, mended_in, stands
from home.workplace.reach import Reach
from home.workplace.standing import Standing
from submissions.models import IdeaStatus, IdeaText

SHORTEST = 3  # letters: less is found everywhere
MOST = 20  # of each kind
LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Found:
    """One place; ``url``: where its words are changed, empty for who may not."""

    kind: str
    title: str
    language: str
    place: str = ""
    url: str = ""
    read_at: str = ""  # where the public reads it
    note: str = ""

    @property
    def language_name(self) -> str:
        """Its language, in itself."""
        return own_name(self.language)


def long_enough(phrase: str) -> bool:
    """Whether it has letters enough to be looked for."""
    return len("".join(LETTERS.findall(phrase))) >= SHORTEST


def whereabouts(phrase: str, site: Site, user: Any) -> list[Found]:
    """Every place of the site that says ``phrase`` in public, whatever its accents and tags.

    A query for each kind of page and a few more, however much the site holds, and one for each
    page that a page which is looked through leads to; no more than ``MOST`` of a kind are.
    """
    if not long_enough(phrase):
        return []
    sought = plain(phrase)
    reach = Reach(user)
    return [
        *_in_pages(phrase, sought, site, reach),
        *_in_ideas(phrase, sought, site, reach),
        *_in_wordings(sought, reach),
    ]


def _in_pages(phrase: str, sought: str, site: Site, reach: Reach) -> Iterator[Found]:
    candidates = _candidates(phrase, Standing(site).homes.values())
    places: dict[int, list[Written]] = {}
    for page in candidates:
        parts = (part for part in written_on(page) if isinstance(part, Written))
        held = [one for one in parts if sought in plain(" ".join(one.paragraphs))]
        if held:
            places[page.pk] = held
    pages = [page for page in candidates if page.pk in places][:MOST]
    works = states_of(pages)
    anchors = _segments(sought, pages, works)
    for page in pages:
        for part in places[page.pk]:
            url = ""
            if reach.page(page) and page.pk in works:
                anchor = anchors.get((page.translation_key, page.locale_id), "")
                url = reverse("translating:desk", args=[page.pk]) + anchor
            elif reach.page(page):
                anchor = f"#block-{part.place.block_id}-section" if part.place.block_id else ""
                url = reverse("wagtailadmin_pages:edit", args=[page.pk]) + anchor
            kind = (
                _("Translation of a page") if page.pk in works else pgettext("whereabouts", "Page")
            )
            code = page.locale.language_code
            yield Found(kind, page.title, code, str(part.place), url, page.get_url() or "")


def _candidates(phrase: str, homes: Iterable[Page]) -> list[Page]:
    """Published pages whose fields hold the longest word of it: a query for each kind of page."""
    trees = Q(pk=None)
    for home in homes:
        trees |= Q(path__startswith=home.path)
    words = LETTERS.findall(phrase)
    longest = max(words, key=len, default="")
    found: list[Page] = []
    for model in get_page_models():
        names = [
            field.name
            for field in model._meta.get_fields()
            if isinstance(field, models.CharField | models.TextField | StreamField)
            and field.model in {model, Page}
        ]
        rows = model.objects.filter(trees, live=True, alias_of=None).select_related("locale")
        rows = rows.annotate(
            **{f"words_of_{name}": Cast(name, models.TextField()) for name in names}
        )
        holds = Q(pk=None)
        for name in names:
            holds |= Q(**{f"words_of_{name}__unaccent__icontains": longest})
        kind = Q(content_type__app_label=model._meta.app_label)
        found += rows.filter(holds, kind, content_type__model=model._meta.model_name)[: 2 * MOST]
    return found


def _segments(
    sought: str, pages: list[Page], works: dict[int, PageTranslation]
) -> dict[tuple[UUID, int], str]:
    """The field of the desk that holds it, of each translated page: two queries."""
    own = [page for page in pages if page.pk in works]
    rows = StringTranslation.objects.filter(
        context__object_id__in=[page.translation_key for page in own],
        locale__in={page.locale_id for page in own},
    ).select_related("context")
    said = [row for row in rows if sought in plain(row.data)] if own else []
    standing = StringSegment.objects.filter(
        source__in=[work.translation.source_id for work in works.values()],
        string__in=[row.translation_of_id for row in said],
    )
    fields = {(one.string_id, one.context_id): one.pk for one in standing} if said else {}
    return {
        (row.context.object_id, row.locale_id): f"#s{fields[row.translation_of_id, row.context_id]}"
        for row in reversed(said)
        if (row.translation_of_id, row.context_id) in fields
    }


def _in_ideas(phrase: str, sought: str, site: Site, reach: Reach) -> Iterator[Found]:
    longest = max(LETTERS.findall(phrase), key=len, default="")
    texts = IdeaText.objects.filter(
        idea__status=IdeaStatus.PUBLISHED,
        idea__debate__consultation__site=site,
        text__unaccent__icontains=longest,
    ).filter(Q(approved_at__isnull=False) | Q(language=models.F("idea__language")))
    held = [one for one in texts.select_related("idea")[: 10 * MOST] if sought in plain(one.text)]
    for one in held[:MOST]:
        url = note = ""
        if one.language == one.idea.language:
            note = _("The words of its author: moderators mend its spelling.")
        elif one.language in reach.ideas:
            url = reverse("idea_translations:desk", args=[one.idea_id, one.language])
        yield Found(pgettext("whereabouts", "Idea"), one.text, one.language, "", url, "", note)


def _in_wordings(sought: str, reach: Reach) -> Iterator[Found]:
    languages = [code for code, _name in settings.LANGUAGES]
    held = mended_in(languages)
    for code in languages:
        found = 0
        may_be_mended = mendable(code)
        for key, message in messages_in(code).items():
            if found == MOST:
                break
            words = stands(message, held[code])
            if not says(words, sought):
                continue
            found += 1
            url = note = ""
            if key not in may_be_mended:
                note = _("People agree to these words: a release changes them.")
            elif reach.wordings:
                query = urlencode({"context": key[0], "message": key[1]})
                url = f"{reverse('wordings:wording', args=[code])}?{query}"
            else:
                note = _("An administrator can mend it.")
            said = next((one for one in words if says([one], sought)), words[0])
            yield Found(_("Wording of the interface"), said, code, message.context, url, "", note)
