"""A worker is killed while it writes an export: another makes the whole file, once."""

import hashlib
import os
import signal
import subprocess
import sys
import time
import zipfile

import pytest

from submissions.contributions.exports.making import ask, place_of_files
from submissions.models import Export, ExportState
from tests.submissions.answering import staff
from tests.submissions.exporting import asked, said, sent, some_consultation, some_questionnaire
from tools.console import ROOT

MANY = 600
SECONDS = 60


@pytest.mark.more
def test_a_killed_workers_export_is_made_whole_by_another(committed: str):
    consultation = some_consultation()
    question = asked(some_questionnaire(consultation), "long_text")
    for number in range(MANY):
        sent(consultation, said(question, f"Text {number}. " * 200))
    user = staff("view_contribution", "export_contribution")
    export = ask(consultation, user, format="everything", language="en", query="")
    environment = os.environ | {
        "DATABASE_URL": committed,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
    }
    command = [sys.executable, str(ROOT / "manage.py"), "worker"]
    worker = subprocess.Popen(command, env=environment)
    try:
        deadline = time.monotonic() + SECONDS
        while not Export.objects.filter(state=ExportState.RUNNING, done__gt=0).exists():
            assert time.monotonic() < deadline, "the worker did not begin"
            time.sleep(0.01)
        worker.send_signal(signal.SIGKILL)
    finally:
        worker.kill()
        worker.wait(timeout=SECONDS)
    export.refresh_from_db()
    assert (export.state, export.key) == (ExportState.RUNNING, "")
    subprocess.run([*command, "--once"], env=environment, timeout=SECONDS, check=True)
    export.refresh_from_db()
    assert (export.state, export.done) == (ExportState.READY, MANY)
    with place_of_files().open(export.key) as file:
        assert hashlib.sha256(file.read()).hexdigest() == export.sha256
        with zipfile.ZipFile(file) as archive:
            assert archive.testzip() is None
            assert archive.read("answers.jsonl").count(b"\n") == MANY
