"""What is said about programs that Debian's packages bring."""

import pytest

from tools import debian
from tools.console import Trouble


def test_what_is_there_is_not_asked_for() -> None:
    assert debian.missing_packages({"sh": "dash"}) == []


def test_a_package_that_brings_two_programs_is_named_once() -> None:
    assert debian.missing_packages(debian.GETTEXT, which=lambda name: None) == ["gettext"]


def test_an_ordinary_user_is_told_in_one_line_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(Trouble) as trouble:
        debian.need({"no-such-program": "chromium"})
    assert "apt-get install chromium" in str(trouble.value)
    assert "\n" not in str(trouble.value)


@pytest.mark.parametrize(
    ("named", "there", "driven"),
    [
        ("", {"chromium", "chromium-headless-shell"}, "chromium-headless-shell"),
        ("", {"chromium"}, "chromium"),
        ("", set(), None),
        ("my-browser", {"chromium", "my-browser"}, "my-browser"),
        ("my-browser", {"chromium"}, None),
    ],
)
def test_the_browser_that_is_named_is_driven_else_the_quicker_one(
    monkeypatch: pytest.MonkeyPatch, named: str, there: set[str], driven: str | None
) -> None:
    monkeypatch.setenv("CHROMIUM", named)
    assert debian.browser(which=lambda name: name if name in there else None) == driven
