"""A catalogue that comes in as a PO file: read first, taken once that is confirmed."""

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, override

from core.models import InterfaceWording
from core.wordings import files
from core.wordings.services import MendedMeanwhileError, mend, mendable

HEAD = 'msgid ""\nmsgstr "Language: fr\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
GOOD = 'msgid "Moderators"\nmsgstr "Les « modérateurs »"\n\n'
SEVERAL = (
    'msgid "%(number)s report of a reader settled"\n'
    'msgid_plural "%(number)s reports of readers settled"\n'
    'msgstr[0] "%(number)s réglé"\nmsgstr[1] "%(number)s réglés"\n\n'
)
UNKNOWN = 'msgid "Nobody says this"\nmsgstr "x"\n'
WHERE = "/admin/wordings/fr/po/import/"


def brought(client: Client, *entries: str) -> Any:
    file = SimpleUploadedFile("fr.po", "".join([HEAD, *entries]).encode())
    return client.post(WHERE, {"file": file})


def confirmation(answer: Any) -> dict[str, str]:
    """What the button of the report sends, as a browser does."""
    form = BeautifulSoup(answer.content, "html.parser").select_one("form:has([name=changes])")
    assert form is not None
    changes, seen = form.select_one("textarea"), form.select_one("[name=seen]")
    assert changes is not None and seen is not None
    return {"changes": changes.text.replace("\n", "\r\n"), "seen": str(seen["value"])}


def listed(answer: Any) -> list[list[str]]:
    """The changes that are shown, cell by cell."""
    (table,) = BeautifulSoup(answer.content, "html.parser").select("main table")
    return [[cell.text for cell in row.select("td")] for row in table.select("tbody tr")]


def stored() -> dict[str, list[str]]:
    return dict(InterfaceWording.objects.values_list("message", "words"))


@pytest.mark.django_db(transaction=True)
def test_nothing_is_taken_before_its_report_was_read(
    administrator: User, admin_client: Client
) -> None:
    report = brought(admin_client, GOOD, SEVERAL, UNKNOWN)
    assert report.status_code == 200
    rows = listed(report)
    assert rows[0] == ["Moderators", "Modérateurs", "Les « modérateurs »"]
    assert "%(number)s réglé / %(number)s réglés" in rows[1]
    assert "Nobody says this" in report.content.decode()
    assert not InterfaceWording.objects.exists()
    done = admin_client.post(WHERE, confirmation(report))
    assert done.headers["Location"] == reverse("wordings:index", args=["fr"]) + "?show=mended"
    assert stored()["Moderators"] == ["Les « modérateurs »"]
    assert len(stored()) == 2
    with override("fr"):
        assert gettext("Moderators") == "Les « modérateurs »"
    assert "2 wordings changed" in admin_client.get(done.headers["Location"]).content.decode()


def test_what_a_colleague_mends_while_it_is_taken_is_not_overwritten(
    administrator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = (HEAD + GOOD + SEVERAL).encode()
    look, token = files.look, files.look("fr", content).token

    def look_before_a_colleague(language: str, content: bytes) -> files.Report:
        report = look(language, content)
        mend("fr", {("", "Moderators"): ["Modération"]}, administrator)
        return report

    monkeypatch.setattr(files, "look", look_before_a_colleague)
    with pytest.raises(MendedMeanwhileError):
        files.take("fr", content, administrator, token)
    assert stored() == {"Moderators": ["Modération"]}


def test_all_that_would_change_is_listed(administrator: User, admin_client: Client) -> None:
    simple = re.compile(r"[A-Za-z ]{1,100}")
    known = mendable("fr").values()
    bare = [one.message for one in known if not one.context and not one.plural]
    said = [one for one in bare if simple.fullmatch(one)][:230]
    entries = [f'msgid "{one}"\nmsgstr "{one} x"\n\n' for one in said]
    assert len(said) == 230
    shown = listed(brought(admin_client, *entries))
    assert [row[0] for row in shown] == said


def test_two_changes_of_one_message_are_told_apart(
    administrator: User, admin_client: Client
) -> None:
    said = 'msgid "Name"\nmsgstr "Appellation"\n\n'
    shown = listed(brought(admin_client, said, f'msgctxt "file"\n{said}'))
    assert [row[0] for row in shown] == ["Name", "Name (file)"]


def test_what_was_mended_since_the_report_is_shown_first(
    administrator: User, admin_client: Client
) -> None:
    sent = confirmation(brought(admin_client, GOOD))
    mend("fr", {("", "Moderators"): ["Modération"]}, administrator)
    again = admin_client.post(WHERE, sent)
    assert again.status_code == 409
    assert "A wording was mended meanwhile." in again.content.decode()
    assert stored() == {"Moderators": ["Modération"]}
    assert admin_client.post(WHERE, confirmation(again)).status_code == 302
    assert stored() == {"Moderators": ["Les « modérateurs »"]}


def test_a_confirmation_brings_in_nothing_that_a_file_could_not(
    administrator: User, admin_client: Client
) -> None:
    sent = confirmation(brought(admin_client, GOOD))
    script = sent["changes"].replace("Les", "<script>")
    assert admin_client.post(WHERE, sent | {"changes": script}).status_code == 422
    assert admin_client.post(WHERE, sent | {"changes": "no PO file"}).status_code == 422
    other = sent["changes"].replace("Les", "Nos")
    assert admin_client.post(WHERE, sent | {"changes": other}).status_code == 409
    assert stored() == {}


def test_a_file_that_changes_nothing_has_nothing_to_confirm(
    administrator: User, admin_client: Client
) -> None:
    answer = brought(admin_client, UNKNOWN)
    assert answer.status_code == 200
    assert "0 wordings would change" in answer.content.decode()
    assert b'name="changes"' not in answer.content


def test_a_file_with_a_fault_is_refused_whole(administrator: User, admin_client: Client) -> None:
    answer = brought(admin_client, GOOD, SEVERAL.replace("%(number)s réglés", "réglés"))
    assert answer.status_code == 422
    assert "Nothing of the file was taken" in answer.content.decode()
    assert b'name="changes"' not in answer.content
