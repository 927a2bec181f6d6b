"""The library for everybody, without a cookie: the list, one contribution, its files to take away.

Only rows of ``Publication`` that are live are read here, and of them what their content holds.
"""

import json
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from core.alternates import local_home, own_name
from core.breadcrumbs import Crumb, crumbs_of_view
from core.context import site_name
from core.models import BasePage
from core.sharing import Share
from core.shown_languages import languages_shown
from core.sites import site_id_of
from core.views import preferred_language
from submissions.contributions.countries import country_name, without_accents
from submissions.contributions.library.caching import asked_each_time
from submissions.contributions.library.campaigns import campaign_sizes, same_text_as
from submissions.contributions.library.citing import bibtex, csl_json, sentence, work_of
from submissions.contributions.library.listing import (
    Order,
    found_by,
    listing_asked,
    page_of,
    published_in,
)
from submissions.contributions.library.plain_text import as_text
from submissions.contributions.library.reading import excerpt, facts_of, shown, theme_titles
from submissions.contributions.library.structured_data import contribution_for_machines
from submissions.contributions.publishing.content import CLEARED
from submissions.contributions.versions import canonical
from submissions.models import (
    Attachment,
    Consultation,
    Contribution,
    ContributionState,
    Publication,
    PublicationState,
    RespondentType,
)

LETTERS_OF_A_REFERENCE = 12


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """What is published: searched, filtered, ordered, a page at a time."""
    consultation = Consultation.of(request)
    if consultation is None:
        raise Http404
    try:
        listing = listing_asked(request.GET)
        found = found_by(consultation, listing)
        page, following = page_of(found, listing)
    except ValueError as nowhere:
        raise Http404 from nowhere
    title = pgettext("page title", "Library of contributions")
    context = {
        "title": title,
        "crumbs": crumbs_of_view(title),
        "listing": listing,
        "following": following,
        "total": max(found.count(), len(page)),
        "cards": _cards(page, request.LANGUAGE_CODE),
        "choices": _choices(consultation, request.LANGUAGE_CODE),
        "share": _share(request, title),
    }
    return asked_each_time(request, render(request, "submissions/library/library.html", context))


def _cards(page: list[Publication], language: str) -> list[dict[str, Any]]:
    """One for each publication of a page: four queries, however many they are."""
    sizes = campaign_sizes(page)
    titles = theme_titles(pk for one in page for pk in one.questionnaires)
    return [
        {
            "facts": facts_of(one.content, language),
            "themes": [titles[pk] for pk in one.questionnaires if pk in titles],
            "excerpt": excerpt(one.content),
            "same_text": sizes.get(one.pk, 0),
            "published_at": one.published_at,
        }
        for one in page
    ]


def _choices(consultation: Consultation, language: str) -> dict[str, list[tuple[str, str]]]:
    """What the filters offer: what is there. One query, and two for titles."""
    rows = list(
        published_in(consultation)
        .order_by()
        .values_list("respondent_type", "country", "language", "questionnaires")
        .distinct()
    )
    titles = theme_titles(pk for row in rows for pk in row[3])
    types = {row[0] for row in rows}
    return {
        "themes": [(str(pk), title) for pk, title in sorted(titles.items())],
        "types": [(value, str(label)) for value, label in RespondentType.choices if value in types],
        "countries": sorted(
            ((code, country_name(code, language)) for code in {row[1] for row in rows}),
            key=lambda country: without_accents(country[1]),
        ),
        "languages": [(code, own_name(code)) for code in sorted({row[2] for row in rows})],
        "orders": [(order.value, str(order.label)) for order in Order],
    }


@require_safe
def publication(request: HttpRequest, reference: str) -> HttpResponse:
    """One contribution. What was public once is gone (410), without a word of it.

    A reference that was dictated, in small letters or without its dashes, leads to the address.
    """
    if (written := _as_written(reference)) != reference:
        return redirect(_url_of(written))
    try:
        live = publication_or_404(request, reference)
    except Http404:
        return _gone_page_or_404(request, reference)
    response = render(
        request, "submissions/library/publication.html", publication_page(request, live)
    )
    return asked_each_time(request, response)


def publication_page(request: HttpRequest, live: Publication) -> dict[str, Any]:
    """The context of the page of ``live``, whose contribution and consultation are at hand."""
    language: str = request.LANGUAGE_CODE
    work = work_of(live, language)
    read = shown(live.content, language)
    earlier = Publication.objects.filter(
        contribution=live.contribution_id, state=PublicationState.REPLACED
    )
    title = _("Contribution %(reference)s") % {"reference": read.reference}
    same = same_text_as(live)
    url = f"{request.scheme}://{request.get_host()}{_url_of(read.reference)}"
    return {
        "title": title,
        "crumbs": crumbs_of_view(title, _library_crumb()),
        "publication": live,
        "shown": read,
        "unavailable": _unavailable(read.files),
        "work": work,
        "citation": sentence(work, language),
        "bibtex": bibtex(work),
        "earlier": list(earlier.order_by("-number").defer("content", "words")),
        "same": same,
        "same_text": [facts_of(one.content, language) for one in same.others],
        "structured_data": contribution_for_machines(read, work, url),
        "begins": excerpt(live.content),
        "share": _share(request, f"{read.author}: {title}", excerpt(live.content).text),
    }


