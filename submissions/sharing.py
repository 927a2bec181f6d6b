"""What other sites show of ideas and forms when somebody shares their page.

An idea's picture says its own words, in the language that a reader of the page gets; all else wears
the picture of the theme it stands on.
"""

from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from core.accents import DEFAULT
from core.context import site_name
from core.models import BasePage
from core.share_pictures.drawing import SharePicture
from core.share_pictures.keeping import Place
from core.sharing import Share
from submissions.models import Idea, IdeaText
from submissions.signals import idea_unpublished


def share_of_part(request: HttpRequest, title: str, theme: Page | None) -> Share | None:
    """A form or a list of the theme: its own title, the theme's sentences and picture.

    None where no page of the reader's language holds it.
    """
    page = theme.specific if theme else None
    if not isinstance(page, BasePage):
        return None
    shared = page.share(site_name(request))
    return Share(
        title=f"{title} – {page.title}",
        description=shared.description,
        picture=shared.picture,
        picture_url=shared.picture_url,
    )


def share_of_idea(request: HttpRequest, number: int, text: IdeaText, theme: Page | None) -> Share:
    """An idea in the words of ``text``, those that the page shows."""
    name = _("Idea %(number)s") % {"number": number}
    picture = picture_of_idea(request, number, text, theme)
    return Share(
        title=text.text,
        title_language=text.language,
        description=f"{name} – {theme.title}" if theme else name,
        picture=picture,
        picture_url=idea_picture_url(number, picture),
        kind="article",
    )


def picture_of_idea(
    request: HttpRequest, number: int, text: IdeaText, theme: Page | None
) -> SharePicture:
    """The idea's words under its theme; its number, where they can't be drawn."""
    page = theme.specific if theme else None
    return SharePicture(
        site_name(request),
        text.text,
        get_language() or settings.LANGUAGE_CODE,
        words_language=text.language,
        above=theme.title if theme else "",
        instead=_("Idea %(number)s") % {"number": number},
        accent=page.share_accent if isinstance(page, BasePage) else DEFAULT,
    )


def idea_picture_url(number: int, picture: SharePicture) -> str:
    """Where that picture is, under the language of the address."""
    return reverse("submissions:idea_picture", args=[number, picture.version])


def place_of(number: int) -> Place:
    """Where the pictures of an idea are kept."""
    return Place("idea", number)


@receiver(idea_unpublished, dispatch_uid="share_pictures.idea")
def forget_withdrawn(idea: Idea, **_kwargs: Any) -> None:
    """The idea was withdrawn: its words are shown no more."""
    place_of(idea.pk).forget()


@receiver(post_delete, sender=Idea, dispatch_uid="share_pictures.idea")
def forget_erased(instance: Idea, **_kwargs: Any) -> None:
    """The idea was erased."""
    transaction.on_commit(partial(place_of(instance.pk).forget))
