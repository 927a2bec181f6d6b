"""Which Python the commands choose, and what they say when none will do."""

import sys

import pytest

from tools import bootstrap, interpreter


def nothing_else(name: str) -> None:
    return None


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13)])
def test_a_supported_python_is_used_as_it_is(version: tuple[int, int]) -> None:
    assert interpreter.choose(version, locate=nothing_else) == sys.executable


def test_a_python_too_old_gives_way_to_a_supported_one() -> None:
    there = {"python3.12": "/usr/bin/python3.12", "python3.13": "/usr/bin/python3.13"}
    assert interpreter.choose((3, 9), locate=there.get) == "/usr/bin/python3.12"


def test_the_newest_is_chosen_when_asked_for() -> None:
    there = {"python3.12": "/usr/bin/python3.12", "python3.13": "/usr/bin/python3.13"}
    assert interpreter.choose((3, 11), locate=there.get, newest=True) == "/usr/bin/python3.13"


def test_a_python_newer_than_supported_does_not_suit() -> None:
    assert interpreter.choose((3, 14), locate=nothing_else) is None


def test_a_stand_in_that_does_not_start_is_not_located(
    tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in = tmp_path / "python3.12"
    stand_in.write_text("#!/bin/sh\nexit 127\n")
    stand_in.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert interpreter.locate("python3.12") is None


def test_python_too_old_is_said_with_the_package_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(interpreter, "choose", lambda *args, **options: None)
    assert bootstrap.main(["run"]) == 1
    said = capsys.readouterr().err
    assert "Python 3.11, 3.12 or 3.13 is needed" in said
    assert "apt-get install python3 python3-venv" in said
