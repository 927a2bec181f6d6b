"""The glossary as a CSV file: out, changed in a spreadsheet, and in again with a report."""

import csv
import io
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from core.models import Term, TermWording
from core.translating.glossary_files import as_csv, take
from home.roles import EDITORS, ORGANISERS, grant_roles, moderators_of, translators_of

HEAD = "number,en,fr,note\n"


@pytest.fixture
def heron(admin_user: User) -> Term:
    made = Term.objects.create(note="The bird.")
    for language, words in (("en", "heron"), ("fr", "héron")):
        TermWording.objects.create(term=made, language=language, words=words)
    return made


def terms() -> set[tuple[str, str, str]]:
    """Each term: its words in both languages and its note."""
    found = set()
    for term in Term.objects.prefetch_related("wordings"):
        said = {wording.language: wording.words for wording in term.wordings.all()}
        found.add((said.get("en", ""), said.get("fr", ""), term.note))
    return found


def test_it_goes_out_and_comes_in_again(heron: Term, admin_user: User) -> None:
    report = take("".join(as_csv()).encode(), admin_user)
    assert (report.added, report.changed, report.same, report.refused) == (0, 0, 1, [])


def test_a_spreadsheet_runs_nothing_of_it(heron: Term, admin_user: User) -> None:
    Term.objects.update(note="=1+1")
    text = "".join(as_csv())
    [_head, row] = csv.reader(io.StringIO(text.lstrip("\ufeff")))
    assert row[-1] == "'=1+1"
    assert take(text.encode(), admin_user).same == 1
    assert terms() == {("heron", "héron", "=1+1")}


def test_what_a_file_adds_and_changes(heron: Term, admin_user: User) -> None:
    # Semicolons, as spreadsheets in French write them; a line without number names a known word.
    content = f"number;en;fr;note\n{heron.pk};heron;héron cendré;\n;owl;chouette;At night\n"
    report = take(content.encode("utf-8-sig"), admin_user)
    assert (report.added, report.changed, report.refused) == (1, 1, [])
    assert terms() == {("heron", "héron cendré", ""), ("owl", "chouette", "At night")}
    again = take((HEAD + ",Owl,hibou,\n").encode(), admin_user)
    assert (again.added, again.changed) == (0, 1)
    assert ("Owl", "hibou", "") in terms()


def test_of_three_languages_one_may_be_empty_in_many_lines(
    heron: Term, admin_user: User, settings: Any
) -> None:
    settings.LANGUAGES = [*settings.LANGUAGES, ("de", "German")]
    content = "number,en,fr,de,note\n,owl,chouette,,\n,ibis,ibis sacré,,\n"
    report = take(content.encode(), admin_user)
    assert (report.added, report.refused) == (2, [])


@pytest.mark.parametrize(
    ("content", "line"),
    [
        pytest.param(b"\xff", 1, id="not UTF-8"),
        pytest.param(b"", 1, id="empty"),
        pytest.param(HEAD.encode(), 0, id="no term"),
        pytest.param(b"number,en\n,owl\n", 1, id="a language is missing"),
        pytest.param((HEAD + ",owl,chouette,\n99999,ibis,ibis,\n").encode(), 3, id="number"),
        pytest.param((HEAD + ",owl,chouette,\nx,ibis,ibis,\n").encode(), 3, id="no number"),
        pytest.param((HEAD + ",owl,chouette,\n,ibis,,\n").encode(), 3, id="words in one alone"),
        pytest.param((HEAD + ",owl,chouette,\n,owl,hibou,\n").encode(), 3, id="twice"),
        pytest.param((HEAD + ",owl,héron,\n,heron,grue,\n").encode(), 3, id="two terms at once"),
        pytest.param((HEAD + ",owl,chouette,\n,!,?,\n").encode(), 3, id="no letters"),
        pytest.param((HEAD + ",owl,chouette,,more\n").encode(), 2, id="more cells"),
        pytest.param((HEAD + f",owl,{'x' * 201},\n").encode(), 2, id="too long"),
        pytest.param((HEAD + ",owl\0,chouette,\n").encode(), 2, id="control"),
    ],
)
def test_a_file_that_is_unfit_changes_nothing(
    heron: Term, admin_user: User, content: bytes, line: int
) -> None:
    report = take(content, admin_user)
    assert [line for line, _words, _why in report.refused][:1] == [line], report
    assert all(why for _line, _words, why in report.refused)
    assert terms() == {("heron", "héron", "The bird.")}


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (EDITORS, True),
        (translators_of("French"), True),
        (ORGANISERS, False),
        (moderators_of("French"), False),
    ],
)
def test_files_are_for_who_keeps_the_glossary(db: None, role: str, may: bool) -> None:
    grant_roles()
    user = User.objects.create_user("ada", password="x")
    user.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(user)
    taken = client.get(reverse("glossary:csv"))
    assert taken.status_code == (200 if may else 302)
    file = SimpleUploadedFile("glossary.csv", (HEAD + ",owl,chouette,\n").encode())
    assert client.post(reverse("glossary:csv_in"), {"file": file}).status_code == (
        200 if may else 302
    )
    assert Term.objects.exists() is may
    if may:
        page = client.get(reverse("glossary:index")).content.decode()
        assert reverse("glossary:csv_in") in page
        assert client.post(reverse("glossary:csv_in"), {}).status_code == 422
