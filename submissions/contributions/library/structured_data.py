"""A published contribution in schema.org's words, for search engines and archives."""

from typing import Any

from django.utils.safestring import SafeString

from core.structured_data import json_ld
from submissions.contributions.library.citing import Work
from submissions.contributions.library.reading import Shown


def contribution_for_machines(shown: Shown, work: Work, url: str) -> SafeString:
    """What the page at ``url`` shows; its words are on the page, and not said twice."""
    said: dict[str, Any] = {
        "@type": "CreativeWork",
        "@id": work.url,
        "url": url,
        "name": work.title,
        "identifier": [work.reference, f"sha256:{work.sha256}"],
        "version": work.version,
        "inLanguage": work.language,
        "dateCreated": shown.sent_on.isoformat(),
        "datePublished": work.published_on.isoformat(),
        "isPartOf": {"@type": "Collection", "name": work.collection},
        "about": [{"@type": "Thing", "name": part.title} for part in shown.parts if part.title],
    }
    if shown.name:
        said["author"] = {"@type": "Person", "name": shown.name}
        if shown.organisation:
            said["author"]["affiliation"] = {
                "@type": "Organization",
                "name": shown.organisation,
            }
    elif shown.organisation:
        said["author"] = {"@type": "Organization", "name": shown.organisation}
    if work.publisher:
        said["publisher"] = {"@type": "Organization", "name": work.publisher}
    return json_ld(said)
