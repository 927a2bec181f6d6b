"""The sitemap: every live page and published contribution, in every language."""

from typing import Any

from django.contrib.sitemaps import Sitemap
from django.http.request import split_domain_port
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page, Site
from wagtail.models.sites import get_site_for_hostname

from core.alternates import reciprocal
from core.shown_languages import shown_on
from submissions.models import Publication


def site_asked(site: Any, protocol: str | None) -> Site:
    """The site that answers on the host that was asked."""
    host, port = split_domain_port(site.domain)
    return get_site_for_hostname(host, port or ("443" if protocol == "https" else "80"))


class PagesSitemap(Sitemap[Page]):
    """Wagtail's own sitemap knows one tree only; this one walks every language's."""

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> Any:
        """One entry a page of the site that answers on the host that was asked."""
        return self.of(site_asked(site, protocol))

    def of(self, site: Site) -> list[dict[str, Any]]:
        """The entries of one site, with the addresses of translations."""
        homes = site.root_page.get_translations(inclusive=True).live()
        homes = homes.filter(locale__language_code__in=shown_on(site.pk))
        pages = [
            page
            for home in homes
            for page in home.get_descendants(inclusive=True)
            .live()
            .public()
            .select_related("locale")
            .defer_streamfields()
        ]
        groups = reciprocal(pages)
        # ``site`` keeps the addresses' roots for all of them (Wagtail: any object can).
        urls = {page.pk: page.get_full_url(site) for page in pages}
        return [
            {
                "item": page,
                "location": urls[page.pk],
                "lastmod": page.last_published_at,
                "changefreq": None,
                "priority": "",
                "alternates": [
                    *(
                        {"location": urls[other.pk], "lang_code": code}
                        for code, other in groups[page.pk].items()
                    ),
                    {"location": site.root_url + "/", "lang_code": "x-default"},
                ],
            }
            for page in pages
            if page.pk in groups
        ]


class PublicationsSitemap(Sitemap[Publication]):
    """What is published of contributions now, under each language's address."""

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> Any:
        """One entry a contribution and language, of the site that answers: one query."""
        asked = site_asked(site, protocol)
        live = Publication.objects.live().filter(contribution__consultation__site=asked)
        rows = live.order_by("pk").values_list("contribution__reference", "published_at")
        return [entry for row in rows for entry in self.of(asked, *row)]

    def of(self, site: Site, reference: str, published_at: Any) -> list[dict[str, Any]]:
        """The entries of one contribution."""
        urls = {}
        for code in shown_on(site.pk):
            with translation.override(code):
                path = reverse("submissions:publication", args=[reference])
            urls[code] = site.root_url + path
        return [
            {
                "item": reference,
                "location": url,
                "lastmod": published_at,
                "changefreq": None,
                "priority": "",
                "alternates": [
                    {"location": other, "lang_code": code} for code, other in urls.items()
                ],
            }
            for url in urls.values()
        ]
