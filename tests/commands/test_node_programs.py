"""Programs from npm: pinned to the byte, installed once, without running their scripts."""

import json
import os
import stat
from pathlib import Path

import pytest

from tools import debian
from tools.console import Trouble
from tools.node_programs import FILES, PINS, fingerprint, node_modules

LOCK = json.loads((PINS / "package-lock.json").read_text())
FAKE_NPM = """#!/bin/sh
echo "$@" >> "$(dirname "$0")/asked"
[ -e "$(dirname "$0")/broken" ] && { echo "no network"; exit 1; }
mkdir -p "$3/node_modules"
"""


@pytest.fixture
def npm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose ``npm`` notes what it was asked; ``broken`` in it makes it fail."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("npm", "node"):
        program = folder / name
        program.write_text(FAKE_NPM)
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder


@pytest.fixture
def pins(tmp_path: Path) -> Path:
    folder = tmp_path / "pins"
    folder.mkdir()
    for name in FILES:
        (folder / name).write_text("{}")
    return folder


def test_every_package_is_pinned_by_its_checksum_and_by_no_registrys_address() -> None:
    packages = {name: one for name, one in LOCK["packages"].items() if name}
    assert len(packages) > 1
    assert [name for name, one in packages.items() if "resolved" in one] == []
    assert [name for name, one in packages.items() if "integrity" not in one] == []
    assert "http" not in json.dumps([one.get("version") for one in packages.values()])


def test_what_is_asked_for_is_one_version_each_and_the_locks() -> None:
    wanted = json.loads((PINS / "package.json").read_text())["dependencies"]
    assert wanted == LOCK["packages"][""]["dependencies"]
    for name, version in wanted.items():
        assert LOCK["packages"][f"node_modules/{name}"]["version"] == version


def test_no_package_depends_on_a_tag_whose_version_only_a_registry_knows() -> None:
    named = [
        f"{name}: {wanted}"
        for name, one in LOCK["packages"].items()
        for wanted, version in one.get("dependencies", {}).items()
        if version.isalpha()
    ]
    assert named == [], "see tools/node/README.md"


def test_no_packages_script_is_run() -> None:
    assert "ignore-scripts=true" in (PINS / ".npmrc").read_text().splitlines()


def test_they_are_installed_once_and_again_when_the_pins_change(
    npm: Path, pins: Path, tmp_path: Path
) -> None:
    folder = node_modules(tmp_path, pins)
    assert node_modules(tmp_path, pins) == folder == tmp_path / "var" / "node" / "node_modules"
    assert len((npm / "asked").read_text().splitlines()) == 1
    before = fingerprint(pins)
    (pins / "package-lock.json").write_text('{"changed": true}')
    assert fingerprint(pins) != before
    node_modules(tmp_path, pins)
    assert len((npm / "asked").read_text().splitlines()) == 2


def test_an_installation_that_failed_says_so_and_is_tried_again(
    npm: Path, pins: Path, tmp_path: Path
) -> None:
    (npm / "broken").touch()
    with pytest.raises(Trouble, match="no network"):
        node_modules(tmp_path, pins)
    (npm / "broken").unlink()
    assert node_modules(tmp_path, pins).is_dir()


@pytest.mark.parametrize(
    ("programs", "packages"),
    [(debian.NODE, ["nodejs", "npm"]), (debian.JAVA, ["default-jre-headless"])],
)
def test_what_runs_them_is_named_by_debians_package(
    programs: dict[str, str], packages: list[str]
) -> None:
    assert debian.missing_packages(programs, which=lambda name: None) == packages
    assert set(packages) <= set(debian.MORE.values())
