"""What staff did with the synthetic contributions: codes, passages, redactions, publications."""

from django.contrib.auth.models import User

from home.bilingual import Entry
from home.demonstration.content import identity, load
from home.demonstration.contributions import block_id
from submissions.contributions.campaigns.finding import find_campaigns
from submissions.contributions.campaigns.judging import confirm
from submissions.contributions.publishing.redacting import redact
from submissions.contributions.publishing.services import agree, propose, publish
from submissions.contributions.staff.passages import mark
from submissions.contributions.staff.places import Place
from submissions.contributions.staff.readings import mark_read
from submissions.contributions.staff.scheme.services import Words, add
from submissions.models import (
    Answer,
    Campaign,
    Code,
    Consultation,
    Contribution,
    Mail,
    MailKind,
    Publication,
    RedactionReason,
)

LETTERS = (MailKind.PREVIEW, MailKind.PUBLISHED)


def read_contributions(consultation: Consultation, user: User) -> int:
    """Code, redact and publish as ``home/demo/reading.toml`` says; how many are published.

    Once: what staff did since is left as it is. Nobody is written to: the authors are invented.
    """
    if Code.objects.filter(consultation=consultation).exists():
        return 0
    told = load("reading.toml")
    keys = {*told["published"], *told["read"]}
    found = Contribution.objects.filter(synthetic=True).select_related("consultation")
    rows = {row.form_key: row for row in found}
    sent = {
        key: rows[identity("contribution", key)]
        for key in keys
        if identity("contribution", key) in rows
    }
    written = set(Mail.objects.filter(kind__in=LETTERS).values_list("pk", flat=True))
    _code(told, consultation, user)
    for entry in told["redactions"]:
        redact(_answer(entry), entry["quote"], RedactionReason(entry["reason"]), user)
    for key in told["read"]:
        mark_read(sent[key], user, version=sent[key].version)
    for key in told["published"]:
        _publish(sent[key], user)
    find_campaigns(consultation, anyway=True)
    for campaign in Campaign.objects.filter(consultation=consultation, confirmed_at=None):
        confirm(campaign, user)
    Mail.objects.filter(kind__in=LETTERS).exclude(pk__in=written).delete()
    return Publication.objects.live().filter(contribution__synthetic=True).count()


def _code(told: Entry, consultation: Consultation, user: User) -> None:
    codes = {}
    for entry in told["codes"]:
        labels = {
            language: Words(entry["name"][language], entry["definition"][language])
            for language in consultation.languages
        }
        codes[entry["key"]] = add(consultation, labels, None, user)
    for entry in told["passages"]:
        answer, quote = _answer(entry), entry["quote"]
        start = answer.text.index(quote)
        named = [codes[key] for key in entry["codes"]]
        mark(answer, Place(start, start + len(quote)), named, user, quote=quote)


def _answer(entry: Entry) -> Answer:
    return Answer.objects.select_related("contribution").get(
        contribution__form_key=identity("contribution", entry["contribution"]),
        question__block_id=block_id(entry["theme"], entry["question"]),
    )


def _publish(contribution: Contribution, user: User) -> None:
    """Its author agrees to what is redacted first, as they would be asked to."""
    if Answer.objects.filter(contribution=contribution, redactions__isnull=False).exists():
        shown = propose(contribution, user)
        agree(shown, seen=shown.sha256)
    publish(contribution, user)
