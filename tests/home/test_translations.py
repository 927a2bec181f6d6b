"""Pages translated by commands: what stands for words, and what only looks like them."""

import pytest
from wagtail_localize.models import SegmentOverride, StringSegment, TranslationSource

from home.translations import translate
from tests.factories import ThemePageFactory, bilingual_site, picture, published
from themes.models import ThemePage

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("pictured", [True, False])
def test_a_number_among_the_words_is_no_picture(pictured: bool) -> None:
    where = bilingual_site()
    shown = picture() if pictured else None
    page = published(ThemePageFactory(parent=where.themes, picture=shown))
    source, _created = TranslationSource.update_or_create_from_instance(page)
    said = StringSegment.objects.filter(source=source).values_list("string__data", flat=True)
    words = {one: one for one in said} | {str(shown.pk if shown else 0): "2030"}
    french = translate(page, words, "eau", where.themes_fr.locale)
    assert not SegmentOverride.objects.exists()
    assert ThemePage.objects.get(pk=french.pk).picture == shown
