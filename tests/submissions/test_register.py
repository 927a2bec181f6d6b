"""The public register: its figures by hand, equal in both languages, its file, and no word more."""

import csv
import io
import threading
import time
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.clock import database_now
from core.single_flight import single_flight
from submissions.models import (
    Consultation,
    Debate,
    Decision,
    DecisionKind,
    Idea,
    IdeaStatus,
    RefusalReason,
)
from submissions.moderation import corrections
from submissions.moderation.appeals import answer, appeal
from submissions.moderation.register.figures import ALL, count
from submissions.moderation.register.tables import delay_in_words
from submissions.moderation.services import decide, escalate, undo
from tests.factories import bilingual_site, idea, participant
from tests.submissions.conftest import address
from tests.submissions.desk import moderator_of

pytestmark = pytest.mark.django_db
SECRET = "We should keep the heron a secret."  # case 47


def received(debate: Debate, language: str, hours: float, text: str = SECRET) -> Idea:
    """An idea that came ``hours`` ago and waits."""
    return idea(
        debate,
        text,
        language,
        IdeaStatus.AWAITING,
        created_at=database_now() - timedelta(hours=hours),
        author=participant(debate.consultation),
    )


@pytest.fixture
def moderated(debate: Debate, ada: User) -> None:
    """English: published after 10 h, refused after 60 h, late. French: published on appeal."""
    decide(received(debate, "en", 10), DecisionKind.PUBLISH, ada)
    decide(received(debate, "en", 60), DecisionKind.REFUSE, ada, RefusalReason.INSULTING)
    received(debate, "en", 50)
    received(debate, "en", 1)
    overturned = received(debate, "fr", 20)
    decide(overturned, DecisionKind.REFUSE, ada, RefusalReason.OFF_TOPIC)
    assert overturned.author is not None
    appeal(overturned, overturned.author, "Le héron", "fr")
    answer(overturned, DecisionKind.PUBLISH, moderator_of("grace", "fr"))
    again = received(debate, "fr", 40)
    undo(again, decide(again, DecisionKind.REFUSE, ada, RefusalReason.PARTISAN), ada)
    withdrawn = received(debate, "fr", 30)
    decide(withdrawn, DecisionKind.PUBLISH, ada)
    decide(withdrawn, DecisionKind.WITHDRAW, ada, RefusalReason.UNLAWFUL)
    escalate(again, ada, "The heron again?")
    idea(debate, SECRET, status=IdeaStatus.UNCONFIRMED)


def test_the_figures_by_hand(consultation: Consultation, moderated: None):
    found = count(consultation)
    keys = ("received", "awaiting", "published", "refused", "withdrawn")
    assert [found.ideas["en", key] for key in keys] == [4, 2, 1, 1, 0]
    assert [found.ideas["fr", key] for key in keys] == [3, 1, 1, 0, 1]
    assert [found.ideas[ALL, key] for key in keys] == [7, 3, 2, 1, 1]
    english, french, both = (found.promises[code] for code in ("en", "fr", ALL))
    assert (english.answered, english.in_time, english.overdue) == (2, 1, 1)
    assert (french.answered, french.in_time, french.overdue) == (2, 2, 0)
    assert (both.answered, both.in_time, both.overdue) == (4, 3, 1)
    assert english.share == pytest.approx(1 / 3)
    assert english.median is not None
    assert both.median is not None
    assert english.median.total_seconds() == pytest.approx(35 * 3600, abs=60)
    assert both.median.total_seconds() == pytest.approx(25 * 3600, abs=60)
    assert found.reasons[ALL, "refuse", "insulting"] == 1
    assert found.reasons["fr", "refuse", "off_topic"] == 1
    assert found.reasons["fr", "withdraw", "unlawful"] == 1
    assert found.reasons[ALL, "refuse", "partisan"] == 0  # undone
    assert [found.appeals[ALL, key] for key in ("made", "waiting", "publish", "uphold")] == [
        1,
        0,
        1,
        0,
    ]
    assert sum(counted["received"] for counted in found.periods.values()) == 7
    assert sum(counted["publish"] for counted in found.periods.values()) == 3


def cells(language: str) -> list[list[str]]:
    page = Client().get(address("register", language=language))
    return [row.cells[:3] for section in page.context["sections"] for row in section.rows]


def test_both_languages_show_the_same_figures(moderated: None):
    english, french = cells("en"), cells("fr")
    assert len(english) == len(french)
    figures = [[c for c in row if c.isdigit()] for row in english]
    assert figures == [[c for c in row if c.isdigit()] for row in french]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_word_of_an_idea_and_no_name_is_told(moderated: None, language: str):
    page = Client().get(address("register", language=language))
    lines = Client().get(address("register_decisions", language=language))
    assert page.status_code == lines.status_code == 200
    for words in (page.content.decode(), lines.getvalue().decode()):
        for secret in ("heron", "héron", "Ada", "Grace", "ada", "grace"):
            assert secret not in words.replace("Canada", "")
    assert not page.cookies
    assert not lines.cookies


