"""Fifty pages of a real kind go all the way: sent, translated by PO, reviewed, published, read."""

import io
import zipfile
from typing import Any

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.models import Page

from core.models import PageTranslation, TranslationState
from home.models import StandardPage
from home.roles import grant_roles
from submissions.models import Debate, Questionnaire
from tests.core.translating.desk import publish
from tests.core.translating_bulk.sending import desk_of, french, member, sent, the_job, work
from tests.factories import (
    BilingualSite,
    StandardPageFactory,
    ThemePageFactory,
    bilingual_site,
    debate_block,
    published,
    questionnaire_block,
)

pytestmark = [pytest.mark.django_db, pytest.mark.more, pytest.mark.timeout(1800)]

THEMES, PAGES = 8, 42
RICH = (
    '<p>Read <a href="https://example.org/{n}">the report</a> &amp; <b>answer</b> by “Friday”.</p>'
    "<ul><li>First: who decides?</li><li>Then, how much does it cost: €{n}?</li></ul>"
)


def tree_of(site: BilingualSite) -> list[Page]:
    """Eight themes with forms below the list of themes; forty-two pages of text, three deep."""
    top = published(
        StandardPageFactory(parent=site.home, title="Guide", body=[("text", RICH.format(n=0))])
    )
    pages: list[Page] = [top]
    for n in range(1, PAGES):
        parent = pages[(n - 1) // 6]
        page = StandardPageFactory(
            parent=Page.objects.get(pk=parent.pk),
            title=f"Chapter {n} – l’été & <after>",
            slug=f"chapter-{n}",
            body=[("text", RICH.format(n=n))],
        )
        pages.append(published(page))
    for n in range(THEMES):
        theme = ThemePageFactory(
            parent=site.themes,
            title=f"Theme {n}",
            body=[
                ("text", RICH.format(n=n)),
                debate_block(title=f"Ideas {n}"),
                questionnaire_block(title=f"Contribution {n}"),
            ],
        )
        pages.append(published(theme))
    return pages


def into_french(text: str) -> str:
    """What a translator makes of it; marks stay."""
    for said, meant in (
        ("Read", "Lisez"),
        ("the report", "le rapport"),
        ("answer", "répondez"),
        ("Chapter", "Chapitre"),
        ("chapter", "chapitre"),
        ("Guide", "Guide pratique"),
        ("Theme", "Thème"),
        ("theme", "theme"),
    ):
        text = text.replace(said, meant)
    return text


def translated(archive: bytes) -> bytes:
    """Every file of the archive, filled in by a program that speaks PO."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as came,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as goes,
    ):
        for name in came.namelist():
            file = polib.pofile(came.read(name).decode())
            for entry in file:
                if not entry.msgstr:
                    entry.msgstr = into_french(entry.msgid)
            goes.writestr(name, str(file))
    return out.getvalue()


def imported(client: Client, tree: Page, archive: bytes) -> Any:
    where = f"/admin/translating/trees/{tree.pk}/po/import/"
    answer = client.post(where, {"file": SimpleUploadedFile("tree.zip", archive)})
    assert answer.status_code == 302, answer.content.decode()
    report = client.get(answer["Location"])
    return client.post(answer["Location"], {"act": "import", "seen": report.context["seen"]})


def test_fifty_pages_are_sent_translated_by_po_reviewed_and_published() -> None:
    site = bilingual_site()
    grant_roles()
    pages = tree_of(site)
    assert len(pages) == THEMES + PAGES
    sent(desk_of(member("ed", "Editors")), site.home, "fr")
    work()
    job = the_job()
    assert len(job.made) == len(pages) and not job.failed and not job.left_out

    fleur = desk_of(member("fleur", "Translators: French"))
    out = fleur.get(f"/admin/translating/trees/{site.home_fr.pk}/po.zip")
    assert imported(fleur, site.home_fr, translated(out.content)).status_code == 302

    paul = desk_of(member("paul", "Publishers: French"))
    made = [french(page) for page in pages]
    for page in made:
        assert page is not None
        desk = f"/admin/translating/pages/{page.pk}/"
        assert fleur.post(f"{desk}publish/", {"reviewed": "on"}).status_code in {302, 403}
        ready = fleur.post(f"{desk}ready/")
        assert ready.status_code == 302, ready.context["reasons"]
    works = PageTranslation.objects.filter(
        translation__source__object_id__in=[page.translation_key for page in pages]
    )
    assert set(works.values_list("state", flat=True)) == {TranslationState.READY}
    for page in made:
        assert page is not None
        answer = publish(paul, page)
        assert answer.status_code == 302, answer.context["reasons"]
    assert set(works.values_list("state", flat=True)) == {TranslationState.PUBLISHED}
    as_read(site, pages)


def as_read(site: BilingualSite, pages: list[Page]) -> None:
    """What the public gets in both languages: the words, the links, the forms."""
    for n, page in enumerate(pages):
        other = french(page)
        assert other is not None and other.live and other.locale.language_code == "fr"
        assert other.depth == page.depth and other.get_parent() == french(page.get_parent())
        answer = Client().get(other.url)
        said = answer.content.decode()
        assert answer.status_code == 200 and '<html lang="fr"' in said
        assert "le rapport</a>" in said and "<b>répondez</b>" in said
        assert "Read <a" not in said and "&lt;a id" not in said
        number = n if n < PAGES else n - PAGES
        assert f'href="https://example.org/{number}"' in said
        if isinstance(page.specific, StandardPage) and n:
            assert other.title == f"Chapitre {n} – l’été & <after>"
            assert other.slug == f"chapitre-{n}"
            assert "&lt;after&gt;" in said
    forms = [*Debate.objects.all(), *Questionnaire.objects.all()]
    assert len(forms) == 2 * THEMES
    assert all(form.level and set(form.live_languages) == {"en", "fr"} for form in forms)
    assert Client().get(site.home_fr.url).status_code == 200
