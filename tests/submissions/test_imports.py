"""Importing ideas: the real file, twice, and files that can't be read."""

import csv
import re
import uuid
from io import StringIO
from itertools import islice
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from search.models import Entry
from submissions.imports import ideas, ideas_in, import_ideas
from submissions.models import Debate, DebateLabel, Idea, IdeaText, Tally
from tests.factories import bilingual_site, bilingual_theme, open_consultation

PROPOSALS = Path(__file__).parents[1] / "data" / "french-proposals" / "proposals.csv"
ALL, SOME = 18_690, 2_000  # rows of it


@pytest.fixture
def debate(db: None) -> Debate:
    """A debate whose pages are of no concern here."""
    consultation = open_consultation(Site.objects.get())
    debate = Debate.objects.create(
        consultation=consultation, translation_key=uuid.uuid4(), block_id=uuid.uuid4()
    )
    DebateLabel.objects.create(debate=debate, language="en", title="Your ideas", page_title="Work")
    return debate


def load(debate: Debate, path: Path, **options: object) -> str:
    """Run the command; what it says."""
    said = StringIO()
    call_command("import_ideas", str(debate.pk), str(path), stdout=said, **options)
    return said.getvalue()


def a_file(folder: Path, text: str | bytes, name: str = "proposals.csv") -> Path:
    """A file that holds ``text``."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def first_of_them(folder: Path, rows: int) -> Path:
    """The real file, cut after ``rows`` of its rows."""
    path = folder / PROPOSALS.name
    with (
        PROPOSALS.open(newline="", encoding="utf-8") as whole,
        path.open("w", newline="", encoding="utf-8") as cut,
    ):
        csv.writer(cut).writerows(islice(csv.reader(whole), rows + 1))
    return path


class TestTheRealFile:
    @pytest.mark.parametrize("rows", [SOME, pytest.param(ALL, marks=pytest.mark.more)])
    def test_each_proposal_is_an_idea_and_twice_doubles_nothing(
        self, debate: Debate, tmp_path: Path, rows: int
    ) -> None:
        with PROPOSALS.open(newline="", encoding="utf-8") as file:
            proposed = [row["proposal"] for row in csv.DictReader(file)][:rows]
        path = PROPOSALS if rows == ALL else first_of_them(tmp_path, rows)
        assert f"{rows:,} ideas added" in load(debate, path)
        kept = list(IdeaText.objects.order_by("idea_id").values_list("text", flat=True))
        assert [text.split() for text in kept] == [text.split() for text in proposed]
        assert len(set(kept)) < len(kept) == rows  # equal texts stay two ideas
        assert not any("\n" in text for text in kept)
        assert set(Idea.objects.values_list("language", "status", "source", "author")) == {
            ("fr", "published", "proposals", None)
        }
        assert Tally.objects.filter(votes=0).count() == rows
        assert Entry.objects.filter(kind="idea", language="fr").count() == rows

        again = load(debate, path)
        assert again.startswith("0 ideas added") or " 0 ideas added" in again
        assert f"{rows:,} were there already" in again
        assert Idea.objects.count() == rows

    @pytest.mark.more  # the same at another scale is held by tests/themes/test_pages.py
    def test_a_theme_page_asks_as_many_questions_with_10_ideas_as_with_18690(
        self, db: None, tmp_path: Path, client: Client
    ) -> None:
        where = bilingual_site()
        pages = bilingual_theme(where)
        debate = Debate.objects.get()
        load(debate, a_file(tmp_path, "proposal\n" + "Il faut\n" * 10), source="ten")
        few = [queries(client, page.url) for page in pages]
        load(debate, PROPOSALS)
        assert [queries(client, page.url) for page in pages] == few


def queries(client: Client, address: str) -> int:
    """How many it takes to answer with an empty page cache, once the rest has been seen."""
    client.get(address)
    cache.clear()
    Site.get_site_root_paths()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


class TestWhatIsKept:
    def test_line_breaks_become_spaces_and_edges_are_trimmed(
        self, debate: Debate, tmp_path: Path
    ) -> None:
        load(debate, a_file(tmp_path, 'proposal\n"  Il faut\r\n\u2028 agir \u00a0"\n'))
        assert IdeaText.objects.get().text == "Il faut agir"

    def test_a_thousand_characters_are_allowed_as_a_reader_counts_them(
        self, debate: Debate, tmp_path: Path
    ) -> None:
        load(debate, a_file(tmp_path, "proposal\nx\n" + "👩‍👧" * 1000 + "\n"))
        assert Idea.objects.count() == 2

    def test_a_byte_order_mark_is_no_part_of_the_header(
        self, debate: Debate, tmp_path: Path
    ) -> None:
        load(debate, a_file(tmp_path, b"\xef\xbb\xbfproposal\nIl faut\n"))
        assert Idea.objects.count() == 1

    def test_the_last_row_is_the_newest(self, debate: Debate, tmp_path: Path) -> None:
        load(debate, a_file(tmp_path, "proposal\nfirst\nsecond\nthird\n"))
        newest = Idea.objects.newest().prefetch_related("texts")
        assert [str(idea) for idea in newest] == ["third", "second", "first"]

    def test_another_column_and_another_language_can_be_named(
        self, debate: Debate, tmp_path: Path
    ) -> None:
        load(debate, a_file(tmp_path, "n,idea\n1,Build\n"), column="idea", language="en")
        assert Idea.objects.get().language == "en"

    def test_rows_added_to_the_file_are_added(self, debate: Debate, tmp_path: Path) -> None:
        load(debate, a_file(tmp_path, "proposal\none\n"))
        said = load(debate, a_file(tmp_path, "proposal\none\ntwo\n"))
        assert "1 ideas added" in said
        assert Idea.objects.count() == 2

    def test_another_file_of_the_same_name_is_noticed(self, debate: Debate, tmp_path: Path) -> None:
        load(debate, a_file(tmp_path, "proposal\none\ntwo\n"))
        said = load(debate, a_file(tmp_path, "proposal\none\nother\n"))
        assert "1 of those say something else" in said
        assert set(IdeaText.objects.values_list("text", flat=True)) == {"one", "two"}

    def test_under_another_source_the_same_rows_are_other_ideas(
        self, debate: Debate, tmp_path: Path
    ) -> None:
        file = a_file(tmp_path, "proposal\none\n")
        load(debate, file)
        load(debate, file, source="again")
        assert Idea.objects.count() == 2

    def test_a_failure_half_way_leaves_nothing(
        self, debate: Debate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(ideas, "BATCH", 2)

        def fail_later(done: int, _total: int) -> None:
            if done > 2:
                raise KeyboardInterrupt

        rows = ideas_in(a_file(tmp_path, "proposal\n" + "one\n" * 5))
        with pytest.raises(KeyboardInterrupt):
            import_ideas(debate, rows, language="fr", source="x", progress=fail_later)
        assert not Idea.objects.exists()
        assert not Entry.objects.filter(kind="idea").exists()


BAD_FILES = {
    "another column": ("idea\nx\n", "line 1", "no column “proposal”"),
    "empty": ("", "line 1", "empty"),
    "header only": ("proposal,votes\n", "line 1", "no row under the header"),
    "two columns of one name": ("proposal,proposal\na,b\n", "line 1", "Two columns"),
    "latin-1": ("proposal\nbon\nÉnergie\n".encode("latin-1"), "line 3", "not UTF-8"),
    "latin-1 header": ("proposal,adhésion\na,b\n".encode("latin-1"), "line 1", "not UTF-8"),
    "utf-16": ("proposal\nbon\n".encode("utf-16"), "line 1", "not UTF-8"),
    "too few cells": ("proposal,votes\na,1\nb\n", "line 3", "1 cells under 2 columns"),
    "too many cells": ("proposal,votes\na,1\nb,2,3\n", "line 3", "3 cells under 2 columns"),
    "quote never closed": ('proposal\na\n"b\nc\n', "line 3", "not CSV"),
    "quote closed too late": ('proposal\na\n"b\nc "d\n', "line 3", "not CSV"),
    "cut in a quoted cell": ('proposal,votes\na,1\n"Il faut, et', "line 3", "not CSV"),
    "empty text": ("proposal,votes\na,1\n,2\n", "line 3", "text is empty"),
    "nothing visible": ("proposal\na\n\u200b\u2060\n", "line 3", "text is empty"),
    "1,001 characters": ("proposal\na\n" + "x" * 1001 + "\n", "line 3", "more than 1000"),
    "a cell of 200 kB": ("proposal\na\n" + "x" * 200_000 + "\n", "line 3", "not CSV"),
    "one grapheme of 5,000 marks": (
        "proposal\na\ne" + "\u0301" * 5000 + "\n",
        "line 3",
        "more than 1000",
    ),
    "NUL": ("proposal\na\nb\x00c\n", "line 3", "can't be shown"),
    "escape": ("proposal\na\n\x1b[31mred\n", "line 3", "can't be shown"),
    "after a cell of two lines": ('proposal\n"a\nb"\n\n\x00\n', "line 5", "can't be shown"),
}


class TestFilesThatCannotBeRead:
    @pytest.mark.parametrize(("content", "line", "why"), BAD_FILES.values(), ids=BAD_FILES)
    def test_the_line_is_named_and_nothing_is_loaded(
        self, debate: Debate, tmp_path: Path, content: str | bytes, line: str, why: str
    ) -> None:
        with pytest.raises(CommandError) as refused:
            load(debate, a_file(tmp_path, content))
        said = str(refused.value)
        assert re.search(rf"proposals\.csv, {line}:", said)
        assert why in said
        assert "Nothing was loaded." in said
        assert not Idea.objects.exists()

    def test_a_bad_row_far_down_keeps_all_others_out(self, debate: Debate, tmp_path: Path) -> None:
        lines = PROPOSALS.read_bytes().splitlines(keepends=True)[:5000]
        with pytest.raises(CommandError, match="line 5001: Byte 9 of the line is not UTF-8"):
            load(debate, a_file(tmp_path, b"".join(lines) + b"Il faut \xe9couter,1,1,1,1\n"))
        assert not Idea.objects.exists()

    @pytest.mark.parametrize("name", ["missing.csv", "."])
    def test_what_is_no_file_is_named(self, debate: Debate, tmp_path: Path, name: str) -> None:
        with pytest.raises(CommandError, match=re.escape(str(tmp_path))):
            load(debate, tmp_path / name, source="x")


class TestTheCommand:
    def test_an_unknown_debate_is_answered_with_those_that_there_are(
        self, debate: Debate, tmp_path: Path
    ) -> None:
        for name in ("999999", "x", "-1", "9" * 40, "²"):
            with pytest.raises(CommandError) as refused:
                call_command("import_ideas", "--", name, "x.csv")
            assert f"There is no debate “{name}”" in str(refused.value)
            assert f"{debate.pk}  Work – Your ideas" in str(refused.value)

    def test_without_any_debate_it_says_how_to_have_one(self, db: None) -> None:
        with pytest.raises(CommandError, match="publish a page that holds a debate block"):
            call_command("import_ideas", "1", "x.csv")

    def test_a_language_that_the_consultation_does_not_offer_is_refused(
        self, debate: Debate
    ) -> None:
        with pytest.raises(CommandError, match="not held in “de”, but in: en, fr"):
            load(debate, PROPOSALS, language="de")

    @pytest.mark.parametrize("source", ["", "x" * 101])
    def test_a_source_needs_a_name_that_fits(self, debate: Debate, source: str) -> None:
        with pytest.raises(CommandError, match="1 to 100 characters"):
            load(debate, PROPOSALS, source=source)

    def test_progress_is_drawn_when_asked_for(self, debate: Debate, tmp_path: Path) -> None:
        drawn = StringIO()
        load(debate, a_file(tmp_path, "proposal\none\n"), progress=True, stderr=drawn)
        assert drawn.getvalue().endswith("[" + "#" * 40 + "] 1 of 1\n")

    def test_no_progress_is_drawn_into_a_file(self, debate: Debate, tmp_path: Path) -> None:
        drawn = StringIO()
        load(debate, a_file(tmp_path, "proposal\none\n"), stderr=drawn)
        assert not drawn.getvalue()