def _unavailable(files: list[dict[str, Any]]) -> set[str]:
    """The ids of published files that nobody is handed any more: something was found in them."""
    if not files:
        return set()
    listed = Attachment.objects.filter(pk__in=[file["id"] for file in files])
    return {file["id"] for file in files} - {
        str(pk) for pk in listed.filter(scan__in=CLEARED).values_list("pk", flat=True)
    }


@require_safe
def cite(request: HttpRequest, reference: str, form: str) -> HttpResponse:
    """The reference as a file: ``bib`` or ``json`` (CSL)."""
    work = work_of(publication_or_404(request, reference), request.LANGUAGE_CODE)
    if form == "bib":
        return _file(request, bibtex(work), "application/x-bibtex", f"{work.key}.bib")
    if form == "json":
        said = json.dumps(csl_json(work), ensure_ascii=False, indent=2)
        kind = "application/vnd.citationstyles.csl+json"
        return _file(request, said, kind, f"{work.key}.csl.json")
    raise Http404


@require_safe
def data(request: HttpRequest, reference: str) -> HttpResponse:
    """The content, byte for byte what the hash on the page is of."""
    live = publication_or_404(request, reference)
    name = f"contribution-{reference.lower()}.json"
    return _file(request, canonical(live.content), "application/json", name)


@require_safe
def text(request: HttpRequest, reference: str) -> HttpResponse:
    """The same to read, without formatting."""
    live, language = publication_or_404(request, reference), request.LANGUAGE_CODE
    work = work_of(live, language)
    words = as_text(shown(live.content, language), work, sentence(work, language), language)
    return _file(request, words, "text/plain; charset=utf-8", f"{work.key}.txt")


@require_safe
def permalink(request: HttpRequest, reference: str) -> HttpResponse:
    """The address that is cited, under no language: leads each reader to theirs."""
    offered = languages_shown(request)
    language = preferred_language(request, offered) or (offered or [settings.LANGUAGE_CODE])[0]
    with translation.override(language):
        response = redirect(_url_of(reference))
    patch_vary_headers(response, ("Accept-Language",))
    return response


def publication_or_404(request: HttpRequest, reference: str) -> Publication:
    """What the public reads of it now, on the site that answers."""
    found = (
        Publication.objects.live()
        .filter(
            contribution__reference=reference,
            contribution__consultation__site=site_id_of(request),
            contribution__state=ContributionState.RECEIVED,
        )
        .select_related("contribution__consultation__site__root_page")
        .defer("words")
        .first()
    )
    if found is None:
        raise Http404
    return found


def _gone_page_or_404(request: HttpRequest, reference: str) -> HttpResponse:
    """What stands in the place of what was public; what never was is nowhere, withdrawn or not."""
    here = Contribution.objects.filter(
        reference=reference, consultation__site=site_id_of(request)
    ).first()
    if here is None or not here.publications.filter(state=PublicationState.TAKEN_BACK).exists():
        raise Http404
    withdrawn = here.state == ContributionState.WITHDRAWN
    title = (
        _("This contribution was withdrawn")
        if withdrawn
        else _("This contribution is no longer published")
    )
    context = {
        "title": title,
        "crumbs": crumbs_of_view(title, _library_crumb()),
        "by_author": withdrawn,
    }
    response = render(request, "submissions/library/gone.html", context, status=410)
    response["X-Robots-Tag"] = "noindex"
    return asked_each_time(request, response)


def _share(request: HttpRequest, title: str, description: str = "") -> Share | None:
    """A title and how it begins, under the picture of the home page: none of its own to forget."""
    home = local_home(request)
    page = home.specific if home else None
    if not isinstance(page, BasePage):
        return None
    own = page.share(site_name(request))
    return Share(
        title=title,
        description=description or own.description,
        picture=own.picture,
        picture_url=own.picture_url,
        kind="article" if description else "website",
    )


def _file(request: HttpRequest, words: str | bytes, kind: str, name: str) -> HttpResponse:
    """A download: it is no page of the site, and search engines keep none of it."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Robots-Tag": "noindex",
    }
    response = HttpResponse(words, content_type=kind, headers=headers)
    return asked_each_time(request, response)


def _as_written(reference: str) -> str:
    """``XXXX-XXXX-XXXX``, however it came; anything else as it is."""
    bare = "".join(sign for sign in reference.upper() if sign.isascii() and sign.isalnum())
    parts = [bare[place : place + 4] for place in range(0, len(bare), 4)]
    return "-".join(parts) if len(bare) == LETTERS_OF_A_REFERENCE else reference


def _url_of(reference: str) -> str:
    return reverse("submissions:publication", args=[reference])


def _library_crumb() -> Crumb:
    return Crumb(pgettext("page title", "Library of contributions"), reverse("submissions:library"))
