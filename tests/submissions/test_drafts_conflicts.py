"""Two who write one draft, or one who writes it on two devices: nothing is overwritten unseen."""

import threading
from typing import Any

import pytest
from django.db import connection

from submissions.contributions.drafts.stamps import OnScreen, Screen, digest_of, read, tidy
from submissions.models import DraftAnswer
from tests.submissions.answering import OWN_PAGE, Door, expert_door
from tests.submissions.dossiers import Writer, hidden, text_of, writer

pytestmark = pytest.mark.django_db


@pytest.fixture
def door(db) -> Door:
    return expert_door()


@pytest.fixture
def browser(door: Door) -> Writer:
    return writer(door)


def answer(door: Door, kind: str = "long_text") -> DraftAnswer:
    return DraftAnswer.objects.get(question=door.question(kind))


def words_of(row: DraftAnswer) -> list[str]:
    return [values[0] for values in row.data.values()]


# case 29
def test_what_others_wrote_to_another_question_is_kept_without_a_word(door, browser):
    phone = browser.another_browser()
    mine, theirs = (one.get(one.section(door.questionnaire)) for one in (browser, phone))
    phone.save(door.questionnaire, {door.field("short_text"): "On the phone"}, page=theirs)
    response = browser.save(door.questionnaire, {door.field("long_text"): "At a desk"}, page=mine)
    assert response.status_code == 302
    assert words_of(answer(door, "short_text")) == ["On the phone"]
    assert words_of(answer(door)) == ["At a desk"]


# case 29
def test_what_both_changed_is_told_and_kept_twice(door, browser):
    phone, field = browser.another_browser(), door.field("long_text")
    browser.save(door.questionnaire, {field: "In the beginning"})
    mine, theirs = (one.get(one.section(door.questionnaire)) for one in (browser, phone))
    phone.save(door.questionnaire, {field: "Theirs"}, page=theirs)
    fields = {field: "Mine", door.field("short_text"): "Beside it"}
    response = browser.save(door.questionnaire, fields, page=mine)
    assert response.status_code == 409
    html = text_of(response)
    assert "A question has two texts" in html
    assert ">Theirs<" in html.replace("\n", "") and "Mine</textarea>" in html
    row = answer(door)
    assert words_of(row) == ["Theirs"]
    assert [one["data"] for one in row.aside] == [{field: ["Mine"]}]
    assert words_of(answer(door, "short_text")) == ["Beside it"]


@pytest.mark.parametrize(("choice", "stands"), [("form", "Mine and theirs"), ("stored", "Theirs")])
def test_who_sees_both_texts_chooses(door, browser, choice, stands):
    conflict = make_conflict(door, browser)
    choose = {f"choose_{door.question('long_text').pk}": choice}
    fields = {door.field("long_text"): "Mine and theirs"}
    response = browser.save(door.questionnaire, fields, page=conflict, **choose)
    assert response.status_code == 302
    assert words_of(answer(door)) == [stands]
    assert answer(door).aside == []
    assert "two texts" not in text_of(browser.get(browser.section(door.questionnaire)))


def test_who_goes_away_finds_both_texts_again(door, browser):
    make_conflict(door, browser)
    again = browser.get(browser.section(door.questionnaire))
    html = text_of(again)
    assert "A question has two texts" in html
    assert "Mine" in html and "Theirs</textarea>" in html
    choose = {
        f"choose_{door.question('long_text').pk}": digest_of({door.field("long_text"): ["Mine"]})
    }
    assert browser.save(door.questionnaire, {}, page=again, **choose).status_code == 302
    assert words_of(answer(door)) == ["Mine"]
    assert answer(door).aside == []


def test_a_third_text_meanwhile_is_a_conflict_again(door, browser):
    conflict = make_conflict(door, browser)
    browser.another_browser().save(door.questionnaire, {door.field("long_text"): "Newest"})
    fields = {door.field("long_text"): "Mine"}
    choose = {f"choose_{door.question('long_text').pk}": "form"}
    response = browser.save(door.questionnaire, fields, page=conflict, **choose)
    assert response.status_code == 409
    assert words_of(answer(door)) == ["Newest"]
    assert [one["data"] for one in answer(door).aside] == [fields_of(door, "Mine")]


