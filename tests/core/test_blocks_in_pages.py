"""Blocks in pages: previews for the editor, and what translation keeps."""

from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail.blocks import Block, ListBlock, StreamBlock, StructBlock
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page

from home.models import HomePage, StandardPage
from submissions.registry import rows_of
from tests.core.test_blocks import offered
from tests.factories import (
    BilingualSite,
    StandardPageFactory,
    ThemePageFactory,
    debate_block,
    document,
    picture,
    published,
    questionnaire_block,
    translate,
)
from themes.models import ThemePage

pytestmark = pytest.mark.django_db


def every_block(page: Page) -> list[tuple[str, Any]]:
    """One of each block of a theme page and of a page of text, filled to the last field."""
    return [
        ("text", f'<h2>Why</h2><p>See <a linktype="page" id="{page.pk}">this page</a>.</p>'),
        ("picture", {"image": picture(), "caption": "A caption", "credit": "A credit"}),
        ("statement", {"words": "We listen.", "person": "Ada", "role": "Mathematician"}),
        (
            "questions_answers",
            {"title": "Questions", "pairs": [{"question": "Who?", "answer": "<p>All.</p>"}]},
        ),
        (
            "key_figures",
            {"title": "Figures", "figures": [{"figure": "12", "label": "ideas"}], "source": "Us"},
        ),
        ("timeline", {"title": "Dates", "moments": [{"when": "May", "what": "It opens."}]}),
        ("documents", {"title": "Files", "documents": [document()]}),
        (
            "call_to_action",
            {"title": "More", "text": "Read on.", "link_text": "Read the note", "page": page},
        ),
        (
            "video",
            {
                "title": "A word of welcome",
                "file": document("Welcome", name="welcome.mp4"),
                "captions": document("Captions", name="welcome.vtt"),
                "url": "",
                "transcript": "<p>Welcome to all.</p>",
            },
        ),
        ("share", {"title": "Share"}),
        (
            "doors",
            {
                "title": "Take part",
                "doors": [
                    {"title": "Vote", "text": "Two minutes.", "link_text": "Vote", "page": page}
                ],
            },
        ),
        (
            "partners",
            {
                "title": "Launched by",
                "partners": [
                    {"name": "One", "note": "A note", "url": "https://example.org/", "logo": None},
                    {"name": "Two", "logo": picture("Logo")},
                ],
            },
        ),
        (
            "press_contacts",
            {
                "title": "Press",
                "contacts": [
                    {
                        "name": "Ada",
                        "organisation": "Press office",
                        "email": "press@example.org",
                        "phone": "+33 1 23 45 67 89",
                    }
                ],
            },
        ),
        debate_block(),
        questionnaire_block(),
    ]


# --- Previews in the editor ---------------------------------------------------------------------


def blocks_of_every_page() -> Iterator[tuple[str, Block]]:
    for page_type in (HomePage, StandardPage, ThemePage):
        yield from offered(page_type).items()


def test_every_block_shows_the_editor_what_it_looks_like(
    client: Client, site: BilingualSite
) -> None:
    picture()
    document()
    client.force_login(get_user_model().objects.create_superuser("root", "root@example.org", "x"))
    for name, block in blocks_of_every_page():
        assert block.is_previewable, name
        response = client.get(
            reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix}
        )
        assert response.status_code == 200, name
        page = BeautifulSoup(response.content, "html.parser")
        assert page.main.text.strip(), name
        assert "css/tokens.css" in str(page.head), name


def test_every_block_is_described_to_the_editor() -> None:
    for name, block in blocks_of_every_page():
        assert block.get_description(), name
        assert block.meta.group, name


def test_pages_offer_twelve_blocks_at_most() -> None:
    for page_type in (HomePage, StandardPage, ThemePage):
        assert len(offered(page_type)) <= 12, page_type


# --- Translation --------------------------------------------------------------------------------


def ids(stream: Any) -> list[Any]:
    """The ids of blocks and list items in a stream, nested as they are."""
    return [(child.id, ids_below(child)) for child in stream]


def ids_below(child: Any) -> Any:
    block, value = child.block, child.value
    if isinstance(block, StreamBlock):
        return ids(value)
    if isinstance(block, ListBlock):
        return ids(value.bound_blocks)
    if isinstance(block, StructBlock) and not isinstance(block, ImageBlock):
        return [ids_below(inner) for inner in value.bound_blocks.values()]
    return None


@pytest.mark.parametrize("factory", [StandardPageFactory, ThemePageFactory])
def test_every_block_can_be_translated_and_keeps_its_ids(
    client: Client, site: BilingualSite, factory: Any
) -> None:
    parent = site.home if factory is StandardPageFactory else site.themes
    allowed = offered(factory._meta.model)
    body = [block for block in every_block(site.themes) if block[0] in allowed]
    assert {name for name, _value in body} == set(allowed)
    page = published(factory(parent=parent, body=body))
    french = translate(page)
    assert ids(french.body) == ids(page.body)
    assert None not in [child.id for child in french.body]
    answer = client.get(french.url)
    assert answer.status_code == 200
    assert "[fr] We listen." in answer.content.decode()


def test_blocks_left_empty_can_be_translated(site: BilingualSite) -> None:
    body = [
        ("picture", {"image": picture()}),
        ("statement", {"words": "We listen.", "person": "Ada"}),
        ("key_figures", {"figures": [{"figure": "1", "label": "idea"}]}),
        ("call_to_action", {"title": "More", "link_text": "Read"}),
        ("debate", {}),
        ("questionnaire", {"questions": [("long_text", {"label": "What?"})]}),
    ]
    page = published(ThemePageFactory(parent=site.themes, body=body))
    assert ids(translate(page).body) == ids(page.body)


def test_a_translated_page_has_one_row_for_each_form(site: BilingualSite) -> None:
    body = [debate_block(), questionnaire_block()]
    page = published(ThemePageFactory(parent=site.themes, body=body))
    french = translate(page)
    rows = rows_of(french)
    assert set(rows) == {child.id for child in page.body}
    assert all(row.level and row.live_languages == ["en", "fr"] for row in rows.values())


def test_a_page_translated_again_after_a_change_keeps_its_ids(site: BilingualSite) -> None:
    page = published(ThemePageFactory(parent=site.themes, body=[questionnaire_block()]))
    translate(page)
    page.body.append(debate_block())
    page = published(page)
    french = translate(page)
    assert ids(french.body) == ids(page.body)
