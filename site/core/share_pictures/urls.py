"""Addresses of the pictures of pages."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from core.share_pictures import views

app_name = "share_pictures"

urlpatterns = [
    path(
        pgettext_lazy("url", "share/page/<int:page_id>-<slug:version>.png"),
        views.page,
        name="page",
    ),
]
