"""What every environment shares. Each variable read here is documented in docs/settings.md."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF

from config.settings.contributed_files import files_storage, scanner
from config.settings.languages import SOURCE, chosen_languages
from config.settings.machine_translator import chosen

BASE_DIR = Path(__file__).resolve().parents[3]
SITE_DIR = BASE_DIR / "site"
VAR_DIR = BASE_DIR / "var"

env = environ.Env()

# --- Applications -----------------------------------------------------------------------------
INSTALLED_APPS = [
    "core",
    "submissions",
    "themes",
    "home",
    "search",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "home.naming.users_app.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "crispy_forms",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "axes",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "core.middleware.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "core.staff_language.StaffLanguageMiddleware",
    "home.guards.tools.PageToolsMiddleware",
    "core.translating.keeping.KeptWordsMiddleware",
    "axes.middleware.AxesMiddleware",
    "core.middleware.SpokenErrorMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SITE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context.site",
                "submissions.context.consultation",
                "home.context.navigation",
            ],
        },
    },
]

# --- Database ---------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default="postgres:///polyphony")}
DATABASES["default"]["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=600)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Languages and time -----------------------------------------------------------------------
# A third language is a setting, and a catalogue in locale/ or brought in: never a code change.
LANGUAGE_CODE = SOURCE
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = chosen_languages(
    env.list("LANGUAGES", default=["en", "fr"])
)
# The language chosen on the page for signing in: of the admin, whose addresses hold none.
LANGUAGE_COOKIE_NAME = "staff-language"
LANGUAGE_COOKIE_PATH = "/admin/"
LANGUAGE_COOKIE_HTTPONLY = True
LOCALE_PATHS = [BASE_DIR / "locale"]
# The stemmer that search uses for a language; one that is not named here is searched without stems.
SEARCH_CONFIGURATIONS = {"en": "en_site", "fr": "fr_site"}
# How other sites (Open Graph) name a language; one that is not named here is not told to them.
OPEN_GRAPH_LOCALES = {"en": "en_GB", "fr": "fr_FR"}
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", default="Europe/Paris")
# One hour for all: an account with a zone of its own would publish at an hour that nobody meant.
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]

# --- Files ------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(VAR_DIR / "static"))
STATICFILES_DIRS = [SITE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(VAR_DIR / "media"))
SERVE_MEDIA = env.bool("SERVE_MEDIA", default=False)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Drawn by the site itself, and never served but by its own view: no part of the library.
    "share_pictures": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": env.path("SHARE_PICTURES_ROOT", default=str(VAR_DIR / "share-pictures")),
        },
    },
    # What contributors send: private, served by a view that asks who wants it.
    "contributions": files_storage(
        root=env.path("CONTRIBUTED_FILES_ROOT", default=str(VAR_DIR / "contributed-files")),
        bucket=env.str("CONTRIBUTED_FILES_BUCKET", default=""),
        endpoint=env.str("CONTRIBUTED_FILES_BUCKET_ENDPOINT", default=""),
        region=env.str("CONTRIBUTED_FILES_BUCKET_REGION", default=""),
        key=env.str("CONTRIBUTED_FILES_BUCKET_KEY", default=""),
        secret=env.str("CONTRIBUTED_FILES_BUCKET_SECRET", default=""),
    ),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# ClamAV's daemon, which reads what contributors send; none: it is not scanned.
CLAMD_URL = scanner(env.str("CLAMD_URL", default=""))

# --- Cache and background work ----------------------------------------------------------------
CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}
# Wagtail's own tasks (its indexes) run at once: an editor looks for a page as soon as it is saved.
# Ours, ``@task(backend="durable")``, are rows that outlive a restart, and the worker's to do.
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "durable": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]},
}

# --- Mail -------------------------------------------------------------------------------------
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = 20  # seconds that a mail server has for each answer
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="noreply@localhost")
# Of the links in mail to participants: what visitors of every site use, behind whatever proxy.
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000")
# How backups are made, in words, for whoever opens the consultation.
BACKUPS = env.str("BACKUPS", default="")
PUBLIC_SCHEME = env.str("PUBLIC_SCHEME", default="https" if SITE_URL[:6] == "https:" else "http")

# --- Security ---------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 1  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "core.handlers.locked_out"
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
CSRF_FAILURE_VIEW = "core.handlers.csrf_failure"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
PARTICIPANT_COOKIE_NAME = "participant"
DRAFT_COOKIE_NAME = "drafts"
PARTICIPANT_COOKIE_SECURE = False
TRUSTED_PROXIES = max(0, env.int("TRUSTED_PROXIES", default=0))  # each adds to X-Forwarded-For
PEOPLE_BEHIND_ONE_ADDRESS = max(1, env.int("PEOPLE_BEHIND_ONE_ADDRESS", default=500))
VOTES_A_MINUTE = max(1, env.int("VOTES_A_MINUTE", default=60))  # of one participant
# The public site allows what it serves itself and nothing else.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
    },
}
# What the admin (and wagtail-localize's editor above all) needs besides: core.middleware.
ADMIN_CONTENT_SECURITY_POLICY = {
    "style-src": [SELF, "'unsafe-inline'"],
    "script-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
}

# --- Development ------------------------------------------------------------------------------
# The living style guide, /styleguide/: for those who build the site.
STYLEGUIDE = env.bool("STYLEGUIDE", default=False)
# The mail that this copy sent, at /mailbox/, where no mail server is named.
MAILBOX = env.bool("MAILBOX", default=False)
MAILBOX_PATH = VAR_DIR / "mailbox"

# --- Forms ------------------------------------------------------------------------------------
CRISPY_ALLOWED_TEMPLATE_PACKS = ["polyphony"]
CRISPY_TEMPLATE_PACK = "polyphony"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # Wagtail's page editor posts thousands

# --- Wagtail ----------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Polyphony"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILADMIN_USER_LOGIN_FORM = "core.staff_forms.SignInForm"
WAGTAIL_ENABLE_UPDATE_CHECK = False
# Pages that wait are told to their reviewers; an administrator who reviews joins a group of them.
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_USAGE_COUNT_ENABLED = True
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILIMAGES_IMAGE_FORM_BASE = "core.picture_form.DescribedPictureForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 64_000_000  # each takes four bytes of memory while it is drawn
WAGTAILDOCS_EXTENSIONS = [
    *("csv", "docx", "odt", "pdf", "txt", "xlsx", "zip"),
    *("mp4", "webm", "vtt"),  # of the video block
]
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # no third-party request
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "simple"},
}
# Otherwise English text goes live under /fr/ the moment a page is submitted for translation.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
# It proposes translations of pages and ideas; a person approves them.
WAGTAILLOCALIZE_MACHINE_TRANSLATOR = chosen(
    env.str("MACHINE_TRANSLATOR", default=""),
    url=env.str("MACHINE_TRANSLATOR_URL", default=""),
    key=env.str("MACHINE_TRANSLATOR_KEY", default=""),
    project=env.str("MACHINE_TRANSLATOR_PROJECT", default=""),
)
# For ideas without being asked, as soon as a moderator has published them.
MACHINE_PROPOSES_IDEAS = env.bool("MACHINE_PROPOSES_IDEAS", default=False)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "core.logs.OneLineFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
    "loggers": {"django.server": {"handlers": ["console"], "propagate": False}},
}
