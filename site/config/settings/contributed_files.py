"""Where the files of contributors are kept, and what scans them."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

MIB = 1024 * 1024


def files_storage(
    *, root: str, bucket: str, endpoint: str, region: str, key: str, secret: str
) -> dict[str, Any]:
    """The storage ``contributions``: a folder of this machine, or a bucket where one is named.

    Raises ``ImproperlyConfigured`` for what makes no account, and for a bucket's words without one.
    """
    if not bucket:
        if endpoint or region or key or secret:
            raise ImproperlyConfigured(
                "CONTRIBUTED_FILES_BUCKET_… says how to reach a bucket, and no bucket is named."
            )
        return {
            "BACKEND": "submissions.contributions.files.storing.KeptFiles",
            "OPTIONS": {
                "location": root,
                "base_url": None,
                "file_permissions_mode": 0o600,
                "directory_permissions_mode": 0o700,
            },
        }
    if bool(key) != bool(secret):
        raise ImproperlyConfigured(
            "CONTRIBUTED_FILES_BUCKET_KEY and CONTRIBUTED_FILES_BUCKET_SECRET go together."
        )
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": endpoint or None,
            "region_name": region or None,
            "access_key": key or None,
            "secret_key": secret or None,
            "default_acl": "private",
            "querystring_auth": True,
            "file_overwrite": True,  # names are drawn by chance: none is there twice
            "max_memory_size": 2 * MIB,  # of a file that is read; then the temporary folder
        },
    }


def scanner(url: str) -> str:
    """``CLAMD_URL``; raises ``ImproperlyConfigured`` if it names nothing that can be asked."""
    parts = urlsplit(url)
    try:
        known = (parts.scheme == "tcp" and parts.hostname and parts.port) or (
            parts.scheme == "unix" and parts.path.startswith("/")
        )
    except ValueError:  # a port that is none
        known = False
    if url and not known:
        raise ImproperlyConfigured("CLAMD_URL must be tcp://HOST:PORT or unix:///PATH.")
    return url
