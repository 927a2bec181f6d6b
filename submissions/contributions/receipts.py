"""The address of the page that says "received": signed, so that nobody guesses another's.

It names the contribution, not the person: there is no cookie, and the page can be kept, printed or
reloaded for a while.
"""

from django.core import signing
from django.urls import reverse

from submissions.models import Contribution

SALT = "submissions.receipt"
SECONDS_SHOWN = 7 * 24 * 60 * 60


def receipt_url(contribution: Contribution) -> str:
    """The address, in the active language."""
    token = signing.dumps(contribution.pk, salt=SALT, compress=False)
    return f"{reverse('submissions:received')}?receipt={token}"


def contribution_of(token: str, site_id: int) -> Contribution | None:
    """The contribution that ``token`` names on this site; None if it is not ours or too old."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=SECONDS_SHOWN)
    except signing.BadSignature:
        return None
    found = Contribution.objects.select_related("consultation")
    return found.filter(pk=pk, consultation__site_id=site_id).first()
