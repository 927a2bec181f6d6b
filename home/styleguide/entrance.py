"""The address of the guide without a language."""

from django.urls import path

from home.styleguide.views import in_a_language

urlpatterns = [path("", in_a_language)]
