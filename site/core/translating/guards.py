"""Guards over wagtail-localize's views, on the same addresses.

Submitting a page before its parents would put live aliases, text in the wrong language, into the
other tree; the permission to submit is one for all pages; turning a translation into an alias,
which takes its text off line, asks for the right to edit only; its editor and its update publish
words that nobody reviewed, or that are not translated. So does Wagtail's own list, where pages are
ticked to be published. All are mended here.
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Locale, Page
from wagtail.permissions import page_permission_policy
from wagtail.snippets.models import get_snippet_models
from wagtail_localize.models import Translation
from wagtail_localize.views.convert import convert_to_alias
from wagtail_localize.views.report import TranslationsReportView
from wagtail_localize.views.submit_translations import (
    SubmitPageTranslationView,
    SubmitSnippetTranslationView,
)
from wagtail_localize.views.update_translations import UpdateTranslationsView

from core.translating.access import languages_into, may_publish, may_translate
from core.translating.bulk.access import sendable_into
from core.translating.states import states_of

DESKS_TOLD = 5


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
    """Submits a page whose parents are translated, for those who work in the other tree."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The translation is a new page: working where it will stand is asked for.

        Who may not edit the original is not told of one that nobody has published.
        """
        page = self.get_object()
        if not page.live and not may_translate(request.user, page):
            raise PermissionDenied
        self.own = sendable_into(request.user, page)
        if not self.own:
            raise PermissionDenied
        sent = page.get_translations().filter(alias_of=None, locale__in=self.own)
        if len(sent) == len(self.own):  # with a click before this one, say: nothing to choose from
            messages.info(request, _("It has been sent to translation already."))
            return redirect(self.get_default_success_url(sent[0] if len(sent) == 1 else None))
        return super().dispatch(request, *args, **kwargs)

    def get_form(self) -> Any:
        """Into one's own languages. What is below is shown first: the box leads there."""
        form = super().get_form()
        into = form.fields["locales"]
        into.label = pgettext("of a page", "Languages")
        into.queryset = into.queryset.filter(pk__in=[locale.pk for locale in self.own])
        form.fields["include_subtree"].help_text = _("You see first which pages would be sent.")
        return form

    def form_valid(self, form: Any) -> HttpResponse:
        """Refuse while a parent is not translated, and offer to translate that one first."""
        if form.cleaned_data["include_subtree"]:
            chosen = [("into", locale.language_code) for locale in form.cleaned_data["locales"]]
            tree = reverse("translating:tree", args=[self.object.pk])
            return redirect(f"{tree}?{urlencode(chosen)}")
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
    """Brings translations in step with their source; publishing is the desk's alone."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Editing one of the translations is asked for."""
        if not any(page.permissions_for_user(request.user).can_edit() for page in self.pages()):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """“Publish immediately” would show untranslated words, and words that nobody reviewed."""
        if form.cleaned_data["publish_translations"]:
            raise PermissionDenied
        return super().form_valid(form)

    def pages(self) -> list[Page]:
        """The translations; nothing for another kind of object."""
        source = self.get_object()
        translations = source.translations.filter(enabled=True).select_related("target_locale")
        instances = [translation.get_target_instance() for translation in translations]
        return [instance for instance in instances if isinstance(instance, Page)]


@hooks.register("before_bulk_action")
def not_past_the_desk(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any
) -> HttpResponse | None:
    """What is ticked in a list would go public as it was sent: unread, in the original's words.

    With “include what is below”, Wagtail publishes the drafts there that are one's own to publish.
    """
    if action_type != "publish":
        return None
    pages = {each.pk: each for each in objects if isinstance(each, Page)}
    if action.cleaned_form.cleaned_data.get("include_descendants"):
        for page in list(pages.values()):
            pages |= {one.pk: one for one in page.get_descendants().not_live()}
    works = states_of(list(pages.values()))
    held = [pages[pk] for pk in works if may_publish(request.user, pages[pk])]
    if not held:
        return None
    messages.error(
        request,
        _("Nothing was published. Translated pages are published at their desks, once reviewed."),
        buttons=[
            messages.button(
                reverse("translating:desk", args=[page.pk]),
                _("Translate “%(title)s”") % {"title": page.get_admin_display_title()},
            )
            for page in held[:DESKS_TOLD]
        ],
    )
    answer: HttpResponse = redirect(action.next_url)
    return answer


def guarded_convert_to_alias(request: HttpRequest, page_id: int) -> HttpResponse:
    """Give a translation up for an alias: for those who may take the page off line."""
    page = get_object_or_404(Page, pk=page_id)
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    return convert_to_alias(request, page_id)


def replaced(request: HttpRequest, **where: Any) -> HttpResponse:
    """An address of wagtail-localize's editor, which the desk takes the place of: for nobody.

    It writes words without looking whether a colleague has written others meanwhile, and a stopped
    translation that is taken up again loses what was written by hand.
    """
    raise Http404


def guarded_submit_snippet(
    request: HttpRequest, app_label: str, model_name: str, pk: str
) -> HttpResponse:
    """Send a snippet to translation: for those who may edit snippets of its kind."""
    model = next(
        (
            model
            for model in get_snippet_models()
            if (model._meta.app_label, model._meta.model_name) == (app_label, model_name)
        ),
        None,
    )
    if model is None:
        raise Http404
    if not request.user.has_perm(f"{app_label}.change_{model_name}"):
        raise PermissionDenied
    answer: HttpResponse = SubmitSnippetTranslationView.as_view()(
        request, app_label=app_label, model_name=model_name, pk=pk
    )
    return answer


class GuardedReportView(TranslationsReportView):
    """The report on translations: into the languages of who reads it, drafts included."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Without a language of one's own there is nothing to look for."""
        if not languages_into(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Translation]:
        """Titles of drafts in another tree, or of another site, are not told."""
        every: QuerySet[Translation] = super().get_queryset()
        into = languages_into(self.request.user)
        pages = Page.objects.filter(translation_key=OuterRef("source__object_id"))
        own = page_permission_policy.instances_user_has_permission_for(self.request.user, "change")
        own = own.filter(
            translation_key=OuterRef("source__object_id"), locale=OuterRef("target_locale")
        )
        return every.filter(
            Exists(own.order_by()) | ~Exists(pages.order_by()),  # snippets are nobody's own
            target_locale__language_code__in=into,
        ).order_by("pk")


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
        path(
            "localize/submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/",
            guarded_submit_snippet,
        ),
        path("localize/reports/translations/", GuardedReportView.as_view()),
        path(
            "localize/reports/translations/results/", GuardedReportView.as_view(results_only=True)
        ),
        path("localize/translate/<int:translation_id>/disable/", replaced),
        path("localize/translate/<int:translation_id>/machine_translate/", replaced),
        path("localize/translate/<int:translation_id>/preview/", replaced),
        path("localize/translate/<int:translation_id>/preview/<str:mode>/", replaced),
        path("localize/translate/<int:translation_id>/pofile/download/", replaced),
        path("localize/translate/<int:translation_id>/pofile/upload/", replaced),
        path("localize/translate/<int:translation_id>/strings/<int:segment_id>/edit/", replaced),
        path("localize/translate/<int:translation_id>/overrides/<int:segment_id>/edit/", replaced),
        path("localize/api/snippets/<slug:app_label>/<slug:model_name>/", replaced),
        path("localize/api/snippets/<slug:app_label>/<slug:model_name>/<str:pk>/", replaced),
    ]
