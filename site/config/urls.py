"""Every address. The public ones stand under a language; the admin does not."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path
from django.utils.translation import pgettext_lazy
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from config.sitemaps import PagesSitemap, PublicationsSitemap
from core.staff_language import staff_language
from core.videos import document
from core.views import choose_language, pictures, robots
from search.views import search
from submissions.contributions.library.views import permalink
from submissions.mail import kept

handler400 = "core.handlers.bad_request"
handler403 = "core.handlers.forbidden"
handler404 = "core.handlers.not_found"
handler500 = "core.handlers.server_error"

SITEMAPS = {"pages": PagesSitemap, "contributions": PublicationsSitemap}

urlpatterns = [
    path("", choose_language, name="choose_language"),
    path("admin/language/<str:code>/", staff_language, name="staff_language"),
    path("admin/", include("home.guards.adding")),
    path("admin/", include("home.guards.importing")),
    path("admin/", include("home.explorer.found")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/<int:document_id>/<path:document_filename>", document),
    path("documents/", include(wagtaildocs_urls)),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", robots, name="robots"),
    path("library/<str:reference>/", permalink, name="permalink"),
]

if settings.SERVE_MEDIA:
    urlpatterns += [re_path(r"^media/(?P<path>.*)$", pictures)]

if settings.STYLEGUIDE:
    urlpatterns += [path("styleguide/", include("home.styleguide.entrance"))]
    urlpatterns += i18n_patterns(path("styleguide/", include("home.styleguide.urls")))

if settings.MAILBOX:
    urlpatterns += [path("mailbox/", include(kept.entrance))]
    urlpatterns += i18n_patterns(path("mailbox/", include(kept)))

urlpatterns += i18n_patterns(
    path(pgettext_lazy("url", "search/"), search, name="search"),
    path("", include("core.share_pictures.urls")),
    path("", include("submissions.urls")),
    path("", include(wagtail_urls)),
)
