"""Guards over wagtail-localize's views, on the same addresses.

Submitting a page before its parents would put live aliases, text in the wrong language, into the
other tree; the permission to submit is one for all pages; and turning a translation into an alias,
which takes its text off line, asks for the right to edit only. All three are mended here.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Locale, Page
from wagtail_localize.views.convert import convert_to_alias
from wagtail_localize.views.submit_translations import SubmitPageTranslationView
from wagtail_localize.views.update_translations import UpdateTranslationsView


def untranslated_ancestor(page: Page, locales: list[Locale]) -> Page | None:
    """The topmost ancestor of ``page`` that has no translation of its own in one of ``locales``."""
    for ancestor in page.get_ancestors().filter(depth__gt=1):
        translated = (
            ancestor.get_translations()
            .filter(alias_of__isnull=True, locale__in=locales)
            .values_list("locale_id", flat=True)
        )
        if {locale.pk for locale in locales} - set(translated):
            return ancestor
    return None


class GuardedSubmitPageTranslationView(SubmitPageTranslationView):
    """Submits a page whose parents are translated, for those who may edit it or its translation."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Editing the page, or adding under a translation of its parent, is asked for."""
        page = self.get_object()
        parents = page.get_parent().get_translations(inclusive=True)
        allowed = page.permissions_for_user(request.user).can_edit() or any(
            parent.permissions_for_user(request.user).can_edit() for parent in parents
        )
        if not allowed:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Refuse while a parent is not translated, and offer to translate that one first."""
        ancestor = untranslated_ancestor(self.object, list(form.cleaned_data["locales"]))
        if ancestor is None:
            return super().form_valid(form)
        messages.error(
            self.request,
            _("Translate “%(parent)s” first: a translated page needs a translated page above it.")
            % {"parent": ancestor.get_admin_display_title()},
            buttons=[
                messages.button(
                    reverse("wagtail_localize:submit_page_translation", args=[ancestor.pk]),
                    _("Translate “%(parent)s”") % {"parent": ancestor.get_admin_display_title()},
                )
            ],
        )
        return redirect("wagtail_localize:submit_page_translation", self.object.pk)


class GuardedUpdateTranslationsView(UpdateTranslationsView):
    """Brings translations in step with their source; publishes only for those who may publish."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Editing one of the translations, or the source, is asked for."""
        if not any(page.permissions_for_user(request.user).can_edit() for page in self.pages()):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """“Publish immediately” asks for the right to publish each translation."""
        may_publish = all(
            page.permissions_for_user(self.request.user).can_publish() for page in self.pages()[1:]
        )
        if form.cleaned_data["publish_translations"] and not may_publish:
            raise PermissionDenied
        return super().form_valid(form)

    def pages(self) -> list[Page]:
        """The source page, then its translations; nothing for another kind of object."""
        source = self.get_object()
        translations = source.translations.filter(enabled=True).select_related("target_locale")
        instances = [
            source.get_source_instance(),
            *(translation.get_target_instance() for translation in translations),
        ]
        return [instance for instance in instances if isinstance(instance, Page)]


def guarded_convert_to_alias(request: HttpRequest, page_id: int) -> HttpResponse:
    """Give a translation up for an alias: for those who may take the page off line."""
    page = get_object_or_404(Page, pk=page_id)
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    return convert_to_alias(request, page_id)


@hooks.register("register_admin_urls", order=-1)
def guarded_urls() -> list[Any]:
    """The same addresses as wagtail-localize's, asked first."""
    return [
        path(
            "localize/update/<int:translation_source_id>/",
            GuardedUpdateTranslationsView.as_view(),
        ),
        path(
            "localize/submit/page/<int:page_id>/",
            GuardedSubmitPageTranslationView.as_view(),
        ),
        path("localize/page/<int:page_id>/convert_to_alias/", guarded_convert_to_alias),
    ]
