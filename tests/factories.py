"""What tests are made of, saved and published as the admin does it, so that every signal fires.

A page comes from its factory as a draft; ``published`` makes it live, ``translate`` gives it a
translation through wagtail-localize's own models. ``bilingual_site`` is where most tests begin.
Append your own factories at the end of the file.
"""

import io
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, TypeVar

import factory
import wagtail_factories
from django.core.files.base import ContentFile
from PIL import Image as Drawing
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Locale, Page, Site
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from core.clock import database_now
from core.models import BasePage
from core.slugs import slugify
from home.models import HomePage, StandardPage
from submissions.models import (
    Consultation,
    Debate,
    Idea,
    IdeaStatus,
    IdeaText,
    Participant,
    TextOrigin,
)
from tests.recalled import recalled
from themes.models import ThemeIndexPage, ThemePage

AnyPage = TypeVar("AnyPage", bound=Page)


# --- Languages, files ---------------------------------------------------------------------------


def locale(code: str) -> Locale:
    """The locale of a language of the site, made if it is not there yet."""
    return Locale.objects.get_or_create(language_code=code)[0]


def picture(title: str = "A picture", *, width: int = 640, height: int = 360) -> Image:
    """A small drawn picture in Wagtail's library."""
    drawn = io.BytesIO()
    Drawing.new("RGB", (width, height), "#7a9").save(drawn, "PNG")
    return Image.objects.create(
        title=title,
        file=ContentFile(drawn.getvalue(), name="picture.png"),
        width=width,
        height=height,
    )


def document(title: str = "A document", *, name: str = "note.pdf", size: int = 2048) -> Document:
    """A file of ``size`` bytes in Wagtail's library."""
    return Document.objects.create(
        title=title, file=ContentFile(b"%" * size, name=name), file_size=size
    )


# --- Pages --------------------------------------------------------------------------------------


class BasePageFactory(wagtail_factories.PageFactory):
    """A draft below ``parent``, in its parent's language."""

    title = factory.Sequence(lambda n: f"Page {n}")
    slug = factory.LazyAttribute(lambda page: slugify(page.title))
    live = False
    show_in_menus = False

    class Meta:
        model = BasePage
        abstract = True

    @classmethod
    def _create_instance(cls, model_class: Any, parent: Page | None, kwargs: Any) -> Any:
        if parent is not None:
            kwargs.setdefault("locale", parent.locale if parent.depth > 1 else locale("en"))
        return super()._create_instance(model_class, parent, kwargs)


class HomePageFactory(BasePageFactory):
    """A home page: below the root of the tree."""

    title = "AI and the general interest"
    slug = "home"
    question = "How can AI serve the general interest?"
    introduction = "The organisers ask, and publish a synthesis a month after the closing time."

    class Meta:
        model = HomePage


class StandardPageFactory(BasePageFactory):
    """A page of text."""

    title = factory.Sequence(lambda n: f"About {n}")
    introduction = "What this page says."

    class Meta:
        model = StandardPage


class ThemeIndexPageFactory(BasePageFactory):
    """The list of themes."""

    title = "Themes"
    introduction = "Choose where to begin."

    class Meta:
        model = ThemeIndexPage


class ThemePageFactory(BasePageFactory):
    """A theme. Its body is a list of ``(block type, value)``, as ``debate_block()`` gives."""

    title = factory.Sequence(lambda n: f"Theme {n}")
    summary = "What is at stake, in a sentence."

    class Meta:
        model = ThemePage


# --- Form blocks --------------------------------------------------------------------------------

ONE_OF_EACH_KIND: list[tuple[str, dict[str, Any]]] = [
    ("short_text", {"label": "Name one project.", "help_text": "A few words."}),
    ("long_text", {"label": "What do you propose?"}),
    ("one_choice", {"label": "Which comes first?", "choices": ["Health", "Schools", "Work"]}),
    ("several_choices", {"label": "What is missing?", "choices": ["Data", "Money", "People"]}),
    ("scale", {"label": "How open?", "low_label": "Not at all", "high_label": "Entirely"}),
]


