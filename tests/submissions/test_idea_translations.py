"""The translators' desk: who may, what is shown, what is written, and what readers see of it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry, Site

from submissions.debate.tallies import refresh_tallies
from submissions.idea_translations import services
from submissions.idea_translations.hooks import TranslationsViewSet
from submissions.idea_translations.queue import Queue
from submissions.models import (
    Debate,
    Idea,
    IdeaStatus,
    IdeaText,
    ReportOutcome,
    TextOrigin,
)
from tests.factories import debate_row, idea, open_consultation, participant, translation_of
from tests.submissions.conftest import address
from tests.submissions.desk import desk_of, moderator_of, staff
from tests.submissions.translating import QUEUE, fresh, press, seen, text_in, translator_into

pytestmark = pytest.mark.django_db
WORDS = "Il faut planter un arbre dans chaque rue."
SECRET = "We should keep the heron a secret."


@pytest.fixture
def english(debate: Debate) -> Idea:
    return idea(debate)


@pytest.fixture
def desk() -> Client:
    """Of somebody who translates into French."""
    return desk_of(translator_into("fleur", "fr"))


def page_of(one: Idea, into: str = "fr") -> str:
    return f"{QUEUE}{one.pk}/{into}/"


# Every address, by name: a new one without a line here fails.
ADDRESSES: dict[str, Callable[[Client, Idea], Any]] = {
    "index": lambda desk, one: desk.get(QUEUE, {"q": "heron"}),
    "index_results": lambda desk, one: desk.get(f"{QUEUE}results/", {"q": "heron"}),
    "machine": lambda desk, one: desk.post(f"{QUEUE}machine/", {"id": one.pk}),
    "desk": lambda desk, one: desk.get(page_of(one)),
}


def test_every_address_is_in_the_table():
    assert {one.name for one in TranslationsViewSet().get_urlpatterns()} == set(ADDRESSES)


# case 46
@pytest.mark.parametrize("name", ADDRESSES)
def test_moderators_editors_and_visitors_are_refused(english: Idea, name: str):
    for client in (desk_of(moderator_of("mo", "en", "fr")), desk_of(staff("ed")), Client()):
        answer = ADDRESSES[name](client, english)
        assert answer.status_code == 302
        assert "heron" not in answer.content.decode()


# case 47
@pytest.mark.parametrize("status", [s for s in IdeaStatus if s != IdeaStatus.PUBLISHED])
def test_an_idea_that_is_not_published_is_nowhere(desk: Client, debate: Debate, status: IdeaStatus):
    hidden = idea(debate, SECRET, status=status)
    for ask in ADDRESSES.values():
        assert "a secret" not in ask(desk, hidden).content.decode()
    assert desk.get(page_of(hidden)).status_code == 404
    for kind in ("draft", "approve", "take_back", "keep", "propose", ""):
        answer = press(desk, hidden, kind, WORDS)
        assert answer.status_code == 409
        assert WORDS in answer.content.decode()
        assert "a secret" not in answer.content.decode()
    assert hidden.texts.count() == 1
    assert desk.get(QUEUE).context["tabs"][0]["count"] == 0


def test_who_translates_into_french_does_nothing_into_english(desk: Client, debate: Debate):
    french = idea(debate, WORDS, "fr")
    assert desk.get(page_of(french, "en")).status_code == 404
    assert press(desk, french, "approve", "We should.", into="en").status_code == 404
    assert desk.get(QUEUE, {"into": "en"}).status_code == 404
    assert desk.get(page_of(french, "fr")).status_code == 404  # written in it
    assert not desk.get(QUEUE).context["object_list"]
    assert french.texts.count() == 1


def test_the_permission_alone_opens_an_empty_queue(english: Idea):
    desk = desk_of(staff("nobody", "translate_idea"))
    assert not desk.get(QUEUE).context["object_list"]
    assert desk.get(page_of(english)).status_code == 404


def test_a_language_that_the_consultation_is_not_held_in_waits_for_nobody(
    desk: Client, english: Idea
):
    consultation = english.debate.consultation
    consultation.languages = ["en"]
    consultation.save()
    assert not desk.get(QUEUE).context["object_list"]
    assert desk.get(page_of(english)).status_code == 404


@pytest.mark.parametrize(
    "query", [{"queue": "x"}, {"order": "x"}, {"author__email": "x"}, {"order_by": "password"}]
)  # case 48
def test_what_the_queue_does_not_know_is_a_bad_request(desk: Client, query: dict[str, str]):
    assert desk.get(QUEUE, query).status_code == 400


def test_each_idea_stands_in_the_tab_of_what_it_awaits(desk: Client, debate: Debate):
    waits, draft, proposed, changed, reported, done = (
        idea(debate, f"We should do thing {number}.") for number in range(6)
    )
    translation_of(draft, "Il faut 1.", "fr", approved=False)
    draft.texts.filter(language="fr").update(origin=TextOrigin.PERSON)
    translation_of(proposed, "Il faut 2.", "fr", approved=False)
    translation_of(changed, "Il faut 3.", "fr")
    changed.texts.filter(language="fr").update(made_from="We shoud do thing 3.")
    bad = translation_of(reported, "Il faut 4.", "fr")
    bad.reports.create()
    translation_of(done, "Il faut 5.", "fr")
    for queue, expected in (
        (Queue.WAITING, [waits, draft]),
        (Queue.PROPOSED, [proposed]),
        (Queue.CHANGED, [changed]),
        (Queue.REPORTED, [reported]),
        (Queue.APPROVED, [changed, reported, done]),
    ):
        page = desk.get(QUEUE, {"queue": queue.value})
        assert list(page.context["object_list"]) == expected
        tab = next(tab for tab in page.context["tabs"] if tab["current"])
        assert tab["count"] == len(expected)
    assert "Ideas to translate (5)" in desk.get(reverse("wagtailadmin_home")).content.decode()


def test_order_search_and_debate_choose(desk: Client, debate: Debate):
    first, second = idea(debate, "We should sing."), idea(debate, "We should dance.")
    other = idea(debate_row(debate.consultation), "We should act.")
    second.votes.create(participant=participant(debate.consultation), choice="agree", read_in="en")
    refresh_tallies()

    def found(**query: Any) -> list[Idea]:
        return list(desk.get(QUEUE, query).context["object_list"])

    assert found() == [first, second, other]
    assert found(order="votes") == [second, first, other]
    assert found(q="danc") == [second]
    assert found(debate=other.debate_id) == [other]


def test_the_queue_asks_as_much_of_the_database_for_ten_ideas_as_for_two(
    desk: Client, debate: Debate
):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            desk.get(QUEUE)
        return len(asked)

    for number in range(2):
        translation_of(idea(debate, f"We should {number}."), "Il faut.", "fr", approved=False)
        idea(debate, f"We should not {number}.")
    desk.get(QUEUE)
    few = queries()
    for number in range(8):
        idea(debate, f"We should also {number}.")
    assert queries() == few


def test_saved_and_approved_it_is_a_persons_and_leads_to_the_next(desk: Client, english: Idea):
    following = idea(english.debate, "We should sing.")
    answer = press(desk, english, "approve", f"  {WORDS}\n")
    assert answer["Location"].startswith(page_of(following))
    text = text_in(english, "fr")
    assert text is not None
    assert (text.text, text.origin) == (WORDS, TextOrigin.PERSON)
    assert text.approved_by and text.approved_by.username == "fleur"
    assert text.approved_at and text.made_from == str(english)
    told = desk.get(answer["Location"]).content.decode()
    assert f"The translation of idea {english.pk} is approved" in told


def test_a_draft_is_seen_by_nobody_else(desk: Client, english: Idea):
    press(desk, english, "draft", WORDS)
    page = Client().get(address("idea", english.pk, language="fr")).content.decode()
    assert WORDS not in page
    assert WORDS in desk.get(page_of(english)).content.decode()
    assert "Draft" in desk.get(QUEUE).content.decode()


@pytest.mark.parametrize(
    ("words", "origin"), [("Il faut 2.", TextOrigin.MACHINE), (WORDS, TextOrigin.PERSON)]
)
def test_a_proposal_stays_the_machines_until_somebody_changes_it(
    desk: Client, english: Idea, words: str, origin: str
):
    services.propose(english, "fr", "Il faut 2.", made_from=str(english))
    press(desk, english, "approve", words)
    text = text_in(english, "fr")
    assert text is not None
    assert (text.origin, text.approved) == (origin, True)
    page = Client().get(address("idea", english.pk, language="fr")).content.decode()
    by = "Traduction automatique, vérifiée" if origin == TextOrigin.MACHINE else "Traduit"
    assert f"{by} par une personne. Original en anglais." in page
    assert '<p class="idea-text" lang="fr" dir="auto">' in page


def test_two_translators_the_second_is_told_and_loses_no_word(desk: Client, english: Idea):
    before = seen(english)
    press(desk_of(translator_into("felix", "fr")), english, "approve", WORDS)
    answer = press(desk, english, "draft", "Mes mots.", seen=before)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "by Felix" in page
    assert WORDS in page
    assert ">Mes mots.</textarea>" in page
    assert text_in(english, "fr").text == WORDS
    again = {"kind": "approve", "text": "Mes mots.", "seen": answer.context["form"]["seen"].value()}
    assert desk.post(page_of(english), again).status_code == 302
    assert text_in(english, "fr").text == "Mes mots."


def test_words_mended_while_somebody_translates_them_are_told(desk: Client, english: Idea):
    before = seen(english)
    english.texts.filter(language="en").update(text="We should plant trees in every street.")
    answer = press(desk, english, "approve", WORDS, seen=before)
    assert answer.status_code == 409
    assert "plant trees in every" in answer.content.decode()
    assert "words were mended in the meantime" in answer.content.decode()
    assert text_in(english, "fr") is None


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("", "Write the translation."),
        ("   ", "visible character"),
        ("x\0y", "can&#x27;t be read"),
        ("e" * 281, "280 characters or fewer. This has 281."),
        ("e\u0301" * 100 + "\u0301" * 2000, "fewer stacked accents"),
    ],
)
def test_what_can_not_be_taken_is_given_back(desk: Client, english: Idea, words: str, says: str):
    answer = press(desk, english, "approve", words)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert 'href="#id_text"' in page
    assert text_in(english, "fr") is None


def test_what_is_counted_is_what_a_reader_counts(desk: Client, english: Idea):
    assert press(desk, english, "approve", "👩‍👩‍👧‍👦" * 100).status_code == 302


# case 51
def test_words_are_shown_as_words(desk: Client, english: Idea):
    bad = "<script>alert(1)</script>\N{RIGHT-TO-LEFT OVERRIDE}"
    press(desk, english, "approve", bad)
    for page in (desk.get(page_of(english)), desk.get(QUEUE, {"queue": "approved"})):
        assert "<script>alert" not in page.content.decode()
    assert (
        "<script>alert"
        not in Client().get(address("idea", english.pk, language="fr")).content.decode()
    )


def test_taken_back_it_is_a_draft_again_and_reports_are_settled(desk: Client, english: Idea):
    press(desk, english, "approve", WORDS)
    text = text_in(english, "fr")
    report = text.reports.create(comment="Faux")
    assert "Faux" in desk.get(page_of(english)).content.decode()
    press(desk, english, "take_back")
    text = text_in(english, "fr")
    assert text is not None
    assert (text.approved, text.approved_by, text.text) == (False, None, WORDS)
    report.refresh_from_db()
    assert (report.outcome, report.settled_by.username) == (ReportOutcome.TAKEN_BACK, "fleur")
    assert press(desk, english, "take_back").status_code == 409


@pytest.mark.parametrize(
    ("kind", "words", "outcome"),
    [
        ("keep", "", ReportOutcome.KEPT),
        ("approve", WORDS, ReportOutcome.KEPT),
        ("approve", "Il faut autre chose.", ReportOutcome.MENDED),
    ],
)
def test_a_report_is_settled_by_what_is_done(
    desk: Client, english: Idea, kind: str, words: str, outcome: str
):
    press(desk, english, "approve", WORDS)
    report = text_in(english, "fr").reports.create()
    press(desk, english, kind, words)
    report.refresh_from_db()
    assert report.outcome == outcome
    assert "1 report of a reader settled" in desk.get(page_of(english)).content.decode()


def test_a_source_that_was_mended_is_shown_until_somebody_says_it_still_holds(
    desk: Client, english: Idea
):
    press(desk, english, "approve", WORDS)
    english.texts.filter(language="en").update(text="We should plant a tree in each street.")
    page = desk.get(page_of(english)).content.decode()
    assert "<del>every</del><ins>each</ins>" in page
    assert desk.get(QUEUE, {"queue": "changed"}).context["object_list"]
    press(desk, english, "keep")
    assert not desk.get(QUEUE, {"queue": "changed"}).context["object_list"]


def test_the_log_says_who_did_what_and_none_of_the_words(desk: Client, english: Idea):
    press(desk, english, "draft", WORDS)
    press(desk, english, "approve", WORDS)
    press(desk, english, "take_back")
    lines = ModelLogEntry.objects.filter(action__endswith="_translation").order_by("pk")
    assert [line.action.removeprefix("submissions.") for line in lines] == [
        "draft_translation",
        "approve_translation",
        "take_back_translation",
    ]
    assert {line.user.username for line in lines} == {"fleur"}
    assert WORDS not in str([(line.data, line.label) for line in lines])
    history = desk.get(page_of(english)).context["history"]
    assert [step.what for step in history] == ["Taken back", "Approved", "Draft saved"]
    assert {step.who for step in history} == {"Fleur"}


def test_the_database_knows_no_approver_without_an_approval(english: Idea):
    by = staff("somebody")
    with pytest.raises(IntegrityError), transaction.atomic():
        IdeaText.objects.create(idea=english, language="fr", text="x", approved_by=by)


def test_the_database_settles_no_report_without_an_outcome(english: Idea):
    text = translation_of(english, WORDS, "fr")
    with pytest.raises(IntegrityError), transaction.atomic():
        text.reports.create(outcome=ReportOutcome.KEPT)


@pytest.mark.django_db(transaction=True)
def test_of_two_translators_at_the_same_moment_one_is_told():
    one = idea(debate_row(open_consultation(Site.objects.get(is_default_site=True))))
    mark, ready = seen(one), Barrier(2)
    people = [translator_into(name, "fr") for name in ("ann", "bob")]

    def save(number: int) -> bool:
        try:
            ready.wait(timeout=60)
            services.approve(fresh(one), "fr", people[number], f"Mots {number}.", seen=mark)
        except services.ChangedMeanwhile:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(save, range(2))) == [False, True]
    assert IdeaText.objects.filter(idea=one, language="fr").count() == 1
