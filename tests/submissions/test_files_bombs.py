"""Judging is a process of its own, with little memory, little time and no secrets (case 35)."""

import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable

import pytest

from submissions.contributions.files import judged
from submissions.contributions.files.judged import COMMAND, ENVIRONMENT, ROOT, judge
from submissions.contributions.files.judging.limits import MEMORY, SECONDS_OF_PROCESSOR
from submissions.contributions.files.words import FileRefused
from tests.submissions import filing


def asked_outside(document: bytes) -> str:
    """What the process of its own says: the kind, or why not."""
    with tempfile.TemporaryFile() as file:
        file.write(document)
        file.flush()
        try:
            return judge(file).kind
        except FileRefused as refused:
            return refused.code


def with_part(name: str, content: str) -> bytes:
    return filing.docx(more={name: content})


# A process begins with the memory of whoever starts it: a small one starts the one to measure.
MEASURE = (
    "import resource, subprocess, sys;"
    "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=False);"
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
)


def memory_of(document: bytes) -> int:
    """The most that judging it took, in bytes."""
    with tempfile.TemporaryFile() as file:
        file.write(document)
        file.seek(0)
        measured = subprocess.run(
            [sys.executable, "-c", MEASURE, *COMMAND],
            cwd=ROOT,
            env=ENVIRONMENT,
            stdin=file,
            capture_output=True,
            check=True,
        )
    return int(measured.stdout) * 1024


def seconds_of_children() -> float:
    """What the ended ones took of the processor: other programs don't make it longer."""
    taken = resource.getrusage(resource.RUSAGE_CHILDREN)
    return taken.ru_utime + taken.ru_stime


def test_a_process_of_its_own_judges_without_secrets() -> None:
    assert asked_outside(filing.pdf()) == "pdf"
    assert asked_outside(b"<svg/>") == "page"
    assert not any("SECRET" in name or "DATABASE" in name for name in ENVIRONMENT)


# case 35
@pytest.mark.parametrize(
    "bomb",
    [
        filing.office_bomb,
        filing.lying_bomb,
        pytest.param(filing.pdf_bomb, marks=pytest.mark.more),  # its time is the limit itself
        lambda: filing.zipped({f"word/{n}.xml": "" for n in range(4000)} | filing.docx_members()),
        lambda: filing.docx("<w:p>" * 1_000_000),
        lambda: with_part("word/media/image1.svg", "<svg>" + " " * 90_000_000 + "</svg>"),
    ],
    ids=["large", "lying", "pdf", "members", "deep", "long"],
)
def test_a_bomb_takes_neither_memory_nor_time(bomb: Callable[[], bytes]) -> None:
    document = bomb()
    assert len(document) < 10 * 1024 * 1024
    before = seconds_of_children()
    assert asked_outside(document) in {"too_heavy", "damaged"}
    assert seconds_of_children() - before < SECONDS_OF_PROCESSOR + 2
    assert memory_of(document) <= MEMORY


def test_a_process_that_is_too_hungry_is_ended() -> None:
    # The cap itself, whatever the checks before it miss.
    greedy = (
        "from submissions.contributions.files.judging import limits; limits.confine();"
        "bytearray(limits.MEMORY)"
    )
    ended = subprocess.run([COMMAND[0], "-c", greedy], cwd=ROOT, capture_output=True, check=False)
    assert b"MemoryError" in ended.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="limits of processes")
def test_a_program_that_does_not_start_is_no_fault_of_the_sender(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(judged, "COMMAND", [sys.executable, "-c", "import nothing_of_that_name"])
    assert asked_outside(filing.pdf()) == "not_kept"