def debate_block(
    title: str = "Your ideas", invitation: str = "What should be done first?"
) -> tuple[str, dict[str, Any]]:
    """A debate, for a page's body. The block gets its id when the page is saved."""
    return ("debate", {"title": title, "invitation": invitation})


def questionnaire_block(
    title: str = "Your contribution",
    introduction: str = "For researchers and organisations.",
    questions: list[tuple[str, dict[str, Any]]] | None = None,
) -> tuple[str, dict[str, Any]]:
    """A questionnaire, for a page's body: one question of each kind unless told otherwise."""
    asked = ONE_OF_EACH_KIND if questions is None else questions
    return ("questionnaire", {"title": title, "introduction": introduction, "questions": asked})


# --- Publishing and translating -----------------------------------------------------------------


def published(page: AnyPage) -> AnyPage:
    """Publish what ``page`` holds, as the admin does: a revision, then ``page_published``."""
    page.save_revision().publish()
    return type(page)._default_manager.get(pk=page.pk)


def translate(
    page: AnyPage,
    to: str = "fr",
    *,
    words: Mapping[str, str] | None = None,
    publish: bool = True,
) -> AnyPage:
    """Submit ``page`` for translation, translate each of its strings, and publish the result.

    Every string becomes ``[fr] string`` unless ``words`` maps it, the slug too. Once ``page`` has
    changed, call it again: the translation follows. The parent must be translated.
    """
    source, _created = TranslationSource.update_or_create_from_instance(page.specific)
    target = locale(to)
    for segment in StringSegment.objects.filter(source=source).select_related("string", "context"):
        said = segment.string.data
        meant = (words or {}).get(said, f"[{to}] {said}")
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=target,
            context=segment.context,
            defaults={
                "data": meant,
                "translation_type": StringTranslation.TRANSLATION_TYPE_MACHINE,
                "tool_name": "tests",
            },
        )
    translation, _created = Translation.objects.update_or_create(
        source=source, target_locale=target, defaults={"enabled": True}
    )
    translation.save_target(publish=False)
    translated = translation.get_target_instance()
    if publish:
        # Not save_target(publish=True): it publishes on commit, which most tests never reach.
        translated.get_latest_revision().publish()
    return type(page)._default_manager.get(pk=translated.pk)


# --- A site in two languages --------------------------------------------------------------------


@dataclass(frozen=True)
class BilingualSite:
    """A site whose consultation is open, its front pages live in English and in French."""

    site: Site
    consultation: Consultation
    home: HomePage
    home_fr: HomePage
    themes: ThemeIndexPage
    themes_fr: ThemeIndexPage
    # As it is made without saying anything of it, so that what is made next can be recalled too.
    usual: bool = False


def open_consultation(site: Site, **fields: Any) -> Consultation:
    """The consultation of ``site``: opened a week ago and closing in a month by default."""
    now = database_now()
    rules = {
        "controller": "The organisers",
        "contact_email": "contact@example.org",
        "opens_at": now - timedelta(days=7),
        "closes_at": now + timedelta(days=30),
        "cleared_at": now,
        "confirm_addresses": False,  # tests of addresses switch it on
        **fields,
    }
    return Consultation.objects.update_or_create(site=site, defaults=rules)[0]


def bilingual_site(hostname: str = "localhost", **consultation: Any) -> BilingualSite:
    """Home and list of themes, translated and live. The first one is the default site.

    ``consultation`` holds fields of the consultation, such as ``opens_at=None``.
    """
    usual = hostname == "localhost"
    made = recalled(
        "site" if usual else f"site of {hostname}",
        lambda: _make_site(hostname),
        after="" if usual else "site",
    )
    if consultation:  # no front page says anything of it
        return replace(made, consultation=open_consultation(made.site, **consultation))
    return replace(made, usual=usual)


