"""Every block: what it shows, its preview for editors, and that it can be translated."""

from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.translation import override
from wagtail.blocks import Block, ListBlock, StreamBlock, StructBlock
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page

from core.blocks import CallToActionBlock
from home.models import HomePage, StandardPage
from submissions.registry import rows_of
from tests.factories import (
    BilingualSite,
    StandardPageFactory,
    ThemePageFactory,
    bilingual_site,
    debate_block,
    document,
    picture,
    published,
    questionnaire_block,
    translate,
)
from themes.models import ThemePage

pytestmark = pytest.mark.django_db

NARROW = "\u202f"


@pytest.fixture
def where() -> BilingualSite:
    return bilingual_site()


def offered(page_type: type[Page]) -> dict[str, Block]:
    """The blocks that an editor can drop into a page of that type."""
    blocks: dict[str, Block] = page_type._meta.get_field("body").stream_block.child_blocks
    return blocks


def shown(name: str, value: Any, language: str = "en", **context: Any) -> BeautifulSoup:
    """What a block shows of ``value``, as a page's body would."""
    block = offered(StandardPage).get(name) or offered(ThemePage)[name]
    request = RequestFactory().get(f"/{language}/")
    with override(language):
        html = block.render(block.normalize(value), {"request": request, **context})
    return BeautifulSoup(html, "html.parser")


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


# --- What each shows ----------------------------------------------------------------------------


def test_text_is_typeset_for_its_language() -> None:
    assert f"Pourquoi{NARROW}?" in shown("text", "<p>Pourquoi ?</p>", "fr").text
    assert "Why?" in shown("text", "<p>Why?</p>").text


def test_a_link_to_a_page_leads_to_it_in_the_readers_language(where: BilingualSite) -> None:
    html = f'<p><a linktype="page" id="{where.themes.pk}">themes</a></p>'
    assert shown("text", html, "fr").a["href"] == "/fr/themes/"


def test_a_picture_comes_in_modern_formats_with_its_alternative_and_caption() -> None:
    image = picture()
    image.contextual_alt_text = "A meeting"
    figure = shown("picture", {"image": image, "caption": "Here", "credit": "Us"})
    assert [source["type"] for source in figure.select("source")] == ["image/avif", "image/webp"]
    assert figure.img["alt"] == "A meeting"
    assert figure.img["width"]
    assert figure.figcaption.text == "Here – Us"


def test_a_decorative_picture_has_an_empty_alternative() -> None:
    image = picture("Not to be read aloud")
    image.contextual_alt_text = ""
    figure = shown("picture", {"image": image})
    assert figure.img["alt"] == ""
    assert figure.figcaption is None


def test_a_picture_that_was_deleted_leaves_nothing_behind() -> None:
    assert shown("picture", {"image": None, "caption": "Gone"}).text.strip() == ""


def test_a_statement_says_who_speaks() -> None:
    figure = shown("statement", {"words": "We listen.", "person": "Ada", "role": "Director"})
    assert figure.blockquote.text.strip() == "We listen."
    assert figure.figcaption.text == "Ada Director"


def test_words_of_editors_are_escaped() -> None:
    figure = shown("statement", {"words": "<script>1</script>", "person": "<b>Ada</b>"})
    assert not figure.select("script, b")


def test_questions_open_on_their_answers() -> None:
    block = shown(
        "questions_answers", {"pairs": [{"question": "Qui ?", "answer": "<p>Tous.</p>"}]}, "fr"
    )
    assert block.summary.text == f"Qui{NARROW}?"
    assert block.details.p.text == "Tous."
    assert block.h2 is None


def test_key_figures_say_what_they_count_and_their_source() -> None:
    block = shown("key_figures", {"figures": [{"figure": "649", "label": "ideas"}], "source": "Us"})
    assert (block.dt.text, block.dd.text) == ("ideas", "649")
    assert block.select_one(".meta").text == "Source: Us"


def test_a_timeline_keeps_its_order() -> None:
    moments = [{"when": "May", "what": "It opens."}, {"when": "June", "what": "It closes."}]
    steps = shown("timeline", {"moments": moments}).select("ol > li")
    assert [step.select_one(".timeline-date").text for step in steps] == ["May", "June"]


def test_documents_say_their_type_and_size() -> None:
    block = shown("documents", {"documents": [document("Note", name="note.pdf", size=2048)]})
    assert block.a.text == "Note"
    assert block.select_one(".meta").text == "PDF, 2.0\u00a0KB"


def test_a_document_that_was_deleted_is_left_out() -> None:
    assert not shown("documents", {"documents": [None]}).select("li")


def test_a_call_leads_to_the_page_in_the_readers_language(where: BilingualSite) -> None:
    value = {"title": "More", "link_text": "Read", "page": where.themes}
    assert shown("call_to_action", value, "fr").a["href"] == "/fr/themes/"


def test_a_call_can_lead_elsewhere() -> None:
    value = {"title": "More", "link_text": "Read", "url": "https://example.org/"}
    assert shown("call_to_action", value).a["href"] == "https://example.org/"


