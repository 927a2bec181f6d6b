"""Trying and developing: what ``make run`` serves, on this machine only."""

from django.core.management.utils import get_random_secret_key

from .base import *  # noqa: F403
from .base import MAILBOX_PATH, VAR_DIR, env


def kept_secret() -> str:
    """A secret of this copy's own, so that sessions and cookies outlive a restart."""
    path = VAR_DIR / "secret-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key())
    return path.read_text()


DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or kept_secret()
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
SERVE_MEDIA = True
STYLEGUIDE = env.bool("STYLEGUIDE", default=True)
# Mail that no server takes is kept in files, and read at /mailbox/.
MAILBOX = env.bool("MAILBOX", default=not env.ENVIRON.get("EMAIL_URL"))
if MAILBOX:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = MAILBOX_PATH
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

# While `make run` runs, manage.py works on its private database without being told the address.
PRIVATE_DATABASE = VAR_DIR / "database-url"
if "DATABASE_URL" not in env.ENVIRON and PRIVATE_DATABASE.exists():
    DATABASES["default"].update(  # noqa: F405
        env.db_url_config(PRIVATE_DATABASE.read_text())
    )