def _make_site(hostname: str) -> BilingualSite:
    root = Page.objects.get(depth=1)
    default = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    fresh = default is not None and type(default.root_page.specific) is Page
    slug = "home" if fresh else hostname.partition(".")[0]
    if fresh:
        welcome = default.root_page
        welcome.slug = "welcome"
        welcome.save()
    home = HomePageFactory(parent=root, slug=slug)
    if fresh:
        site = default
        site.hostname, site.root_page = hostname, home
        site.save()
        Page.objects.get(pk=welcome.pk).delete()
        home.refresh_from_db()
    else:
        site = Site.objects.create(hostname=hostname, root_page=home, site_name=hostname)
    rules = open_consultation(site)
    home = published(home)
    home_fr = translate(
        home,
        words={
            slug: f"{slug}-fr" if slug != "home" else "accueil",
            home.title: "L’IA et l’intérêt général",
            home.question: "Comment mettre l’IA au service de l’intérêt général ?",
        },
    )
    themes = published(ThemeIndexPageFactory(parent=home))
    themes_fr = translate(themes, words={"Themes": "Thèmes", "themes": "themes"})
    return BilingualSite(
        Site.objects.get(pk=site.pk),
        rules,
        HomePage.objects.get(pk=home.pk),
        HomePage.objects.get(pk=home_fr.pk),
        themes,
        themes_fr,
    )


def bilingual_theme(
    where: BilingualSite, *body: tuple[str, Any], **fields: Any
) -> tuple[ThemePage, ThemePage]:
    """A theme, live in English and French. Without ``body``: a debate and a questionnaire."""
    blocks = list(body) or [debate_block(), questionnaire_block()]
    words = all(isinstance(value, str) for value in fields.values())  # else a row, or a time
    if where.usual and words:
        name = f"theme of {json.dumps([blocks, fields])}"
        return recalled(name, lambda: _make_theme(where, blocks, **fields), after="site")
    return _make_theme(where, blocks, **fields)


def _make_theme(
    where: BilingualSite, blocks: list[tuple[str, Any]], **fields: Any
) -> tuple[ThemePage, ThemePage]:
    page = published(ThemePageFactory(parent=where.themes, body=blocks, **fields))
    return page, translate(page)


# --- What citizens send ---------------------------------------------------------------------------


def debate_row(consultation: Consultation, **fields: Any) -> Debate:
    """A debate that is open and level, without the pages that hold its block."""
    debate = Debate.objects.create(
        consultation=consultation,
        translation_key=uuid.uuid4(),
        block_id=uuid.uuid4(),
        **{"level": True, "live_languages": list(consultation.languages), **fields},
    )
    for language in consultation.languages:
        debate.labels.create(language=language, title=f"Ideas {language}", page_title="A theme")
    return debate


def participant(consultation: Consultation, **fields: Any) -> Participant:
    """Somebody who takes part."""
    return Participant.objects.create(consultation=consultation, **fields)


def idea(
    debate: Debate,
    text: str = "We should plant a tree in every street.",
    language: str = "en",
    status: IdeaStatus = IdeaStatus.PUBLISHED,
    **fields: Any,
) -> Idea:
    """An idea with its author's words, published unless told otherwise."""
    if status in {IdeaStatus.PUBLISHED, IdeaStatus.WITHDRAWN}:
        fields.setdefault("published_at", database_now())
    made = Idea.objects.create(debate=debate, language=language, status=status, **fields)
    made.texts.create(language=language, text=text)
    return made


def translation_of(made: Idea, text: str, language: str, *, approved: bool = True) -> IdeaText:
    """A translation of an idea, approved or waiting."""
    return made.texts.create(
        language=language,
        text=text,
        origin=TextOrigin.MACHINE,
        approved_at=database_now() if approved else None,
    )
