"""``manage.py load_demo``: a whole consultation to look at, open now. Idempotent."""

import os
import secrets
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from home.demonstration.accounts import make_accounts
from home.demonstration.consultation import open_demonstration
from home.demonstration.contributions import make_contributions
from home.demonstration.debates import make_ideas, make_votes
from home.demonstration.pages import make_pages
from home.roles import grant_roles


class Command(BaseCommand):
    """The consultation of home/demo/, in both languages, with synthetic submissions."""

    help = "Load the demonstration consultation; what is there already is left as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        """All or nothing; then the accounts, whose password is DEMO_PASSWORD or a new one."""
        call_command("prepare_site", stdout=self.stdout)
        with transaction.atomic():
            open_demonstration()
            for title in make_pages():
                self.stdout.write(f"  {title}")
            grant_roles()
            self.stdout.write(f"{make_ideas()} ideas, {make_votes()} votes (synthetic)")
            self.stdout.write(f"{make_contributions()} contributions (synthetic)")
        password = os.environ.get("DEMO_PASSWORD") or secrets.token_urlsafe(9)
        for account in make_accounts(password):
            self.stdout.write(f"  {account.role:22} {account.username}")
        self.stdout.write(f"  Password of new accounts: {password}")
