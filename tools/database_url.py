"""DATABASE_URL as a person wrote it: refused in words when it can't work; never its password."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from tools.console import Trouble

SCHEMES = ("postgres", "postgresql", "psql", "pgsql")
FORM = "postgres://USER:PASSWORD@HOST:PORT/DATABASE"


def check_form(url: str) -> None:
    """Raise ``Trouble`` unless ``url`` names a PostgreSQL database in a form that can be read."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:  # its text may quote the password
        raise Trouble(
            f"DATABASE_URL can't be read. It has the form {FORM}, and characters such as / # : @ "
            "in the password must be percent-encoded."
        ) from None
    if parts.scheme not in SCHEMES:
        raise Trouble(f"DATABASE_URL must name a PostgreSQL database: {FORM}.")
    if len(parts.path) <= 1:
        raise Trouble(f"DATABASE_URL names no database: it has the form {FORM}.")


def place(url: str) -> str:
    """Where ``url`` points, fit to be shown: host, port and database."""
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.hostname or 'the local socket'}{port}, database {parts.path.lstrip('/')}"


def without_password(text: str, url: str) -> str:
    """``text`` with the password of ``url``, as written and as meant, blotted out."""
    secret = urlsplit(url).password
    for form in (secret, unquote(secret)) if secret else ():
        text = text.replace(form, "•••")
    return text