def test_the_file_has_a_line_a_decision_to_the_day(moderated: None):
    sent = Client().get(address("register_decisions"))
    assert sent["Content-Disposition"] == 'attachment; filename="moderation-register.csv"'
    lines = sent.getvalue()
    rows = list(csv.DictReader(io.StringIO(lines.decode("utf-8-sig"))))
    public = Decision.objects.exclude(kind__in=["undo", "escalate"])
    assert len(rows) == public.count() == 7
    assert {row["decided_on"] for row in rows} <= {
        f"{database_now() + timedelta(hours=add):%Y-%m-%d}" for add in (-1, 0, 1, 2)
    }
    assert [row["within_promise"] for row in rows] == ["yes", "no", "yes", "", "yes", "yes", ""]
    assert [row["undone"] for row in rows].count("yes") == 1
    assert [row["on_appeal"] for row in rows].count("yes") == 1
    french = Client().get(address("register_decisions", language="fr"))
    assert french.getvalue() == lines


def test_the_register_costs_the_same_queries_however_much_was_decided(debate: Debate, ada: User):
    def queries() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as seen:
            assert Client().get(address("register")).status_code == 200
        return len(seen)

    decide(received(debate, "en", 3), DecisionKind.PUBLISH, ada)
    queries()
    few = queries()
    for number in range(15):
        one = received(debate, "fr" if number % 2 else "en", number)
        decide(one, DecisionKind.REFUSE, ada, list(RefusalReason)[number % 10])
    assert queries() == few
    with CaptureQueriesContext(connection) as seen:
        Client().get(address("register"))
    assert len(seen) < few  # remembered


def test_a_register_of_nothing_can_be_read(debate: Debate):
    page = Client().get(address("register")).content.decode()
    assert "Nothing was answered yet." in page
    assert "0 ideas were received." in page


def test_corrections_are_in_the_file_without_the_words(debate: Debate, ada: User):
    one = received(debate, "en", 1, "We should teech music.")
    corrections.correct(one, ada, "We should teach music.", seen="We should teech music.")
    lines = Client().get(address("register_decisions")).getvalue().decode()
    assert ',"correct",' in lines
    assert "music" not in lines


def test_it_is_read_and_never_written(debate: Debate):
    assert Client().post(address("register")).status_code == 405


def test_a_page_leads_to_it_from_its_foot(debate: Debate):
    bilingual_site()
    for language, home in (("en", "/en/"), ("fr", "/fr/")):
        page = Client().get(home).content.decode()
        assert f'href="{address("register", language=language)}"' in page


@pytest.mark.parametrize(
    ("delay", "words"),
    [
        (timedelta(seconds=40), "1 minute"),
        (timedelta(minutes=59), "59 minutes"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(hours=47, minutes=29), "47 hours"),
        (timedelta(hours=49), "2 days"),
    ],
)
def test_delays_are_told_in_words(delay: timedelta, words: str):
    assert delay_in_words(delay, "en") == words


# --- One computes, all read (case 71) -------------------------------------------------------------


def test_of_many_who_ask_at_once_one_computes():
    computed = []

    def slow() -> int:
        computed.append(1)
        time.sleep(0.3)
        return 7

    got: list[int] = []
    crowd = [
        threading.Thread(target=lambda: got.append(single_flight("test:one", 60, slow)))
        for _number in range(20)
    ]
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join(timeout=60)
    assert got == [7] * 20
    assert len(computed) == 1


def test_while_one_computes_anew_the_others_read_what_was():
    assert single_flight("test:old", 0, lambda: 1) == 1
    cache.add("test:old:flight", True, 10)
    assert single_flight("test:old", 60, lambda: 2) == 1
    cache.delete("test:old:flight")
    assert single_flight("test:old", 60, lambda: 2) == 2


def test_a_figure_that_fails_is_tried_again():
    def fail() -> int:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        single_flight("test:bad", 60, fail)
    assert single_flight("test:bad", 60, lambda: 3) == 3


def test_shared_caches_keep_the_page_of_nobody_who_is_signed_in(
    client: Client, admin_user: User
) -> None:
    bilingual_site()
    where = address("register")
    assert client.get(where).headers["Cache-Control"] == "public, max-age=60"
    client.force_login(admin_user)
    assert client.get(where).headers["Cache-Control"] == "private"
