"""The files beside the table: texts, codebook, codes, addresses, and all in one archive."""

import hashlib
import json
import zipfile

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from submissions.contributions.library.citing import name_of
from submissions.models import (
    Code,
    CodedContribution,
    CodeLabel,
    Consultation,
    Contribution,
    Note,
    Passage,
    Questionnaire,
)
from tests.submissions.exporting import (
    asked,
    exported,
    objects_of,
    rows_of,
    said,
    sent,
    some_consultation,
    some_questionnaire,
)
from tests.submissions.test_contributions_exports import every_kind, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation() -> Consultation:
    return some_consultation()


@pytest.fixture
def questionnaire(consultation: Consultation) -> Questionnaire:
    return some_questionnaire(consultation)


def test_texts_are_a_line_each_for_tools_that_look_for_themes(
    tmp_path, consultation, questionnaire
):
    kinds = every_kind(consultation, questionnaire)
    sent(consultation, said(kinds["long_text"], "=Oui", language="fr"), language="fr")
    sent(consultation, said(kinds["long_text"], " \n"))
    lines = objects_of(exported(tmp_path, "answers", consultation))
    assert {tuple(line) for line in lines} == {("response_id", "question", "language", "answer")}
    long, short, one = (kinds[kind].pk for kind in ("long_text", "short_text", "one_choice"))
    assert [(line["question"], line["language"], line["answer"]) for line in lines] == [
        (f"q{short}", "en", "Maps"),
        (f"q{long}", "en", "**Open** it."),
        (f"q{one}_other", "en", "Sea"),
        (f"q{long}", "fr", "=Oui"),
    ]
    assert lines[0]["response_id"] == Contribution.objects.order_by("pk")[0].reference


def test_json_lines_hold_each_contribution_whole(tmp_path, consultation, questionnaire):
    kinds = every_kind(consultation, questionnaire)
    (line,) = objects_of(exported(tmp_path, "jsonl", consultation))
    answers = {kind: line["answers"].get(f"q{question.pk}") for kind, question in kinds.items()}
    work = kinds["one_choice"].choices.get(position=1)
    label = {"en": "Work", "fr": "[fr] Work"}
    assert answers["one_choice"]["choices"] == [
        {"code": f"c{work.pk}", "id": str(work.item_id), "label": label}
    ]
    assert answers["one_choice"]["other"] == "Sea"
    assert [one["rank"] for one in answers["ranking"]["choices"]] == [1, 2]
    assert answers["matrix"]["choices"][0]["column"]["label"]["fr"] == "[fr] Good"
    assert (answers["scale"]["number"], answers["number"]["amount"]) == (4, "-12.5")
    assert answers["date"]["day"] == "2026-02-28"
    assert answers["link"]["may_publish"] is False
    assert [(file["question"], file["name"]) for file in line["files"]] == [
        (f"q{kinds['file'].pk}", "a0.pdf"),
        (f"q{kinds['file'].pk}", "a1.pdf"),
        (None, "a2.pdf"),
    ]


def test_the_codebook_tells_every_column_and_code_in_each_language(
    tmp_path, consultation, questionnaire
):
    kinds = every_kind(consultation, questionnaire)
    book = rows_of(exported(tmp_path, "codebook", consultation, "fr"))
    told = {row["column"] for row in book if row["what"] == "column"}
    assert told == set(table(tmp_path, consultation)[0])
    rules = {row["column"]: row["rules"] for row in book if row["what"] == "question"}
    assert rules[f"q{kinds['long_text'].pk}"] == "required=0; word_limit=1000"
    assert rules[f"q{kinds['number'].pk}"] == "required=0; lowest=-2.5"
    assert rules[f"q{kinds['one_choice'].pk}"] == "required=0; other=1"
    health = kinds["one_choice"].choices.get(position=0)
    (choice,) = [row for row in book if row["what"] == "choice" and row["code"] == f"c{health.pk}"]
    assert (choice["text_en"], choice["text_fr"]) == ("Health", "[fr] Health")
    assert choice["id"] == str(health.item_id)
    codes = {row["code"] for row in book if row["column"] == "respondent_type_code"}
    assert {"academic", "company", "public_body"} <= codes
    (link,) = [row for row in book if row["what"] == "question" and row["kind"] == "link"]
    assert link["publication"] == "asked"


def test_codes_and_passages_are_a_file_and_notes_are_in_none(tmp_path, consultation, questionnaire):
    question = asked(questionnaire, "long_text")
    one = sent(consultation, said(question, "Open the models."))
    above = Code.objects.create(consultation=consultation)
    below = Code.objects.create(consultation=consultation, parent=above)
    for code, name in ((above, "Openness"), (below, "Models")):
        CodeLabel.objects.create(code=code, language="en", name=name)
    CodedContribution.objects.create(contribution=one, code=above)
    passage = Passage.objects.create(answer=one.answers.get(), start=5, end=15, quote="the models")
    passage.codes.add(below)
    Note.objects.create(contribution=one, text="Secret of the readers")
    whole, part = rows_of(exported(tmp_path, "coding", consultation))
    assert (whole["question"], whole["code"], whole["name"]) == ("", f"k{above.pk}", "Openness")
    assert (part["question"], part["start"], part["passage"], part["path"]) == (
        f"q{question.pk}",
        "5",
        "the models",
        "Openness > Models",
    )
    for format in ("csv", "jsonl", "answers", "codebook", "coding", "contacts"):
        assert "Secret" not in exported(tmp_path, format, consultation).read_text("utf-8")


def test_addresses_are_a_file_of_their_own(tmp_path, consultation):
    one = sent(consultation)
    (row,) = rows_of(exported(tmp_path, "contacts", consultation))
    assert (row["reference"], row["email"]) == (one.reference, one.contact.email)


def test_everything_is_one_archive_with_a_note_in_each_language_and_hashes(
    tmp_path, consultation, questionnaire
):
    every_kind(consultation, questionnaire)
    with zipfile.ZipFile(exported(tmp_path, "everything", consultation)) as archive:
        names = archive.namelist()
        assert [f"README.{code}.txt" for code, _name in settings.LANGUAGES] == names[:2]
        lines = archive.read("SHA256SUMS").decode().splitlines()
        sums = {name: digest for digest, _gap, name in (line.partition("  ") for line in lines)}
        assert set(sums) == set(names[3:])
        for name, digest in sums.items():
            assert hashlib.sha256(archive.read(name)).hexdigest() == digest
            assert digest in archive.read("README.fr.txt").decode()
        about = archive.read("README.fr.txt").decode().splitlines()[0]
        assert about.endswith(name_of(consultation, "fr"))
        assert json.loads(archive.read("answers.jsonl").splitlines()[0])["answer"] == "Maps"
        everything = b"".join(archive.read(name) for name in names)
    assert Contribution.objects.get().contact.email.encode() not in everything


def test_many_contributions_need_no_more_queries(tmp_path, consultation, questionnaire):
    kinds = every_kind(consultation, questionnaire)
    exported(tmp_path, "csv", consultation)
    with CaptureQueriesContext(connection) as few:
        exported(tmp_path, "csv", consultation)
    for _number in range(5):
        sent(consultation, said(kinds["long_text"], "x"))
    with CaptureQueriesContext(connection) as many:
        assert len(table(tmp_path, consultation)) == 6
    assert len(many) == len(few)
