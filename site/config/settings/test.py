"""The test suite: as production where it matters, quick where it does not."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .contributed_files import files_storage

DEBUG = False
SECRET_KEY = "for-tests-only"  # noqa: S105
ALLOWED_HOSTS = ["*"]
SERVE_MEDIA = True
STYLEGUIDE = True
MAILBOX = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A folder for each process of tests, and for the servers that it starts: files that the database of
# one doesn't know are deleted when their time is over, or with its run.
OWN_FOLDER = f"POLYPHONY_TEST_FOLDER_{os.getenv('PYTEST_XDIST_WORKER', '')}"
if not os.getenv(OWN_FOLDER):
    os.environ[OWN_FOLDER] = tempfile.mkdtemp(prefix="polyphony-files-")
    atexit.register(shutil.rmtree, os.environ[OWN_FOLDER], ignore_errors=True)
FOLDER = Path(os.environ[OWN_FOLDER])
MAILBOX_PATH = FOLDER / "mailbox"
MEDIA_ROOT = FOLDER / "media"
STORAGES["share_pictures"] = {  # noqa: F405
    "BACKEND": "django.core.files.storage.FileSystemStorage",
    "OPTIONS": {"location": FOLDER / "share-pictures"},
}
STORAGES["contributions"] = files_storage(  # noqa: F405
    root=str(FOLDER / "contributions"),
    **dict.fromkeys(("bucket", "endpoint", "region", "key", "secret"), ""),
)
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True  # files are looked for when asked for, not listed for each client
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405
AXES_ENABLED = False
