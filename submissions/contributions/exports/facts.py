"""The columns that are no answers: who sent it, when, from where, and what may be done with it."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.alternates import own_name
from core.cells import Cell
from submissions.consents import PUBLICATION
from submissions.contributions.countries import country_name
from submissions.contributions.exports.columns import Column, Words, in_each_language
from submissions.contributions.exports.dossiers import Dossier
from submissions.models import Consultation, RespondentType

NOT_PUBLISHED = pgettext_lazy("export", "Not to be published")

# Code, title, meaning: of those that hold no codes.
PLAIN: tuple[tuple[str, str | Promise, str | Promise], ...] = (
    ("reference", _("Reference"), _("Of the contribution; response_id in the file of answers.")),
    ("version", pgettext_lazy("export", "Version"), _("1 as first sent; one more each time.")),
    ("received", _("Received"), _("First sent: day and time, in UTC (ISO 8601).")),
    ("changed", pgettext_lazy("export", "Changed"), _("Last sent again, in UTC. Empty: never.")),
    ("name", _("Name"), _("As staff see it, whatever may be published.")),
    (
        "organisation",
        pgettext_lazy("contribution", "Organisation"),
        _("As staff see it, whatever may be published."),
    ),
    ("role", _("Role"), ""),
    (
        "published",
        pgettext_lazy("export", "Published since"),
        _("In the public library: since when, in UTC. Empty: it is not there."),
    ),
    (
        "campaign",
        pgettext_lazy("export", "Campaign"),
        _("The same number: texts that are the same, or nearly, as staff confirmed."),
    ),
    ("files", pgettext_lazy("export", "Files"), _("Their names; those that answer no question.")),
    ("synthetic", pgettext_lazy("export", "Synthetic"), _("1: made for a demonstration.")),
)
LANGUAGE = pgettext_lazy("export", "Language of the page it was sent from")
RESPONDENT = _("Respondent")
COUNTRY = pgettext_lazy("contribution", "Country")
AGREED = pgettext_lazy("export", "Publication agreed to")
ORDER = (
    *("reference", "version", "received", "changed", "language"),
    *("respondent_type", "respondent_type_code", "name", "organisation", "role"),
    *("country", "country_code", "publication", "publication_code", "published", "campaign"),
    *("files", "synthetic"),
)


def fact_columns(language: str, consultation: Consultation) -> list[Column]:
    """Them all, in their order; words in ``language``."""
    columns = {
        code: Column(code, in_each_language(title), _value_of(code), in_each_language(meaning))
        for code, title, meaning in PLAIN
    }
    columns["language"] = Column(
        "language",
        in_each_language(LANGUAGE),
        lambda dossier: dossier.contribution.language,
        codes=_languages(),
    )
    for code, title, words in (
        ("respondent_type", RESPONDENT, _respondents()),
        ("country", COUNTRY, _countries(consultation)),
        ("publication", AGREED, _publications()),
    ):
        columns |= {column.code: column for column in _coded(code, title, words, language)}
    return [columns[code] for code in ORDER]


def facts_of(dossier: Dossier) -> dict[str, Cell]:
    """The same for programs: codes, no words."""
    one = dossier.contribution
    return {
        "reference": one.reference,
        "version": one.version,
        "received": stamp(one.submitted_at),
        "changed": stamp(one.changed_at),
        "language": one.language,
        "respondent_type": one.respondent_type,
        "name": one.name,
        "organisation": one.organisation,
        "role": one.role,
        "country": one.country,
        "publication": dossier.publication,
        "published": stamp(dossier.published_at),
        "campaign": dossier.campaign,
        "synthetic": int(one.synthetic),
    }


def stamp(moment: datetime | None) -> str | None:
    """``2025-01-31T09:30:00Z``: one zone for every row."""
    return None if moment is None else f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _value_of(code: str) -> Callable[[Dossier], Cell]:
    if code == "files":
        return lambda dossier: " | ".join(file.name for file in dossier.files_of(None))
    return lambda dossier: facts_of(dossier)[code]


def _coded(
    code: str, title: str | Promise, words: Mapping[str, Words], language: str
) -> tuple[Column, Column]:
    """What it says in words, then its code."""
    titles = in_each_language(title)

    def said(dossier: Dossier) -> str:
        value = str(facts_of(dossier)[code])
        return words.get(value, {}).get(language, value)

    return (
        Column(code, titles, said),
        Column(f"{code}_code", titles, lambda dossier: facts_of(dossier)[code], codes=words),
    )


def _languages() -> dict[str, Words]:
    codes = [code for code, _name in settings.LANGUAGES]
    return {code: dict.fromkeys(codes, own_name(code)) for code in codes}


def _respondents() -> dict[str, Words]:
    return {kind.value: in_each_language(kind.label) for kind in RespondentType}


def _publications() -> dict[str, Words]:
    said: dict[str, Words] = {
        wording.purpose: in_each_language(wording.text) for wording in PUBLICATION
    }
    return said | {"not_published": in_each_language(NOT_PUBLISHED)}


def _countries(consultation: Consultation) -> dict[str, Words]:
    """Those that contributions come from."""
    codes = [code for code, _name in settings.LANGUAGES]
    used = (
        consultation.contributions.standing()
        .order_by("country")
        .values_list("country", flat=True)
        .distinct()
    )
    return {
        country: {language: country_name(country, language) for language in codes}
        for country in used
    }
