"""Previews of a page: as it is now, in each phase of the consultation, in each other language."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy
from wagtail.models import Page

from core.alternates import own_name

PHASES: dict[str, Promise] = {
    "upcoming": pgettext_lazy("preview", "Before the opening"),
    "open": pgettext_lazy("preview", "While it is open"),
    "closed": pgettext_lazy("preview", "After the close, with the results"),
}
IN_LANGUAGE = "in-"


class PreviewedInPhases(Page):
    """A page that its editors can look at as readers will see it, at other times or translated.

    ``request.preview_phase`` says the phase to whatever draws the page; nothing is saved.
    """

    class Meta:
        abstract = True

    @property
    def preview_modes(self) -> list[tuple[str, str | Promise]]:
        """Now first; then the phases; then the other languages in which a translation exists."""
        return [
            ("", pgettext_lazy("preview", "As it is now")),
            *PHASES.items(),
            *(
                (
                    IN_LANGUAGE + code,
                    own_name(code),
                )
                for code in self._other_languages()
            ),
        ]

    def is_previewable(self) -> bool:
        """Always: as it is now. Wagtail would read all modes, for each row of a list."""
        return True

    def serve_preview(self, request: HttpRequest, mode_name: str | None) -> HttpResponse:
        """The page in that phase, or its translation as it was last saved.

        Raises PermissionDenied for a translation that the reader may not edit.
        """
        mode_name = mode_name or self.default_preview_mode  # none, where no editor chose one
        if mode_name.startswith(IN_LANGUAGE):
            return self._translated(request, mode_name.removeprefix(IN_LANGUAGE))
        request.preview_phase = mode_name if mode_name in PHASES else ""  # type: ignore[attr-defined]
        request.served_page = self  # type: ignore[attr-defined] # a preview has a switcher too
        language = self.locale.language_code
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response: Any = super().serve_preview(request, mode_name)
            if hasattr(response, "render"):
                response.render()
        return response

    def _other_languages(self) -> list[str]:
        if not self.pk:
            return []
        translated = self.get_translations().filter(alias_of=None)
        codes = translated.values_list("locale__language_code", flat=True)
        return sorted(codes)

    def _translated(self, request: HttpRequest, language: str) -> HttpResponse:
        found = self.get_translations().filter(alias_of=None, locale__language_code=language)
        page = found.first()
        if page is None:
            raise Http404
        if not page.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        response: HttpResponse = page.get_latest_revision_as_object().serve_preview(request, "")
        return response
