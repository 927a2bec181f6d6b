"""The public library, its filters and its search: queries and milliseconds of each, as JSON."""

import json

from django.db import connection
from django.urls import reverse
from django.utils import translation

from submissions.models import Publication
from tools.bench.inside.contribution_pages import browser, taken


def main() -> None:
    """As a visitor reads them, without the network."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    client = browser()
    published = Publication.objects.live()
    newest = published.order_by("-published_at", "-pk")[0]
    # Nearly at the end: whoever reads on gets there by pages that begin after the last one read.
    far = published.order_by("published_at", "pk")[30]
    theme = newest.questionnaires[0]
    with translation.override("en"):
        listed = reverse("submissions:library")
        one = reverse("submissions:publication", args=[newest.contribution.reference])
    pages = {
        "the list": listed,
        "its last pages": f"{listed}?before={far.pk}",
        "the oldest first": f"{listed}?order=oldest",
        "of one theme": f"{listed}?theme={theme}",
        "of one kind": f"{listed}?type=independent",
        "of one country": f"{listed}?country=FR",
        "one language": f"{listed}?language=fr",
        "one of each campaign": f"{listed}?once=1",
        "found by a word": f"{listed}?q=rivers",
        "found by two words, one left out": f"{listed}?q=rivers+climate+-paris",
        "all filters at once": (
            f"{listed}?q=ville&theme={theme}&type=independent&country=FR&language=fr&once=1"
        ),
        "one contribution": one,
    }
    print(json.dumps({name: taken(client, url) for name, url in pages.items()}))
