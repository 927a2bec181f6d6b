"""Putting things in order without a script: a rank for each, and what is wrong said by name."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from core.numbers import number
from submissions.contributions.kinds.answering import CHOOSE_LISTED, Answering, typed_under
from submissions.contributions.questions import AskedQuestion
from submissions.contributions.sent import Tick


class RankInput(forms.Widget):
    """A list of ranks for each choice."""

    template_name = "submissions/contributions/fields/ranking.html"
    use_fieldset = True

    def __init__(self, ranked: Sequence[tuple[str, str]] = (), most: int = 0) -> None:
        super().__init__()
        self.ranked = ranked
        self.most = most
        self.wrong: frozenset[str] = frozenset()  # the choices whose rank is to be mended

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Each choice with the rank that it has."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        id_ = context["widget"]["attrs"].get("id", "")
        language = get_language() or "en"
        context["ranks"] = [(str(rank), number(rank, language)) for rank in range(1, self.most + 1)]
        context["lines"] = [
            {
                "name": f"{name}_{key}",
                "id": f"{id_}_{key}",
                "label": label,
                "rank": (value or {}).get(key, ""),
                "wrong": key in self.wrong,
            }
            for key, label in self.ranked
        ]
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        """The ranks by choice."""
        ranks = {key: data.get(f"{name}_{key}", "").strip() for key, _label in self.ranked}
        return {key: rank for key, rank in ranks.items() if rank}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Whether no rank was sent."""
        return not any(f"{name}_{key}" in data for key, _label in self.ranked)

    def id_for_label(self, id_: str) -> str:
        """The rank to mend first, else the first of all."""
        keys = [key for key, _label in self.ranked]
        first = next((key for key in keys if key in self.wrong), keys[0] if keys else "")
        return f"{id_}_{first}" if id_ else ""


class RankingField(Answering, forms.Field):
    """Ranks from 1 on, each given once and none left out; what has no rank comes after."""

    def __init__(self, asked: AskedQuestion, **options: Any) -> None:
        self.labels = {str(choice.pk): label for choice, label in asked.choices}
        most = min(asked.question.most_choices or len(self.labels), len(self.labels))
        super().__init__(
            widget=RankInput(list(self.labels.items()), most),
            error_messages={"required": _("Give the rank 1 to what comes first.")},
            **options,
        )

    @property
    def _input(self) -> RankInput:
        widget = self.widget
        assert isinstance(widget, RankInput)  # noqa: S101 # made above
        return widget

    def to_python(self, value: Mapping[str, str] | None) -> dict[int, int]:
        """Places by choice."""
        self._input.wrong = frozenset()
        value = value or {}
        possible = {str(rank) for rank in range(1, self._input.most + 1)}
        unknown = {key for key, rank in value.items() if rank not in possible}
        if unknown:
            self._refuse(unknown, [CHOOSE_LISTED])
        places = {int(key): int(rank) for key, rank in value.items()}
        by_rank: dict[int, list[str]] = {}
        for key, rank in places.items():
            by_rank.setdefault(rank, []).append(str(key))
        ties = {rank: keys for rank, keys in sorted(by_rank.items()) if len(keys) > 1}
        gaps = [rank for rank in range(1, max(by_rank, default=0)) if rank not in by_rank]
        if ties or gaps:
            tied = {key for keys in ties.values() for key in keys}
            after = {str(key) for key, rank in places.items() if gaps and rank > gaps[0]}
            self._refuse(tied or after, [*map(self._tie, ties.items()), *_gaps(gaps)])
        return places

    def _refuse(self, wrong: set[str], messages: Sequence[Any]) -> None:
        self._input.wrong = frozenset(wrong)
        raise ValidationError([ValidationError(told, code="ranks") for told in messages])

    def _tie(self, tie: tuple[int, list[str]]) -> str:
        rank, keys = tie
        quoted = [
            pgettext("quotation", "“%(words)s”") % {"words": self.labels[key]} for key in keys
        ]
        return _("%(choices)s have the same rank, %(rank)s: give each rank once.") % {
            "choices": pgettext("choices", " and ").join(quoted),
            "rank": number(rank, get_language() or "en"),
        }

    def given(self, value: Any) -> dict[str, Any]:
        """The choices with their places."""
        ticks = frozenset(Tick(choice, place=place) for choice, place in value.items())
        return {"ticks": ticks} if ticks else {}

    def typed(self, posted: QueryDict, name: str) -> dict[str, list[str]]:
        """The rank of each."""
        return typed_under(posted, name, "[0-9]{1,18}")


def _gaps(gaps: list[int]) -> list[str]:
    if not gaps:
        return []
    language = get_language() or "en"
    message = ngettext(
        "Nothing has the rank %(ranks)s: ranks follow one another from 1.",
        "Nothing has the ranks %(ranks)s: ranks follow one another from 1.",
        len(gaps),
    )
    return [message % {"ranks": ", ".join(number(rank, language) for rank in gaps)}]
