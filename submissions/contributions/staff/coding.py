"""Codes of a contribution as a whole."""

from collections.abc import Collection

from django.contrib.auth.models import User
from django.db import transaction

from submissions.contributions.staff.audit import record
from submissions.contributions.staff.readings import begun
from submissions.models import Code, CodedContribution, Contribution


@transaction.atomic
def code_contribution(contribution: Contribution, codes: Collection[Code], user: User) -> None:
    """It bears exactly these codes from now on; who gave those that stay, stays."""
    begun(contribution, user)
    held = {row.code_id: row for row in contribution.coded.all()}
    wanted = {code.pk for code in codes}
    if wanted == held.keys():
        return
    CodedContribution.objects.filter(
        pk__in=[row.pk for code, row in held.items() if code not in wanted]
    ).delete()
    CodedContribution.objects.bulk_create(
        [
            CodedContribution(contribution=contribution, code_id=code, by=user)
            for code in sorted(wanted - held.keys())
        ],
        ignore_conflicts=True,
    )
    record(contribution, "code_contribution", user, codes=sorted(wanted))
