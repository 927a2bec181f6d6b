"""The pages on which staff read contributions: their addresses and what they list."""

from typing import Any

from django.test import Client
from django.urls import reverse

from submissions.contributions.staff.scheme import services as scheme
from submissions.contributions.staff.scheme.services import Words
from submissions.models import (
    Code,
    Contribution,
    Note,
    Passage,
)
from tests.submissions.libraries import Room

LIST = reverse("contributions:index")
READ = ["index", "index_results", "inspect", "history", "versions", "scheme", "scheme_csv", "code"]
WORK = ["assign", "passage", "note"]
SCHEME = ["scheme_add", "scheme_load", "code_edit"]


def listed(client: Client, **query: Any) -> set[str]:
    response = client.get(LIST, query)
    assert response.status_code == 200
    return {one.name for one in response.context["object_list"]}


def a_code(where: Room, name: str, user: Any, parent: Code | None = None) -> Code:
    labels = {"en": Words(name), "fr": Words(f"[fr] {name}")}
    return scheme.add(where.where.consultation, labels, parent, user)


def addresses(one: Contribution) -> dict[str, str]:
    """Every address of the desk; those of rows need them."""
    passage, note, code = Passage.objects.first(), Note.objects.first(), Code.objects.first()
    rows = {
        "passage": [one.pk, passage.pk if passage else 0],
        "note": [one.pk, note.pk if note else 0],
        **{name: [one.pk] for name in ("inspect", "history", "versions")},
        **{name: [code.pk if code else 0] for name in ("code", "code_csv", "code_edit")},
    }
    return {
        name: reverse(f"contributions:{name}", args=rows.get(name, []))
        for name in [*READ, *WORK, *SCHEME, "code_csv"]
    }
