"""The desk of a page with one text, and with sixty: queries and milliseconds, as JSON."""

import json
from http import HTTPStatus

from django.urls import reverse
from wagtail.models import Locale

from core.translating.bulk.sending import send
from core.translating.segments import segments_of
from tools.bench.inside.contribution_pages import as_administrator, taken
from tools.bench.inside.pages_to_translate import administrator, english_page, home


def main(few: int, many: int) -> None:
    """Each shown, then saved with all of its texts."""
    client, found = as_administrator(), {}
    for count in (few, many):
        page = english_page(home(), f"Of {count} texts", count)
        translation = send(page, Locale.objects.get(language_code="fr"), administrator())
        made = translation.get_target_instance()
        url = reverse("translating:desk", args=[made.pk])
        found[str(count)] = taken(client, url)
        posted: dict[str, str] = {}
        texts = [one for one in segments_of(translation, made) if not one.address]
        for one in texts:
            posted |= {one.name: f"fr {one.source}", f"seen-{one.name}": one.token}
        if client.post(url, posted, secure=True).status_code != HTTPStatus.FOUND:
            raise RuntimeError(f"{count} texts could not be saved")
        found[f"{count}, translated"] = taken(client, url)
    print(json.dumps(found))
