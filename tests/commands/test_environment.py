"""The virtual environment: when it is filled, and what is said when it can't be."""

import json
import sys
from pathlib import Path

import pytest

from tools import environment
from tools.console import ROOT, Trouble


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with pins in it, and an installer that only notes what it was asked for."""
    (tmp_path / "requirements-local.txt").write_text("polib==1.2.0\n")
    (tmp_path / "requirements-dev.txt").write_text("polib==1.2.0\npytest==9.2.0\n")

    def make(folder: Path) -> None:
        (folder / "bin").mkdir(parents=True, exist_ok=True)
        (folder / "bin" / "python").touch()

    def install(folder: Path, pins: Path, options: tuple[str, ...] = ()) -> None:
        with (tmp_path / "asked").open("a") as asked:
            asked.write(f"{pins.name}\n")

    monkeypatch.setattr(environment, "make", make)
    monkeypatch.setattr(environment, "install", install)
    return tmp_path


def asked(clone: Path) -> list[str]:
    return (clone / "asked").read_text().split()


def test_nothing_is_installed_twice(clone: Path) -> None:
    environment.prepare(environment.RUN, clone)
    environment.prepare(environment.RUN, clone)
    assert asked(clone) == ["requirements-local.txt"]


def test_changed_pins_are_installed(clone: Path) -> None:
    environment.prepare(environment.RUN, clone)
    (clone / "requirements-local.txt").write_text("polib==1.2.1\n")
    environment.prepare(environment.RUN, clone)
    assert asked(clone) == ["requirements-local.txt"] * 2


def test_the_developers_packages_hold_those_of_the_site(clone: Path) -> None:
    environment.prepare(environment.DEVELOP, clone)
    environment.prepare(environment.RUN, clone)
    assert asked(clone) == ["requirements-dev.txt"]


def test_an_installation_that_failed_is_tried_again(
    clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(folder: Path, pins: Path, options: tuple[str, ...] = ()) -> None:
        raise Trouble("no network")

    with monkeypatch.context() as patch, pytest.raises(Trouble):
        patch.setattr(environment, "install", fail)
        environment.prepare(environment.RUN, clone)
    environment.prepare(environment.RUN, clone)
    assert asked(clone) == ["requirements-local.txt"]


def test_a_damaged_stamp_means_installing_again(clone: Path) -> None:
    environment.prepare(environment.RUN, clone)
    (clone / ".venv" / environment.STAMP).write_text(json.dumps({})[:1])
    environment.prepare(environment.RUN, clone)
    assert len(asked(clone)) == 2


def test_a_full_disk_is_said_with_the_room_that_is_needed(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="900 MiB are needed, 12 MiB are free"):
        environment.check_room(
            tmp_path, 900 * environment.MEBIBYTE, free=lambda folder: 12 * environment.MEBIBYTE
        )


def test_room_enough_is_no_trouble(tmp_path: Path) -> None:
    environment.check_room(tmp_path, 10, free=lambda folder: 10)


def test_a_python_without_venv_is_said_with_its_package() -> None:
    with pytest.raises(Trouble, match=r"apt-get install python3(\.\d+)?-venv"):
        environment.check_parts(find=lambda module: None)


def test_pips_own_words_are_shown_when_it_fails(tmp_path: Path) -> None:
    pins = tmp_path / "requirements.txt"
    pins.write_text("not a requirement\n")
    with pytest.raises(Trouble, match="Invalid requirement"):
        environment.install(Path(sys.prefix), pins)


def test_the_newest_requirements_pin_neither_django_nor_wagtail(tmp_path: Path) -> None:
    for name in ("requirements", "requirements-local", "requirements-dev"):
        source = ROOT / f"{name}.in"
        (tmp_path / source.name).write_text(source.read_text())
    lines = environment.newest_requirements(tmp_path).read_text().splitlines()
    assert {"Django", "wagtail", "wagtail-localize"} <= set(lines)
    assert any(line.startswith("pytest==") for line in lines)


def test_each_set_of_pins_holds_the_one_below_it() -> None:
    def pins(name: str) -> set[str]:
        lines = (ROOT / name).read_text().splitlines()
        return {line.split("#")[0].strip() for line in lines}

    assert pins("requirements.txt") <= pins("requirements-local.txt")
    assert pins("requirements-local.txt") <= pins("requirements-dev.txt")


def test_what_has_no_pins_is_brought_to_the_newest_each_time(clone: Path) -> None:
    (clone / "var" / "next").mkdir(parents=True)
    (clone / environment.NEXT.pins).write_text("wagtail\n")
    environment.prepare(environment.NEXT, clone)
    environment.prepare(environment.NEXT, clone)
    assert asked(clone) == ["requirements.txt"] * 2