def fields_of(door: Door, words: str) -> dict[str, list[str]]:
    return {door.field("long_text"): [words]}


def make_conflict(door: Door, browser: Writer):
    phone, field = browser.another_browser(), door.field("long_text")
    mine, theirs = (one.get(one.section(door.questionnaire)) for one in (browser, phone))
    phone.save(door.questionnaire, {field: "Theirs"}, page=theirs)
    return browser.save(door.questionnaire, {field: "Mine"}, page=mine)


# --- The page that saves by itself ----------------------------------------------------------------


def test_a_page_that_saves_by_itself_hears_when_and_goes_on_with_a_new_stamp(door, browser):
    page = browser.get(browser.section(door.questionnaire))
    fields = {door.field("long_text"): "A first wo"}
    line = browser.save(door.questionnaire, fields, page=page, by_itself=True)
    assert line.status_code == 200
    assert "Saved at" in text_of(line)
    assert 'hx-swap-oob="true"' in text_of(line)
    assert words_of(answer(door)) == ["A first wo"]
    fields = {door.field("long_text"): "A first word", "screen": hidden(line, "screen")}
    assert browser.save(door.questionnaire, fields, page=page).status_code == 302
    assert words_of(answer(door)) == ["A first word"]
    assert answer(door).aside == []


def test_a_page_is_no_stranger_to_what_it_saved_itself(door, browser):
    """The button is pressed while the page still saves by itself, so its stamp is the old one."""
    page = browser.get(browser.section(door.questionnaire))
    fields = {door.field("long_text"): "A first wo"}
    browser.save(door.questionnaire, fields, page=page, by_itself=True)
    fields = {door.field("long_text"): "A first word"}
    assert browser.save(door.questionnaire, fields, page=page).status_code == 302
    assert words_of(answer(door)) == ["A first word"]


def test_what_a_page_saved_by_itself_comes_too_late_after_the_button(door, browser):
    page = browser.get(browser.section(door.questionnaire))
    browser.save(door.questionnaire, {door.field("long_text"): "A first word"}, page=page)
    fields = {door.field("long_text"): "A first wo"}
    line = browser.save(door.questionnaire, fields, page=page, by_itself=True)
    assert "was left and opened again" in text_of(line)
    assert words_of(answer(door)) == ["A first word"]


def test_saving_by_itself_tells_of_a_conflict_and_keeps_the_last_words_once(door, browser):
    phone, field = browser.another_browser(), door.field("long_text")
    mine, theirs = (one.get(one.section(door.questionnaire)) for one in (browser, phone))
    phone.save(door.questionnaire, {field: "Theirs"}, page=theirs)
    screen = hidden(mine, "screen")
    for words in ("Mi", "Mine"):
        fields = {field: words, "screen": screen}
        line = browser.save(door.questionnaire, fields, page=mine, by_itself=True)
        assert "Both texts are kept" in text_of(line)
        screen = hidden(line, "screen")
    assert words_of(answer(door)) == ["Theirs"]
    assert [one["data"] for one in answer(door).aside] == [fields_of(door, "Mine")]
    fields = {field: "Mine", "screen": screen}
    assert browser.save(door.questionnaire, fields, page=mine).status_code == 409


def test_a_browser_without_its_cookie_hears_that_nothing_is_saved(door, browser):
    page = browser.get(browser.section(door.questionnaire))
    stranger = browser.another_browser()
    stranger.cookies.clear()
    fields = {door.field("long_text"): "Words"}
    line = stranger.save(door.questionnaire, fields, page=page, by_itself=True)
    assert line.status_code == 200  # any other would load the page again, without the words
    assert "is not saved: copy it" in text_of(line)
    assert not DraftAnswer.objects.exists()


