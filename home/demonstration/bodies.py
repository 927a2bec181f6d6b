"""From the demonstration's blocks to Wagtail's stream data, in one language."""

import re
from collections.abc import Callable
from typing import Any

from home.bilingual import Entry, said_in
from home.demonstration.content import identity

PageIds = dict[str, int]
LINK = re.compile(r'<a href="page:([a-z0-9-]+)">')

# Rules of a question: they stand in its row, not in its words.
RULES = (
    "word_limit",
    "required",
    "scale_points",
    "other",
    "most_choices",
    "lowest",
    "highest",
    "publication",
)
NOT_WORDS = {"key", "kind", "follows", *RULES}


class Body:
    """Builds the stream data of one page; ids are the same in every language and every run."""

    def __init__(self, page_key: str, site: Entry, pages: PageIds, language: str) -> None:
        self.page_key = page_key
        self.site = site
        self.pages = pages
        self.language = language

    def stream(self, entries: list[Entry]) -> list[Entry]:
        """Stream data for the ``body`` of a page. ``partners`` is one block for each group."""
        blocks = []
        for position, entry in enumerate(entries):
            for part, (kind, value) in enumerate(self._blocks(entry, str(position))):
                block_id = str(identity(self.page_key, position, part))
                blocks.append({"type": kind, "id": block_id, "value": value})
        return blocks

    def _blocks(self, entry: Entry, path: str) -> list[tuple[str, Any]]:
        kind = entry["kind"]
        words = said_in({k: v for k, v in entry.items() if k != "kind"}, self.language)
        if kind == "partners":
            groups = said_in(self.site["partners"], self.language)
            return [
                (
                    kind,
                    {
                        "title": group["title"],
                        "partners": self._items(
                            [
                                {"name": name, "note": "", "url": "", "logo": None}
                                for name in group["names"]
                            ],
                            f"{path}/{number}",
                        ),
                    },
                )
                for number, group in enumerate(groups)
            ]
        build: Callable[[Entry, str], Any] = getattr(self, f"_{kind}", self._plain)
        return [(kind, build(words, path))]

    def _items(self, values: list[Any], path: str) -> list[Entry]:
        """A ListBlock's items, with ids: data without them cannot be translated."""
        return [
            {"type": "item", "id": str(identity(self.page_key, path, number)), "value": value}
            for number, value in enumerate(values)
        ]

    def _html(self, html: str) -> str:
        """Rich text as Wagtail stores it: links to pages by id."""
        return LINK.sub(
            lambda found: f'<a linktype="page" id="{self.pages[found[1]]}">', html
        ).strip()

    def _plain(self, words: Entry, path: str) -> Entry:
        """A struct of words; its lists become lists of items."""
        return {
            name: self._items(value, f"{path}/{name}") if isinstance(value, list) else value
            for name, value in words.items()
        }

    def _text(self, words: Entry, _path: str) -> str:
        return self._html(words["html"])

    def _questions_answers(self, words: Entry, path: str) -> Entry:
        pairs = [{**pair, "answer": self._html(pair["answer"])} for pair in words["pairs"]]
        return self._plain({**words, "pairs": pairs}, path)

    def _call_to_action(self, words: Entry, _path: str) -> Entry:
        return {**words, "page": self.pages[words["page"]], "url": ""}

    def _doors(self, words: Entry, path: str) -> Entry:
        doors = [
            {**door, "page": self.pages[door["page"]]}
            for door in said_in(self.site["doors"], self.language)
        ]
        return self._plain({**words, "doors": doors}, path)

    def _press_contacts(self, words: Entry, path: str) -> Entry:
        contacts = [
            {"phone": "", **contact}
            for contact in said_in(self.site["press_contacts"], self.language)
        ]
        return self._plain({**words, "contacts": contacts}, path)

    def _questionnaire(self, words: Entry, path: str) -> Entry:
        questions = []
        for question in words["questions"]:
            where = f"{path}/{question['key']}"
            value = self._plain({k: v for k, v in question.items() if k not in NOT_WORDS}, where)
            questions.append(
                {
                    "type": question["kind"],
                    "id": str(identity(self.page_key, where)),
                    "value": {"help_text": "", **value},
                }
            )
        return {**words, "questions": questions}
