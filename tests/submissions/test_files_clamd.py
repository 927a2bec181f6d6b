"""ClamAV's own daemon, with a signature of our own for EICAR: nothing is downloaded (case 38)."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from hashlib import md5
from pathlib import Path
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from submissions.contributions.files.clamd import ScannerAway, ask
from submissions.contributions.files.scanning import scan
from submissions.contributions.files.storing import storage
from submissions.models import Attachment, ScanState
from tests.fixtures.server import free_port
from tests.submissions.filed import somebody
from tests.submissions.filing import docx, pdf
from tests.submissions.scanner import EICAR

pytestmark = [
    pytest.mark.more,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("clamd"),  # one daemon for all
]
SECONDS_TO_START = 60


def clamd() -> str:
    """Debian puts it where only root looks."""
    program = shutil.which("clamd", path=f"{os.environ['PATH']}:/usr/sbin")
    assert program, "clamd is missing. On Debian: apt-get install clamav-daemon"
    return program


@pytest.fixture(scope="module")
def daemon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A daemon of our own, on a port and on a socket."""
    place = tmp_path_factory.mktemp("clamd")
    signatures = place / "signatures"
    signatures.mkdir()
    # The file itself, by its hash; and its words wherever they stand in a file, by their bytes.
    (signatures / "ours.hdb").write_text(f"{md5(EICAR).hexdigest()}:{len(EICAR)}:Ours.Eicar.File\n")
    (signatures / "ours.ndb").write_text(f"Ours.Eicar.Words:0:*:{EICAR.hex()}\n")
    port, path = free_port(), Path("/tmp") / f"polyphony-clamd-{os.getpid()}"
    (place / "clamd.conf").write_text(
        f"DatabaseDirectory {signatures}\nTCPSocket {port}\nTCPAddr 127.0.0.1\nLocalSocket {path}\n"
        "Foreground yes\nOfficialDatabaseOnly no\nBytecode no\nMaxThreads 2\n"
        f"LogFile {place / 'clamd.log'}\nTemporaryDirectory {place}\n"
    )
    place.chmod(0o755)
    process = subprocess.Popen(
        [clamd(), "--config-file", str(place / "clamd.conf")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, process, place)
        yield {"tcp": f"tcp://127.0.0.1:{port}", "unix": f"unix://{path}"}
    finally:
        process.terminate()
        process.wait(timeout=30)
        path.unlink(missing_ok=True)


def _wait_for(port: int, process: subprocess.Popen[bytes], place: Path) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        assert process.poll() is None, (place / "clamd.log").read_text()
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail("clamd does not listen")


def work() -> None:
    for task in DBTaskResult.objects.ready():
        scan.func(*task.args_kwargs["args"])
        task.delete()


@pytest.mark.parametrize("door", ["tcp", "unix"])
def test_the_daemon_finds_what_it_knows(daemon: dict[str, str], door: str, settings: Any) -> None:
    settings.CLAMD_URL = daemon[door]
    DBTaskResult.objects.all().delete()
    writer = somebody()
    good = writer.file(docx())
    in_a_document = writer.file(pdf().replace(b"%%EOF", b"%" + EICAR + b"\n%%EOF"))
    packed = writer.file(docx("<w:p><w:r><w:t>x</w:t></w:r></w:p>", more={"a.xml": _in_xml()}))
    work()
    states = dict(Attachment.objects.values_list("pk", "scan"))
    assert states[good.pk] == ScanState.CLEAN
    assert states[in_a_document.pk] == states[packed.pk] == ScanState.INFECTED
    assert storage().exists(good.key) and not storage().exists(in_a_document.key)


def _in_xml() -> bytes:
    """Inside a member that is packed: the daemon unpacks it, too."""
    return b"<a><![CDATA[" + EICAR + b"]]></a>"


def test_the_file_itself_is_known_by_its_hash(daemon: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "eicar.com"
    path.write_bytes(EICAR)
    with path.open("rb") as file:
        assert ask(daemon["tcp"], file).found.startswith("Ours.Eicar")


def test_a_door_that_is_shut_is_told(daemon: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "nothing"
    path.write_bytes(b"nothing")
    with path.open("rb") as file, pytest.raises(ScannerAway):
        ask("unix:///nowhere/clamd.ctl", file)
