"""Citations: valid, whatever names hold, and read back as they were."""

import json
from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database import parse_string

from submissions.contributions.library.citing import ESCAPED, Work, bibtex, csl_json, sentence
from tests.submissions.libraries import WITHOUT_NAME, room

# Of the schema of CSL-JSON 1.0.2 (csl-data.json): what an item must have, and may, of what we say.
REQUIRED = {"id", "type"}
KNOWN = {
    "id", "type", "title", "author", "container-title", "publisher", "issued", "number", "version",
    "language", "note", "URL",
}  # fmt: skip
words = st.text(
    st.one_of(
        st.characters(categories=["L", "N", "P", "S", "Zs"]),
        st.sampled_from("\\{}$&#%_~^\"@=,'"),
    ),
    max_size=40,
)


def work(**fields: object) -> Work:
    known = {
        "reference": "ACDE-FGHJ-KMNP",
        "author": "Camille Noël",
        "organisation": "Institut d’étude",
        "title": "Contribution ACDE-FGHJ-KMNP to “AI & us”",
        "collection": "AI & us",
        "publisher": "The public body",
        "published_on": date(2026, 12, 1),
        "version": 2,
        "language": "fr",
        "sha256": "ab" * 32,
        "url": "https://example.org/library/ACDE-FGHJ-KMNP/",
    }
    return Work(**(known | fields))  # type: ignore[arg-type]


def unescaped(text: str) -> str:
    """As a reader of BibTeX understands it: our commands are all that there is."""
    backwards = {command: sign for sign, command in ESCAPED.items()}
    read, at = "", 0
    while at < len(text):
        for command, sign in backwards.items():
            if text.startswith(command, at):
                read += sign
                at += len(command)
                break
        else:
            assert text[at] not in "\\{}$&#%_~^"
            read += text[at]
            at += 1
    return read


@settings(max_examples=40)
@given(author=words, organisation=words, title=words)
def test_a_strict_parser_reads_bibtex_back(author, organisation, title):
    author, organisation, title = (" ".join(said.split()) for said in (author, organisation, title))
    one = work(author=author, organisation=organisation, title=title or "T")
    (entry,) = parse_string(bibtex(one), "bibtex").entries.values()
    assert unescaped(entry.fields["title"][1:-1]) == one.title
    if one.organisation:
        assert unescaped(entry.fields["organization"]) == one.organisation
    if one.author:
        (person,) = entry.persons["author"]
        assert unescaped(str(person)[1:-1]) == one.author
    assert entry.fields["url"] == one.url
    assert entry.fields["date"] == "2026-12-01"


@settings(max_examples=40)
@given(author=words, organisation=words)
def test_csl_json_holds_what_its_schema_asks_for(author, organisation):
    (item,) = json.loads(json.dumps(csl_json(work(author=author, organisation=organisation))))
    assert item.keys() >= REQUIRED
    assert item.keys() <= KNOWN
    assert item["type"] == "document"
    assert item["issued"] == {"date-parts": [[2026, 12, 1]]}
    assert all(set(name) == {"literal"} for name in item.get("author", []))


def test_a_sentence_in_each_language():
    with translation.override("en"):
        said = sentence(work(), "en")
    assert said == (
        "Camille Noël (Institut d’étude), contribution ACDE-FGHJ-KMNP to “AI & us”, version 2, "
        "published on 1\u00a0December 2026. https://example.org/library/ACDE-FGHJ-KMNP/"
    )
    french = sentence(work(), "fr")
    assert french == (
        "Camille Noël (Institut d’étude), contribution ACDE-FGHJ-KMNP à «\u202fAI & us\u202f», "
        "version\u00a02, publiée le 1er\u00a0décembre 2026. "
        "https://example.org/library/ACDE-FGHJ-KMNP/"
    ).replace("version\u00a02", "version 2")


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["bib", "json"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_files_are_what_they_say(client, form, language):
    one = room().published("Words.", name="O’Neill {& sons}\n\u202e", language="fr")
    with translation.override(language):
        url = reverse("submissions:publication_cite", args=[one.contribution.reference, form])
    said = client.get(url).content.decode()
    if form == "bib":
        (entry,) = parse_string(said, "bibtex").entries.values()
        assert "sons" in str(entry.persons["author"][0])
        assert "\u202e" not in said
    else:
        (item,) = json.loads(said)
        assert item["author"] == [{"literal": "O’Neill {& sons}"}]
        assert item["language"] == "fr"


@pytest.mark.django_db
def test_who_is_not_named_is_not_named_in_a_citation(client):
    one = room().published("Words.", publication=WITHOUT_NAME)
    for form in ("bib", "json"):
        url = reverse("submissions:publication_cite", args=[one.contribution.reference, form])
        assert "Camille" not in client.get(url).content.decode()


@pytest.mark.django_db
def test_another_form_is_nowhere(client):
    reference = room().published("Words.").contribution.reference
    url = reverse("submissions:publication_cite", args=[reference, "ris"])
    assert client.get(url).status_code == 404
