"""Exports in the admin: who may, the file on its way, having it, and how long it stays."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from core.clock import database_now
from submissions.contributions.exports import making
from submissions.contributions.exports.formats import FORMATS
from submissions.contributions.exports.making import NotAllowed, ask, make_file, place_of_files
from submissions.contributions.exports.retention import KEPT_FOR, remove_old_exports
from submissions.models import Consultation, ContributionState, Export, ExportState, Question
from tests.submissions.answering import staff
from tests.submissions.dossiers import text_of
from tests.submissions.exporting import asked, said, sent, some_consultation, some_questionnaire

pytestmark = pytest.mark.django_db

EXPORTER = ("view_contribution", "export_contribution")
ALL = "contribution_exports"


@pytest.fixture
def consultation() -> Consultation:
    return some_consultation()


@pytest.fixture
def question(consultation: Consultation) -> Question:
    return asked(some_questionnaire(consultation), "short_text", "Name one.")


@pytest.fixture
def exporter(client: Any) -> Any:
    """A browser in which somebody who may export has signed in."""
    client.force_login(staff(*EXPORTER))
    return client


def ask_for(client: Any, query: str = "", **said: str) -> Any:
    data = {"format": "csv", "language": "en"} | said
    return client.post(f"{reverse(ALL)}?{query}", data)


def made(client: Any, query: str = "", **said: str) -> Export:
    """The export that was asked for, once the worker has made it."""
    assert ask_for(client, query, **said).status_code == 302
    export = Export.objects.order_by("-asked_at")[0]
    make_file.call(str(export.pk))
    export.refresh_from_db()
    return export


def download(client: Any, export: Export) -> Any:
    return client.get(reverse("contribution_export_file", args=[export.pk]))


def page_of(client: Any, export: Export, **headers: str) -> Any:
    return client.get(reverse("contribution_export", args=[export.pk]), headers=headers)


# --- Asking, and having it ------------------------------------------------------------------------


def test_the_page_tells_what_will_be_exported(consultation, exporter):
    sent(consultation, name="Ada")
    sent(consultation, name="Noor", language="fr", country="DE")
    html = text_of(exporter.get(reverse(ALL)))
    assert "2 contributions" in html
    assert "All that were received" in html
    html = text_of(exporter.get(reverse(ALL), {"language": "fr", "q": "noo", "p": "2"}))
    assert "1 contribution" in html
    assert "French" in html
    assert "noo" in html
    assert 'action="?language=fr&q=noo"' in html


def test_the_file_is_of_what_the_list_shows(consultation, exporter):
    sent(consultation, name="Ada")
    sent(consultation, name="Noor", language="fr")
    export = made(exporter, "language=fr&p=3")
    assert (export.state, export.filters, export.total) == (ExportState.READY, "language=fr", 1)
    text = download(exporter, export).getvalue().decode()
    assert "Noor" in text
    assert "Ada" not in text


def test_whose_to_read_is_meant_is_told_to_colleagues(consultation, client, exporter):
    export = made(exporter, "reader=me")
    assert "Me" in text_of(page_of(exporter, export))
    client.force_login(staff(*EXPORTER, name="colleague"))
    assert '<dd dir="auto">reader</dd>' in text_of(page_of(client, export))


def test_the_file_comes_with_its_name_size_and_hash(consultation, exporter):
    sent(consultation)
    export = made(exporter, format="xlsx")
    html = text_of(page_of(exporter, export))
    response = download(exporter, export)
    content = response.getvalue()
    assert hashlib.sha256(content).hexdigest() == export.sha256
    assert export.sha256 in html
    assert len(content) == export.size
    name = f"contributions-{export.asked_at:%Y-%m-%d}.xlsx"
    assert name in html
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert "no-store" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"


def test_the_file_speaks_the_language_asked_for(consultation, question, exporter):
    sent(consultation, said(question, "Maps"))
    text = download(exporter, made(exporter, language="fr")).getvalue().decode()
    assert f"q{question.pk}: [fr] Name one." in text


def test_how_far_it_is_is_shown_with_scripts_and_without(consultation, exporter):
    sent(consultation)
    ask_for(exporter)
    export = Export.objects.get()
    Export.objects.update(state=ExportState.RUNNING, total=4000, done=1200)
    html = text_of(page_of(exporter, export))
    assert "1,200 of 4,000 contributions written" in html
    assert '<progress aria-labelledby="export-said" max="4000" value="1200">' in html
    assert "See how far it is now" in html.partition("<noscript>")[2].partition("</noscript>")[0]
    part = page_of(exporter, export, hx_request="true")
    assert part.content.strip().startswith(b'<div id="export-progress"')
    Export.objects.update(state=ExportState.READY)
    assert page_of(exporter, export, hx_request="true")["HX-Refresh"] == "true"


def test_two_clicks_make_one_file(consultation, exporter):
    addresses = {ask_for(exporter)["Location"] for _click in range(2)}
    assert len(addresses) == Export.objects.count() == 1


@pytest.mark.parametrize("said", [{"format": "exe"}, {"format": ""}, {"language": "xx"}])
def test_what_there_is_not_is_refused_with_words(consultation, exporter, said):
    response = ask_for(exporter, **said)
    assert response.status_code == 422
    assert "<title>Error:" in text_of(response).replace("\n", "").replace("  ", "")
    assert not Export.objects.exists()


def test_both_asking_and_downloading_are_in_the_audit_log(consultation, exporter):
    sent(consultation)
    download(exporter, made(exporter, "country=FR")).getvalue()
    entries = ModelLogEntry.objects.for_instance(consultation).order_by("timestamp", "pk")
    assert [entry.action for entry in entries] == [making.ASKED, making.DOWNLOADED]
    for entry in entries:
        assert entry.user.username == "reader"
        assert (entry.data["format"], entry.data["filters"]) == ("csv", "country=FR")
        assert entry.data["contributions"] == 1


def test_the_page_needs_no_more_queries_for_many(consultation, exporter):
    sent(consultation)
    made(exporter)
    exporter.get(reverse(ALL))
    with CaptureQueriesContext(connection) as few:
        exporter.get(reverse(ALL))
    for _number in range(4):
        sent(consultation, language="fr")
        made(exporter)
    with CaptureQueriesContext(connection) as many:
        exporter.get(reverse(ALL))
    assert len(many) == len(few)


# --- When something goes wrong --------------------------------------------------------------------


def test_a_failure_says_so_and_the_file_can_be_made_again(consultation, exporter, monkeypatch):
    sent(consultation)

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(making, "write", full)
        export = made(exporter)
    assert export.state == ExportState.FAILED
    html = text_of(page_of(exporter, export))
    assert "The file could not be made." in html
    assert download(exporter, export).status_code == 302
    again = exporter.post(reverse("contribution_export_again", args=[export.pk]))
    newest = Export.objects.exclude(pk=export.pk).get()
    assert again["Location"] == reverse("contribution_export", args=[newest.pk])
    make_file.call(str(newest.pk))
    assert download(exporter, newest).status_code == 200


def test_a_task_of_a_dead_worker_makes_the_whole_file_once(consultation, exporter):
    for _number in range(3):
        sent(consultation)
    ask_for(exporter)
    export = Export.objects.get()
    # A worker stored the bytes, and died before it could say so.
    place_of_files().save(f"exports/{export.pk}", ContentFile(b"half"))
    Export.objects.update(state=ExportState.RUNNING, done=1)
    for _attempt in range(2):
        make_file.call(str(export.pk))
    export.refresh_from_db()
    assert (export.state, export.done) == (ExportState.READY, 3)
    assert export.key == f"exports/{export.pk}"
    content = download(exporter, export).getvalue()
    assert hashlib.sha256(content).hexdigest() == export.sha256


def test_who_lost_the_permission_meanwhile_gets_no_file(consultation, exporter):
    sent(consultation)
    ask_for(exporter)
    export = Export.objects.get()
    export.by.user_permissions.clear()
    make_file.call(str(export.pk))
    export.refresh_from_db()
    assert (export.state, export.key) == (ExportState.FAILED, "")


# --- How long it stays ----------------------------------------------------------------------------


def test_files_go_after_a_week(consultation, exporter):
    sent(consultation)
    export = made(exporter)
    now = database_now()
    remove_old_exports(now + KEPT_FOR - timedelta(hours=1))
    assert place_of_files().exists(export.key)
    remove_old_exports(now + KEPT_FOR + timedelta(hours=1))
    assert not place_of_files().exists(export.key)
    assert not Export.objects.exists()


# case 60
def test_who_withdraws_is_in_no_file_that_can_still_be_had(consultation, exporter):
    one = sent(consultation, name="Ada")
    sent(consultation, name="Noor")
    export = made(exporter)
    one.state, one.withdrawn_at = ContributionState.WITHDRAWN, database_now()
    one.save()
    assert download(exporter, export).status_code == 302
    assert "Somebody has withdrawn" in text_of(page_of(exporter, export))
    remove_old_exports(database_now())
    assert not place_of_files().exists(export.key)
    assert "Somebody has withdrawn" in text_of(page_of(exporter, export))
    exporter.post(reverse("contribution_export_again", args=[export.pk]))
    newest = Export.objects.exclude(pk=export.pk).get()
    make_file.call(str(newest.pk))
    newest.refresh_from_db()
    assert b"Ada" not in download(exporter, newest).getvalue()


def test_what_nobody_makes_any_more_is_told(consultation, exporter):
    ask_for(exporter)
    remove_old_exports(database_now() + timedelta(hours=5))
    assert Export.objects.get().state == ExportState.WAITING
    remove_old_exports(database_now() + timedelta(hours=7))
    assert Export.objects.get().state == ExportState.FAILED


# --- Who may --------------------------------------------------------------------------------------

SEES = {
    ("view_idea",): None,
    ("view_contribution",): None,
    ("export_contribution",): None,
    EXPORTER: {"csv", "xlsx", "jsonl", "answers", "codebook", "everything"},
    (*EXPORTER, "add_passage"): {
        *("csv", "xlsx", "jsonl", "answers", "codebook", "everything", "coding")
    },
    (*EXPORTER, "view_contactdetails"): {
        *("csv", "xlsx", "jsonl", "answers", "codebook", "everything", "contacts")
    },
}


@pytest.mark.parametrize("permissions", SEES)
def test_each_file_is_for_who_may_have_it(consultation, client, permissions):
    sent(consultation)
    user = staff(*permissions)
    boss = staff(*EXPORTER, "add_passage", "view_contactdetails", name="boss")
    stored = place_of_files().save("exports/anything", ContentFile(b"x"))
    client.force_login(user)
    page = client.get(reverse(ALL))
    if SEES[permissions] is None:
        assert page.status_code == 302
    for format in FORMATS:
        may = format in (SEES[permissions] or ())
        assert (f'value="{format}"' in text_of(page)) == may
        if not may:
            ask_for(client, format=format)
            with pytest.raises(NotAllowed):
                ask(consultation, user, format=format, language="en", query="")
        export = Export.objects.create(
            consultation=consultation,
            by=boss,
            format=format,
            language="en",
            state=ExportState.READY,
            key=stored,
        )
        for name in ("contribution_export", "contribution_export_file"):
            status = client.get(reverse(name, args=[export.pk])).status_code
            assert (status == 200) == may
        client.post(reverse("contribution_export_again", args=[export.pk]))
    mine = Export.objects.filter(by=user)
    assert {export.format for export in mine} == (SEES[permissions] or set())


def test_the_public_has_none_of_it(consultation, client):
    boss = staff(*EXPORTER, name="boss")
    export = ask(consultation, boss, format="csv", language="en", query="")
    make_file.call(str(export.pk))
    for name, arguments in (
        (ALL, []),
        ("contribution_export", [export.pk]),
        ("contribution_export_file", [export.pk]),
    ):
        response = client.get(reverse(name, args=arguments))
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("wagtailadmin_login"))


def test_another_sites_contributions_are_never_in(consultation, exporter):
    sent(consultation, name="Ada")
    elsewhere = some_consultation("other.example.org")
    sent(elsewhere, name="Noor")
    content = download(exporter, made(exporter)).getvalue()
    assert b"Ada" in content
    assert b"Noor" not in content
    content = download(exporter, made(exporter, f"consultation={elsewhere.pk}")).getvalue()
    assert b"Ada" not in content
    assert b"Noor" in content


@pytest.mark.django_db(transaction=True)
def test_the_worker_makes_it(client):
    consultation = some_consultation()
    sent(consultation)
    client.force_login(staff(*EXPORTER))
    ask_for(client, format="everything")
    call_command("worker", once=True)
    assert Export.objects.get().state == ExportState.READY
