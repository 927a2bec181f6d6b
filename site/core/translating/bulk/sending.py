"""One page is sent to translation: a draft of it in the other language, ready to be translated."""

from typing import Any

from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from core.models import PageTranslation, TranslationState
from core.translating.following import take_draft


def send(page: Page, locale: Locale, user: Any) -> Translation:
    """Make ``page`` in ``locale``, for the desk; nothing of it is put before the public.

    The page above must stand there: otherwise ``ParentNotTranslatedError``. What is not published
    is sent as its editor last saved it. Raises ``ValidationError`` where the page can't be made.
    """
    if page.live:  # what is published is followed: what stands there is what it says
        source, _made = TranslationSource.get_or_create_from_instance(page.specific)
    else:
        source = take_draft(page, user)
    translation: Translation = Translation.objects.update_or_create(
        source=source, target_locale=locale, defaults={"enabled": True}
    )[0]
    # Not save_target(): it would copy the pages above, as aliases before the public.
    source.create_or_update_translation(
        locale, user=user, publish=False, copy_parent_pages=False, fallback=True
    )
    # What was said of a page that stood there once and was deleted is not true of this one.
    works = PageTranslation.objects.filter(translation=translation)
    works.exclude(state=TranslationState.NEW).update(
        state=TranslationState.IN_PROGRESS,
        ready_at=None,
        ready_by=None,
        reviewed_at=None,
        reviewed_by=None,
    )
    return translation
