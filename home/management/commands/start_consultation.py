"""``manage.py start_consultation``: an empty consultation in every language, ready to fill."""

from argparse import ArgumentParser
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.http.request import validate_host
from django.urls import reverse

from home.legal.pages import left_to_complete
from home.starting import SiteIsTakenError, start

DEFAULT_PORTS = {"http": 80, "https": 443}


class Command(BaseCommand):
    """The first consultation of an installation, or a further one at an address of its own."""

    help = "Start a consultation: site, front pages and legal pages in every language, empty."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--title",
            action="append",
            default=[],
            metavar="LANGUAGE=TITLE",
            help="its name in one language, such as --title 'fr=Une consultation'; one each",
        )
        parser.add_argument(
            "--address",
            default=settings.WAGTAILADMIN_BASE_URL,
            help="where it stands, such as https://consultation.example.org; default: SITE_URL",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """All or nothing. Raises ``CommandError`` for a title or an address that is not one."""
        titles = dict(_title(given) for given in options["title"])
        expected = [code for code, _name in settings.LANGUAGES]
        if sorted(titles) != sorted(expected):
            raise CommandError(f"Give one --title for each language: {', '.join(expected)}.")
        address = urlsplit(options["address"])
        if address.scheme not in DEFAULT_PORTS or not address.hostname:
            raise CommandError("--address must begin with https:// or http://, and name a host.")
        port = address.port or DEFAULT_PORTS[address.scheme]
        try:
            site = start(titles, hostname=address.hostname, port=port)
        except SiteIsTakenError as error:
            raise CommandError(f"{address.netloc} has a consultation already.") from error
        self.stdout.write(f"“{site.site_name}” stands at {options['address']}.")
        if not validate_host(address.hostname, settings.ALLOWED_HOSTS):
            self.stdout.write(
                f"It does not answer yet: add {address.hostname} to ALLOWED_HOSTS, and start the"
                " servers again."
            )
        admin = f"{address.scheme}://{address.netloc}{reverse('wagtailadmin_home')}"
        self.stdout.write(
            f"Next, at {admin}: the question and the introduction of the"
            " home page, the themes, the dates; then the page “Opening” says what is missing."
        )
        self.stdout.write(f"{len(left_to_complete(site))} gaps to complete on the legal pages.")


def _title(given: str) -> tuple[str, str]:
    """``fr=Une consultation``, taken apart."""
    language, sign, title = given.partition("=")
    if not sign or not title.strip():
        raise CommandError(f"“{given}” is not a title: write LANGUAGE=TITLE.")
    return language.strip(), title.strip()
