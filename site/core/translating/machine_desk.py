"""What a desk shows of the machine translator, who may be asked for what the page lacks."""

from typing import Any

from wagtail.models import Page

from core.models import PageTranslation, ProposalRequest
from core.translating import machine


def at_the_desk(page: Page, work: PageTranslation, *, empty: bool) -> dict[str, Any]:
    """What the desk shows of it; without a machine translator nothing is looked up."""
    name = machine.translator_name()
    if not name:
        return {}
    request = ProposalRequest.objects.filter(translation=work.translation_id).first()
    failed = request is not None and request.failed_at is not None
    return {
        "machine": name,
        "page": page,
        "empty": empty,
        "under_way": request is not None and request.under_way,
        "failed": request.get_trouble_display() if request is not None and failed else "",
    }
