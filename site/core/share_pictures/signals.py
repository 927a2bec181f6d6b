"""Pictures of what is unpublished or deleted go with it."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_unpublished

from core.share_pictures.keeping import Place


@receiver(page_unpublished, dispatch_uid="share_pictures.page")
@receiver(post_delete, sender=Page, dispatch_uid="share_pictures.page")
def forget_page(instance: Page, **_kwargs: Any) -> None:
    """A page is shown no more."""
    transaction.on_commit(partial(Place("page", instance.pk).forget))
