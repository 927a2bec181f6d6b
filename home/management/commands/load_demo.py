"""``manage.py load_demo``: a whole consultation to look at, open now. Idempotent."""

import os
import secrets
from typing import Any

from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from home.approval.workflows import keep_workflows
from home.demonstration.accounts import make_accounts
from home.demonstration.consultation import open_demonstration
from home.demonstration.contributions import make_contributions
from home.demonstration.debates import make_ideas, make_votes
from home.demonstration.glossary import make_terms
from home.demonstration.pages import give_pages_to, make_pages
from home.demonstration.reading import read_contributions
from home.roles import grant_roles


class Command(BaseCommand):
    """The consultation of home/demo/, in both languages, with synthetic submissions."""

    help = "Load the demonstration consultation; what is there already is left as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        """All or nothing; then the accounts, whose password is DEMO_PASSWORD or a new one."""
        call_command("prepare_site", stdout=self.stdout)
        with transaction.atomic():
            consultation = open_demonstration()
            for title in make_pages():
                self.stdout.write(f"  {title}")
            self.stdout.write(f"{make_terms()} terms in the glossary")
            grant_roles()
            keep_workflows()
            self.stdout.write(f"{make_ideas()} ideas, {make_votes()} votes (synthetic)")
            self.stdout.write(f"{make_contributions()} contributions (synthetic)")
        password = os.environ.get("DEMO_PASSWORD") or secrets.token_urlsafe(9)
        for account in make_accounts(password):
            self.stdout.write(f"  {account.role:22} {account.username}")
        give_pages_to(User.objects.get(username="editor"))
        with transaction.atomic():
            published = read_contributions(consultation, User.objects.get(username="organiser"))
        self.stdout.write(f"{published} contributions published (synthetic)")
        self.stdout.write(f"  Password of new accounts: {password}")
