"""Every block: what it shows of what an editor wrote."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from django.utils.translation import override
from wagtail.blocks import Block, StructBlockValidationError
from wagtail.models import Page

from core.blocks import CallToActionBlock, VideoBlock
from home.models import StandardPage
from tests.factories import (
    BilingualSite,
    StandardPageFactory,
    document,
    picture,
)
from themes.models import ThemePage

pytestmark = pytest.mark.django_db

NARROW = "\u202f"


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


# --- What each shows ----------------------------------------------------------------------------


def test_text_is_typeset_for_its_language() -> None:
    assert f"Pourquoi{NARROW}?" in shown("text", "<p>Pourquoi ?</p>", "fr").text
    assert "Why?" in shown("text", "<p>Why?</p>").text


def test_a_link_to_a_page_leads_to_it_in_the_readers_language(site: BilingualSite) -> None:
    html = f'<p><a linktype="page" id="{site.themes.pk}">themes</a></p>'
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


def test_a_call_leads_to_the_page_in_the_readers_language(site: BilingualSite) -> None:
    value = {"title": "More", "link_text": "Read", "page": site.themes}
    assert shown("call_to_action", value, "fr").a["href"] == "/fr/themes/"


def test_a_call_can_lead_elsewhere() -> None:
    value = {"title": "More", "link_text": "Read", "url": "https://example.org/"}
    assert shown("call_to_action", value).a["href"] == "https://example.org/"


def test_a_call_to_a_page_that_is_not_published_has_no_link(site: BilingualSite) -> None:
    draft = StandardPageFactory(parent=site.home)
    block = shown("call_to_action", {"title": "More", "link_text": "Read", "page": draft})
    assert block.h2.text == "More"
    assert block.a is None


def test_a_call_that_leads_nowhere_is_refused_to_the_editor() -> None:
    block = CallToActionBlock()
    with pytest.raises(ValidationError):
        block.clean(block.normalize({"title": "More", "link_text": "Read"}))


def test_a_video_of_the_library_plays_when_asked_with_captions_and_transcript() -> None:
    value = {
        "title": "Welcome",
        "file": document(name="welcome.MP4"),
        "captions": document(name="welcome.vtt"),
        "transcript": "<p>Bienvenue !</p>",
    }
    block = shown("video", value, "fr")
    assert (block.video["preload"], block.video.get("autoplay")) == ("none", None)
    assert block.source["type"] == "video/mp4"
    assert block.track["srclang"] == "fr"
    assert block.details.p.text == f"Bienvenue{NARROW}!"
    assert all(tag["src"].startswith("/documents/") for tag in block.select("[src]"))


def test_a_video_elsewhere_is_a_link_that_names_the_other_site() -> None:
    block = shown("video", {"title": "Welcome", "url": "https://video.example/w/1"})
    assert block.a.text == "Watch the video on video.example"
    assert not block.select("video, iframe, img, [src]")


def test_a_video_whose_file_was_deleted_leaves_nothing_behind() -> None:
    assert shown("video", {"title": "Gone", "file": None}).text.strip() == ""


@pytest.mark.parametrize(
    ("files", "wrong"),
    [
        ({}, "file"),
        ({"file": "film.mov.pdf"}, "file"),
        ({"file": "film.webm", "captions": "film.pdf"}, "captions"),
    ],
)
def test_a_video_that_nobody_could_watch_is_refused(files: dict[str, str], wrong: str) -> None:
    block = VideoBlock()
    value = {"title": "Film"} | {part: document(name=name) for part, name in files.items()}
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.normalize(value))
    assert set(refused.value.block_errors) == {wrong}


def test_text_left_empty_shows_nothing() -> None:
    assert not shown("text", "").select("*")


def test_sharing_asks_no_third_party(site: BilingualSite) -> None:
    address = "http://localhost/en/"
    block = shown("share", {}, canonical_url=address, page=site.home)
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


def test_doors_lead_to_their_pages_while_the_consultation_is_open(site: BilingualSite) -> None:
    door = {"title": "Vote", "text": "Now.", "link_text": "Have your say", "page": site.themes}
    block = shown("doors", {"doors": [door]}, "fr", phase="open")
    assert (block.a.text, block.a["href"]) == ("Have your say", "/fr/themes/")
    assert "button" in block.a["class"]


@pytest.mark.parametrize(
    ("phase", "said"),
    [("upcoming", "The consultation is not open yet."), ("closed", "The consultation is closed.")],
)
def test_doors_invite_nobody_before_or_after(site: BilingualSite, phase: str, said: str) -> None:
    door = {"title": "Vote", "text": "Now.", "link_text": "Have your say", "page": site.themes}
    block = shown("doors", {"doors": [door]}, phase=phase)
    assert said in block.text
    assert "Have your say" not in block.text
    assert block.a.text == "Themes"
