"""Pictures of pages are drawn before the first reader comes, in each size and format."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.dispatch import receiver
from django_tasks import task
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex
from wagtail.signals import page_published

HOME_DEPTH = 2  # the root of the tree stands at 1


@receiver(page_published, dispatch_uid="core.pictures")
def draw_once_published(instance: Page, **_kwargs: Any) -> None:
    """Leave it to a worker: an editor need not wait for it."""
    draw_ahead.enqueue(instance.pk)


@task(backend="durable")
def draw_ahead(page_id: int) -> None:
    """Read a page that shows pictures, and those above it that may list it, as a visitor would.

    Reading draws what is missing and keeps it: templates alone say which sizes they show.
    """
    page = Page.objects.live().filter(pk=page_id).first()
    if page is None or not _shows_pictures(page):
        return
    for read in (page, *page.get_ancestors().live().filter(depth__gte=HOME_DEPTH)):
        read.specific.make_preview_request()


def _shows_pictures(page: Page) -> bool:
    references = ReferenceIndex.get_references_for_object(page.specific)
    pictures = ContentType.objects.get_for_model(get_image_model())
    return bool(references.filter(to_content_type=pictures).exists())
