"""Which of wagtail-localize's machine translators serves the site: none, unless one is named."""

from importlib.util import find_spec
from typing import Any

from django.core.exceptions import ImproperlyConfigured

CLASSES = {
    "libretranslate": "wagtail_localize.machine_translators.libretranslate.LibreTranslator",
    "deepl": "wagtail_localize.machine_translators.deepl.DeepLTranslator",
    "google": "wagtail_localize.machine_translators.google.GoogleCloudTranslator",
}
SECONDS = 30  # for one text; a proposal that takes longer is asked for again


def chosen(name: str, *, url: str, key: str, project: str) -> dict[str, Any] | None:
    """``WAGTAILLOCALIZE_MACHINE_TRANSLATOR`` for the service ``name``; None without a name.

    Raises ``ImproperlyConfigured`` for a name that there isn't, for one that lacks what it needs.
    """
    if not name:
        return None
    if name not in CLASSES:
        raise ImproperlyConfigured(
            f"MACHINE_TRANSLATOR is none of {', '.join(sorted(CLASSES))}, or empty."
        )
    needed = {
        "libretranslate": {"MACHINE_TRANSLATOR_URL": url},
        "deepl": {"MACHINE_TRANSLATOR_KEY": key},
        "google": {"MACHINE_TRANSLATOR_KEY": key, "MACHINE_TRANSLATOR_PROJECT": project},
    }[name]
    missing = [variable for variable, value in needed.items() if not value]
    if missing:
        raise ImproperlyConfigured(f"MACHINE_TRANSLATOR={name} needs {' and '.join(missing)}.")
    if name == "google" and not (find_spec("google") and find_spec("google.cloud.translate")):
        raise ImproperlyConfigured(
            "MACHINE_TRANSLATOR=google needs the package google-cloud-translate."
        )
    options: dict[str, dict[str, Any]] = {
        "libretranslate": {
            "LIBRETRANSLATE_URL": url.rstrip("/"),
            "API_KEY": key,
            "TIMEOUT": SECONDS,
        },
        "deepl": {"AUTH_KEY": key, "TIMEOUT": SECONDS},
        "google": {"CREDENTIALS_PATH": key, "PROJECT_ID": project},
    }
    return {"CLASS": CLASSES[name], "OPTIONS": options[name]}
