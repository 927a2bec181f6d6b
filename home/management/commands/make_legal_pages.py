"""``manage.py make_legal_pages``: the pages that the law asks for, to be completed. Idempotent."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from wagtail.models import Site

from home.legal.pages import NoHomePageError, left_to_complete, make_legal_pages


class Command(BaseCommand):
    """Legal notice, privacy, accessibility, cookies, site map, moderation charter."""

    help = "Make the legal pages that a site lacks, as drafts, and list what is left to complete."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--site", help="host name of the site; the default one if not given")
        parser.add_argument(
            "--publish", action="store_true", help="publish them at once, gaps included"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Nothing that is there is touched. Raises ``CommandError`` without a site or a home."""
        sites = Site.objects.select_related("root_page__locale")
        wanted = {"hostname": options["site"]} if options["site"] else {"is_default_site": True}
        site = sites.filter(**wanted).first()
        if site is None:
            raise CommandError("There is no such site.")
        try:
            with transaction.atomic():
                for page in make_legal_pages(site, publish=options["publish"]):
                    state = "published" if page.live else "draft"
                    self.stdout.write(f"  {page.title} ({state})")
        except NoHomePageError as error:
            raise CommandError(
                "The site's home page must be published first, in English or in French."
            ) from error
        left = left_to_complete(site)
        self.stdout.write(f"{len(left)} left to complete:" if left else "Nothing left to complete.")
        for one in left:
            self.stdout.write(f"  {one.page.title} ({one.page.locale.language_code}): {one.asked}")
