"""Serving the public. Refuses to start on a setting that would be unsafe, naming all of them."""

from .base import *  # noqa: F403
from .base import DATABASES, MAILBOX, PUBLIC_SCHEME, STYLEGUIDE, WAGTAILADMIN_BASE_URL, env
from .checks import refuse_unsafe

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

refuse_unsafe(
    debug=DEBUG,
    secret_key=SECRET_KEY,
    allowed_hosts=ALLOWED_HOSTS,
    database_url=env.str("DATABASE_URL", default=""),
    site_url=WAGTAILADMIN_BASE_URL,
    from_email=env.str("DEFAULT_FROM_EMAIL", default=""),
    styleguide=STYLEGUIDE,
    mailbox=MAILBOX,
    public_scheme=PUBLIC_SCHEME,
)

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
if env.bool("BEHIND_TLS_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
PARTICIPANT_COOKIE_NAME = "__Host-participant"
DRAFT_COOKIE_NAME = "__Host-drafts"
PARTICIPANT_COOKIE_SECURE = True
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
