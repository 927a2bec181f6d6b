"""The Nu HTML checker on every screen, in both languages, as it comes without scripts."""

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from warnings import warn

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import Response

from tests.browser.place import make_place
from tests.browser.screens import SCREENS
from tests.browser.visits import Visit
from tools import debian, node_programs

pytestmark = [pytest.mark.more, pytest.mark.timeout(900)]

# What the checker says against its own specification or this site's decisions, each with a reason.
ACCEPTED = [
    (
        "for attribute “value” on element “input”",
        "a form gives back what was typed, which need be no address, number or date",
    ),
    ("Article lacks heading", "an idea is one sentence: it has nothing to stand above it"),
]


def documents(tab: Tab, base: str, language: str, place: Any) -> Iterator[tuple[str, bytes]]:
    """The source of each screen."""
    answers: list[Response] = []
    tab.on(
        "response",
        lambda answer: answers.append(answer) if answer.request.is_navigation_request() else None,
    )
    visit = Visit(tab, base, language, place)
    for name, way in SCREENS.items():
        tab.context.clear_cookies()
        way(visit)
        yield f"{language} {name}", answers[-1].body()


def check(folder: Path) -> list[dict[str, Any]]:
    """What the checker says of every file in ``folder``, in one run of Java."""
    debian.need(debian.JAVA)
    checker = node_programs.node_modules() / "vnu-jar" / "build" / "dist" / "vnu.jar"
    answer = subprocess.run(
        ["java", "-jar", checker, "--format", "json", "--exit-zero-always", folder],
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[dict[str, Any]] = json.loads(answer.stderr)["messages"]
    return found


def line(message: dict[str, Any], names: dict[str, str]) -> str:
    """A message as a person reads it."""
    name = names.get(Path(message.get("url", "")).name, "")
    where = f"line {message.get('lastLine', '?')}"
    return f"{name}, {where}: {message['message']}\n    {message.get('extract', '').strip()!r}"


@pytest.mark.urls("tests.browser.urls_in_trouble")
def test_the_html_of_every_screen_is_valid(
    live_server: Any, open_page: Callable[..., Tab], tmp_path: Path
) -> None:
    place, names = make_place(), {}
    for language in ("en", "fr"):
        tab = open_page(language, javascript=False)
        for name, source in documents(tab, live_server.url, language, place):
            file = re.sub(r"\W+", "-", name) + ".html"
            names[file] = name
            (tmp_path / file).write_bytes(source)
    said = [
        message
        for message in check(tmp_path)
        if not any(re.search(pattern, message["message"]) for pattern, _reason in ACCEPTED)
    ]
    errors = [line(message, names) for message in said if message["type"] == "error"]
    warnings = {line(message, names) for message in said if message.get("subType") == "warning"}
    if warnings:
        warn("\n".join(["The checker also warns:", *sorted(warnings)]), stacklevel=1)
    assert not errors, "\n".join(["", *errors])


def test_the_checker_finds_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "wrong.html").write_text(
        '<!DOCTYPE html><html lang="en"><title>Wrong</title><p><div id="a"></div></p>'
    )
    assert any(message["type"] == "error" for message in check(tmp_path))
