"""``make bench``: which benches run, how figures are shown, and when a goal counts as missed."""

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tools.bench import lighthouse
from tools.bench.__main__ import benches, chosen
from tools.bench.lighthouse import LEAST, Report, judged
from tools.bench.rows import Row, missed, table
from tools.console import Trouble

GOOD = {"performance": 0.97, "accessibility": 1, "best-practices": 1, "seo": 1}
WEIGHED = {"performance": "largest-contentful-paint", "seo": "meta-description"}


def report(lcp: float = 1500, **scores: float | None) -> Report:
    """What Lighthouse would say; each category rests on one audit."""
    given = GOOD | {name.replace("_", "-"): score for name, score in scores.items()}
    audits: dict[str, Any] = {
        "largest-contentful-paint": {"numericValue": lcp},
        "total-blocking-time": {"numericValue": 12.3},
        "cumulative-layout-shift": {"numericValue": 0.0123},
        "total-byte-weight": {"numericValue": 40 * 1024},
    }
    categories = {}
    for name, score in given.items():
        audit = WEIGHED.get(name, name)
        audits.setdefault(audit, {})["score"] = score
        categories[name] = {"score": score, "auditRefs": [{"id": audit, "weight": 1}]}
    return Report(audits, categories)


def test_a_module_that_measures_something_is_found_by_its_name() -> None:
    found = benches()
    assert "lighthouse" in found
    assert not {"rows", "demonstration", "__main__"} & set(found)
    assert all((module.__doc__ or "").strip() for module in found.values())


def test_one_can_be_chosen_and_a_wrong_name_lists_what_there_is() -> None:
    known = {name: ModuleType(name) for name in ("lighthouse", "votes")}
    assert list(chosen(["votes"], known)) == ["votes"]
    assert list(chosen([], known)) == ["lighthouse", "votes"]
    with pytest.raises(Trouble, match=r"No bench is named speed.*lighthouse, votes"):
        chosen(["speed"], known)


def test_figures_stand_below_their_column_even_where_one_is_lacking() -> None:
    rows = [Row("home", {"LCP": "1.5 s", "bytes": "40 KiB"}), Row("a vote", {"bytes": "9 KiB"})]
    assert table(rows).splitlines() == [
        "          LCP   bytes",
        "home    1.5 s  40 KiB",
        "a vote          9 KiB",
    ]


def test_every_goal_that_is_missed_is_said_with_what_misses_it() -> None:
    rows = [Row("home", {}), Row("theme", {}, ["seo 92 < 100"])]
    assert missed(rows) == ["theme: seo 92 < 100"]


def test_the_run_with_the_middle_performance_is_shown() -> None:
    reports = [report(lcp, performance=score) for lcp, score in ((9000, 0.4), (1, 1), (1700, 0.96))]
    row = judged("home", reports)
    assert row.figures["performance"] == "96"
    assert row.figures["LCP"] == "1.70 s"
    assert (row.figures["TBT"], row.figures["CLS"]) == ("12 ms", "0.012")
    assert row.figures["bytes"] == "40 KiB"
    assert row.missed == []


def test_performance_below_its_goal_names_the_audits_that_cost_points() -> None:
    row = judged("home", [report(performance=0.94)] * 3)
    assert row.missed == ["performance 94 < 95 (largest-contentful-paint)"]


def test_the_other_categories_must_hold_in_every_run() -> None:
    row = judged("vote", [report(), report(seo=0.92), report()])
    assert row.figures["seo"] == "92"
    assert row.missed == ["seo 92 < 100 (meta-description)"]


def test_a_category_that_could_not_be_scored_is_missed() -> None:
    row = judged("vote", [report(accessibility=None)] * 3)
    assert row.missed == ["accessibility 0 < 100 ()"]


def test_the_goals_are_those_of_the_project() -> None:
    assert LEAST == {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}


def said(reason: str = "") -> dict[str, Any]:
    """A report of Lighthouse, or what it says when the recording was lost."""
    whole: dict[str, Any] = {"audits": {}, "categories": {}}
    return whole | ({"runtimeError": {"message": reason}} if reason else {})


def test_a_recording_that_was_lost_is_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([({}, "crashed"), (said("Run again."), ""), (said(), "")])
    monkeypatch.setattr(lighthouse, "ask", lambda *_arguments: next(answers))
    assert lighthouse.measure("http://x/", {}, Path(), "chromium") == Report({}, {})


def test_a_page_that_can_not_be_looked_at_is_said_in_lighthouses_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lighthouse, "ask", lambda *_arguments: (said("404 at the page."), ""))
    with pytest.raises(Trouble, match=r"(?s)http://x/, 3 times.*404 at the page"):
        lighthouse.measure("http://x/", {}, Path(), "chromium")
