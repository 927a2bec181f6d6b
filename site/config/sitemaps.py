"""The sitemap: every live page of every language, with its translations."""

from typing import Any

from django.contrib.sitemaps import Sitemap
from django.http.request import split_domain_port
from wagtail.models import Page, Site
from wagtail.models.sites import get_site_for_hostname

from core.alternates import reciprocal


class PagesSitemap(Sitemap[Page]):
    """Wagtail's own sitemap knows one tree only; this one walks every language's."""

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> Any:
        """One entry a page of the site that answers on the host that was asked."""
        host, port = split_domain_port(site.domain)
        return self.of(
            get_site_for_hostname(host, port or ("443" if protocol == "https" else "80"))
        )

    def of(self, site: Site) -> list[dict[str, Any]]:
        """The entries of one site, with the addresses of translations."""
        homes = site.root_page.get_translations(inclusive=True).live()
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
