"""Addresses of the style guide, under each language."""

from django.urls import path

from home.styleguide import views

app_name = "styleguide"

urlpatterns = [
    path("", views.whole, name="guide"),
    path("<slug:name>/", views.alone, name="alone"),
]