def test_a_call_to_a_page_that_is_not_published_has_no_link(where: BilingualSite) -> None:
    draft = StandardPageFactory(parent=where.home)
    block = shown("call_to_action", {"title": "More", "link_text": "Read", "page": draft})
    assert block.h2.text == "More"
    assert block.a is None


def test_a_call_that_leads_nowhere_is_refused_to_the_editor() -> None:
    block = CallToActionBlock()
    with pytest.raises(ValidationError):
        block.clean(block.normalize({"title": "More", "link_text": "Read"}))


def test_sharing_asks_no_third_party(where: BilingualSite) -> None:
    address = "http://localhost/en/"
    block = shown("share", {}, canonical_url=address, page=where.home)
    links = [link["href"] for link in block.select("a")]
    assert links[0].startswith("mailto:?subject=AI%20and%20the%20general%20interest&body=http%3A")
    assert links[1:] == [address]
    assert block.button["data-copy"] == address


def test_partners_show_a_logo_or_their_name_and_lead_to_their_site() -> None:
    partners = [
        {"name": "One", "url": "https://one.example/"},
        {"name": "Two", "logo": picture()},
    ]
    block = shown("partners", {"title": "Launched by", "partners": partners})
    one, two = block.select("li")
    assert (one.a["href"], one.a.text.strip()) == ("https://one.example/", "One")
    assert two.img["alt"] == "Two"
    assert two.a is None


def test_press_contacts_can_be_written_to_and_called() -> None:
    contact = {"name": "Ada", "email": "press@example.org", "phone": "+33 1 23 45 67 89"}
    block = shown("press_contacts", {"contacts": [contact]})
    assert [link["href"] for link in block.select("a")] == [
        "mailto:press@example.org",
        "tel:+33123456789",
    ]
    assert block.h2.text == "Press contacts"


def test_doors_lead_to_their_pages_while_the_consultation_is_open(where: BilingualSite) -> None:
    door = {"title": "Vote", "text": "Now.", "link_text": "Have your say", "page": where.themes}
    block = shown("doors", {"doors": [door]}, "fr", phase="open")
    assert (block.a.text, block.a["href"]) == ("Have your say", "/fr/themes/")
    assert "button" in block.a["class"]


@pytest.mark.parametrize(
    ("phase", "said"),
    [("upcoming", "The consultation is not open yet."), ("closed", "The consultation is closed.")],
)
def test_doors_invite_nobody_before_or_after(where: BilingualSite, phase: str, said: str) -> None:
    door = {"title": "Vote", "text": "Now.", "link_text": "Have your say", "page": where.themes}
    block = shown("doors", {"doors": [door]}, phase=phase)
    assert said in block.text
    assert "Have your say" not in block.text
    assert block.a.text == "Themes"


# --- Previews in the editor ---------------------------------------------------------------------


def blocks_of_every_page() -> Iterator[tuple[str, Block]]:
    for page_type in (HomePage, StandardPage, ThemePage):
        yield from offered(page_type).items()


def test_every_block_shows_the_editor_what_it_looks_like(
    client: Client, where: BilingualSite
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
    client: Client, where: BilingualSite, factory: Any
) -> None:
    parent = where.home if factory is StandardPageFactory else where.themes
    allowed = offered(factory._meta.model)
    body = [block for block in every_block(where.themes) if block[0] in allowed]
    assert {name for name, _value in body} == set(allowed)
    page = published(factory(parent=parent, body=body))
    french = translate(page)
    assert ids(french.body) == ids(page.body)
    assert None not in [child.id for child in french.body]
    answer = client.get(french.url)
    assert answer.status_code == 200
    assert "[fr] We listen." in answer.content.decode()


def test_blocks_left_empty_can_be_translated(where: BilingualSite) -> None:
    body = [
        ("picture", {"image": picture()}),
        ("statement", {"words": "We listen.", "person": "Ada"}),
        ("key_figures", {"figures": [{"figure": "1", "label": "idea"}]}),
        ("call_to_action", {"title": "More", "link_text": "Read"}),
        ("debate", {}),
        ("questionnaire", {"questions": [("long_text", {"label": "What?"})]}),
    ]
    page = published(ThemePageFactory(parent=where.themes, body=body))
    assert ids(translate(page).body) == ids(page.body)


def test_a_translated_page_has_one_row_for_each_form(where: BilingualSite) -> None:
    body = [debate_block(), questionnaire_block()]
    page = published(ThemePageFactory(parent=where.themes, body=body))
    french = translate(page)
    rows = rows_of(french)
    assert set(rows) == {child.id for child in page.body}
    assert all(row.level and row.live_languages == ["en", "fr"] for row in rows.values())


def test_a_page_translated_again_after_a_change_keeps_its_ids(where: BilingualSite) -> None:
    page = published(ThemePageFactory(parent=where.themes, body=[questionnaire_block()]))
    translate(page)
    page.body.append(debate_block())
    page = published(page)
    french = translate(page)
    assert ids(french.body) == ids(page.body)