def test_nothing_is_answered_to_a_page_that_saves_by_itself_but_a_line(door, browser):
    page = browser.get(browser.section(door.questionnaire))
    line = browser.save(door.questionnaire, {}, page=page, by_itself=True)
    assert "<html" not in text_of(line)
    assert not line.cookies


# --- The stamp ------------------------------------------------------------------------------------


def test_a_stamp_is_of_one_draft(door, browser):
    screen = Screen({1: OnScreen(2, 3, "abc", ("def",))})
    signed = screen.sign(browser.draft.pk)
    assert read(signed, browser.draft.pk) == screen
    assert read(signed, writer(door).draft.pk).questions == {}
    assert read("nonsense", browser.draft.pk).questions == {}


def test_what_says_the_same_has_one_digest():
    assert digest_of(tidy({"a": ["x\r\ny"], "b": [""]})) == digest_of({"a": ["x\ny"]})
    assert digest_of({}) == "" != digest_of({"a": ["x"]})


# --- In parallel ----------------------------------------------------------------------------------


# case 29
def test_parallel_savings_of_one_question_lose_no_text(committed):
    door = expert_door()
    browser = writer(door)
    devices = [browser.another_browser() for _device in range(4)]
    pages = [one.get(one.section(door.questionnaire)) for one in devices]
    texts = [f"Text of device {number}" for number in range(len(devices))]
    statuses, start = [], threading.Barrier(len(devices))

    def save(device, page, words):
        try:
            start.wait()
            fields = {door.field("long_text"): words}
            statuses.append(device.save(door.questionnaire, fields, page=page).status_code)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=save, args=one) for one in zip(devices, pages, texts, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [302, 409, 409, 409]
    row = answer(door)
    kept = [*words_of(row), *(one["data"][door.field("long_text")][0] for one in row.aside)]
    assert sorted(kept) == texts


# case 29
def test_parallel_savings_of_different_questions_are_all_written(committed):
    door = expert_door()
    browser = writer(door)
    kinds = {"short_text": "Words", "long_text": "More words", "scale": "3"}
    devices = [(browser.another_browser(), kind) for kind in kinds]
    pages = [one.get(one.section(door.questionnaire)) for one, _kind in devices]
    start = threading.Barrier(len(devices))

    def save(device, kind, page):
        try:
            start.wait()
            device.save(door.questionnaire, {door.field(kind): kinds[kind]}, page=page)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=save, args=(*one, page))
        for one, page in zip(devices, pages, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {kind: words_of(answer(door, kind)) for kind in kinds} == {
        kind: [words] for kind, words in kinds.items()
    }


# --- About you saves by itself too; consents never do ---------------------------------------------


def typed(browser: Writer, page: Any, **said: str) -> Any:
    data = {"name": "", "revision": hidden(page, "revision"), **said}
    where = browser.address("draft_about")
    return browser.post(where, data, headers={**OWN_PAGE, "HX-Request": "true"})


def test_who_answers_is_saved_by_the_page_itself(browser):
    page = browser.get(browser.address("draft_about"))
    assert "data-hx-post" in text_of(page)
    line = typed(browser, page, name="Cam")
    assert "Saved at" in text_of(line) and "<html" not in text_of(line)
    assert "Saved at" in text_of(typed(browser, line, name="Camille"))
    assert 'value="Camille"' in text_of(browser.get(browser.address("draft_about")))


def test_who_answers_is_never_overwritten_by_the_page_itself(browser):
    phone = browser.another_browser()
    mine = browser.get(browser.address("draft_about"))
    typed(phone, phone.get(phone.address("draft_about")), name="Theirs")
    assert "Somebody else changed this page" in text_of(typed(browser, mine, name="Mine"))
    assert 'value="Theirs"' in text_of(browser.get(browser.address("draft_about")))


def test_nobody_consents_by_a_pause(browser):
    assert "data-hx-post" not in text_of(browser.get(browser.address("draft_consents")))
