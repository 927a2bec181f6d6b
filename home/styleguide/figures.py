"""Samples of what is counted: a table, and bars with theirs."""

from types import SimpleNamespace

from core.numbers import number, percent
from home.styleguide.samples import Sample, Samples, Telling

IDEAS_BY_THEME = (118, 103, 96, 214, 118)
VOTES_BY_THEME = (5_210, 4_904, 3_871, 12_466, 4_390)


def _by_theme(telling: Telling) -> list[SimpleNamespace]:
    themes = telling.words["samples"]["themes"]
    counts = zip(themes, IDEAS_BY_THEME, VOTES_BY_THEME, strict=True)
    return [SimpleNamespace(name=name, ideas=ideas, votes=votes) for name, ideas, votes in counts]


def table(telling: Telling) -> list[Sample]:
    """Six columns: more than a phone holds."""
    said = telling.words["samples"]
    shares = [percent(share, telling.language) for share in (0.61, 0.22, 0.17)]

    def counts(one: SimpleNamespace) -> list[str]:
        return [number(one.ideas, telling.language), number(one.votes, telling.language)]

    listed = [{"name": one.name, "cells": [*counts(one), *shares]} for one in _by_theme(telling)]
    context = {
        "id": "votes-by-theme",
        "caption": said["table"],
        "columns": said["columns"],
        "rows": listed,
    }
    return [Sample("components/table.html", context, telling.label("narrow"))]


def figure(telling: Telling) -> list[Sample]:
    """Bars, with their sentence and their table."""
    said = telling.words["samples"]
    themes = _by_theme(telling)
    context = {
        "sentence": said["sentence"],
        "bars": [{"label": one.name, "value": one.ideas, "shown": one.ideas} for one in themes],
        "longest": max(IDEAS_BY_THEME),
        "id": "ideas-by-theme",
        "caption": said["figure_table"],
        "columns": said["columns"][:2],
        "rows": [{"name": one.name, "cells": [one.ideas]} for one in themes],
        "source": said["figure_source"],
        "csv_url": "#figure",
    }
    return [Sample("components/figure.html", context)]


FIGURES: dict[str, Samples] = {"table": table, "figure": figure}
