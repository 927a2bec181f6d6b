"""PO files in tests: a French page to translate, its file filled in, sent and confirmed."""

import io
import zipfile
from typing import Any

import polib
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation

from core.translating.po.writing import as_po
from home.models import HomePage
from tests.factories import StandardPageFactory, published, translate
from tests.recalled import recalled


def begun(title: str = "About", parent: Page | None = None) -> tuple[Page, Translation]:
    """A French page of which nothing is translated, and its translation."""
    if parent is None:
        return recalled(f"begun {title}", lambda: _begin(title, None), after="site")
    return _begin(title, parent)


def _begin(title: str, parent: Page | None) -> tuple[Page, Translation]:
    page = published(
        StandardPageFactory(
            parent=parent or HomePage.objects.get(locale__language_code="en"), title=title
        )
    )
    page_fr = translate(page, publish=False)
    translation = Translation.objects.get(
        source__object_id=page.translation_key, target_locale=page_fr.locale_id
    )
    StringTranslation.objects.filter(context__object_id=page.translation_key).delete()
    return page_fr, translation


def filled(translation: Translation, **words: str) -> polib.POFile:
    """Its file, each string translated; ``words`` by the path of the string."""
    file = polib.pofile(as_po(translation))
    for entry in file:
        entry.msgstr = words.get(entry.msgctxt, f"fr {entry.msgid}")
        entry.flags = []
    return file


def upload(client: Client, page: Page, content: str | bytes, *, tree: bool = False) -> Any:
    raw = content.encode() if isinstance(content, str) else content
    kind = "trees" if tree else "pages"
    name = "file.zip" if tree else "file.po"
    where = f"/admin/translating/{kind}/{page.pk}/po/import/"
    return client.post(where, {"file": SimpleUploadedFile(name, raw)})


def confirm(client: Client, answer: Any, **said: Any) -> Any:
    shown = client.get(answer.url)
    assert shown.status_code == 200
    return client.post(answer.url, {"act": "import", "seen": shown.context["seen"]} | said)


def words_of(translation: Translation) -> dict[str, str]:
    found = StringTranslation.objects.filter(context__object_id=translation.source.object_id)
    return {one.context.path: one.data for one in found.select_related("context")}


def packed(**files: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()
