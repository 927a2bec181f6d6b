"""The sitemap: every live page of every language, with its translations."""

from typing import Any

from django.contrib.sitemaps import Sitemap
from wagtail.models import Page, Site

from core.alternates import reciprocal


class PagesSitemap(Sitemap[Page]):
    """Wagtail's own sitemap knows one tree only; this one walks every language's."""

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> Any:
        """One entry a page, with the addresses of its translations and ``x-default``."""
        return [
            entry for found in Site.objects.select_related("root_page") for entry in self.of(found)
        ]

    def of(self, site: Site) -> list[dict[str, Any]]:
        """The entries of one site."""
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
        return [
            {
                "item": page,
                "location": page.full_url,
                "lastmod": page.last_published_at,
                "changefreq": None,
                "priority": "",
                "alternates": [
                    *(
                        {"location": other.full_url, "lang_code": code}
                        for code, other in groups[page.pk].items()
                    ),
                    {"location": site.root_url + "/", "lang_code": "x-default"},
                ],
            }
            for page in pages
            if page.pk in groups
        ]
