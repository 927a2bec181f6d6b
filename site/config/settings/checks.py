"""What a production setting must not be."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

SHORTEST_SECRET = 50


def refuse_unsafe(  # noqa: PLR0913 (each setting by its name)
    *,
    debug: bool,
    secret_key: str,
    allowed_hosts: list[str],
    database_url: str,
    site_url: str,
    from_email: str,
    styleguide: bool,
    mailbox: bool,
    public_scheme: str,
) -> None:
    """Raise ``ImproperlyConfigured`` that lists every unsafe setting, never showing a value."""
    problems = []
    if debug:
        problems.append("DEBUG must be off: it shows code and settings to visitors.")
    if len(secret_key) < SHORTEST_SECRET or "insecure" in secret_key:
        problems.append(f"SECRET_KEY must be random and have {SHORTEST_SECRET} characters or more.")
    if not allowed_hosts or "*" in allowed_hosts:
        problems.append("ALLOWED_HOSTS must list the site's host names, without “*”.")
    if not database_url.startswith(("postgres://", "postgresql://")):
        problems.append("DATABASE_URL must name a PostgreSQL server (postgres://…).")
    if urlsplit(site_url).scheme != "https":
        problems.append(
            "SITE_URL must be the site's https:// address: links in mail start with it."
        )
    elif public_scheme != "https":
        problems.append("PUBLIC_SCHEME must be https: links in mail open people's participation.")
    if "@" not in from_email:
        problems.append("DEFAULT_FROM_EMAIL must be an address that mail can come from.")
    if styleguide:
        problems.append("STYLEGUIDE must be off: it shows invented ideas and votes to visitors.")
    if mailbox:
        problems.append("MAILBOX must be off: it shows people's mail to visitors.")
    if problems:
        raise ImproperlyConfigured(
            "Polyphony will not start on these settings (docs/settings.md):\n- "
            + "\n- ".join(problems)
        )
