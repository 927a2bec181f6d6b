"""Words are words wherever they are shown: pages, the admin, mail, what machines read (case 51)."""

import json
import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.test import Client

from submissions.models import Debate
from tests.factories import bilingual_site, bilingual_theme, debate_block
from tests.submissions.conftest import Visitor, address
from tests.submissions.desk import desk_of
from tests.submissions.hostile import (
    CORPUS,
    Hostile,
    cookies_of,
    public_pages,
    staff_pages,
    store,
)

pytestmark = pytest.mark.django_db
SCHEMES = {"", "http", "https", "mailto", "data"}
FORBIDDEN = {"iframe", "base", "math", "x-canary", "animate", "object", "embed"}


class Reader(HTMLParser):
    """Reads a page as a browser does, and keeps what could run."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.data: list[str] = []
        self.script = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in FORBIDDEN or values.get("http-equiv", "").lower() == "refresh":
            self.faults.append(tag)
        for name, value in values.items():
            if name.startswith("on") or "hx-on" in name:
                self.faults.append(f"{tag} {name}={value}")
            if name in {"href", "src", "action", "formaction", "data-hx-get", "data-hx-post"} and (
                urlsplit(value).scheme not in SCHEMES or "evil" in urlsplit(value).netloc
            ):
                self.faults.append(f"{tag} {name}={value}")
        self.script = values.get("type", "text/javascript") if tag == "script" else ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self.script = ""

    def handle_data(self, data: str) -> None:
        if self.script == "application/ld+json":
            self.data.append(data)
        elif self.script == "text/javascript" and "canary" in data:
            self.faults.append(data)


def faults_of(html: str) -> list[str]:
    reader = Reader()
    reader.feed(html)
    for block in reader.data:
        json.loads(block)
    return reader.faults


@pytest.fixture
def debate(db: None) -> Debate:
    bilingual_theme(bilingual_site(), debate_block())
    return Debate.objects.get()


def pages_read(debate: Debate, one: Hostile, staff: Client) -> Iterator[tuple[str, str]]:
    """Every page that shows the words, to whoever may read it."""
    author = Visitor()
    for name, value in cookies_of(one.author).items():
        author.cookies[name] = value
    theme = "/en/themes/"
    for url in [theme, *public_pages(debate, one, "en"), *public_pages(debate, one, "fr")]:
        answer = author.get(url, follow=True)
        assert answer.status_code == 200, url
        yield url, answer.content.decode()
    for url in staff_pages(one):
        answer = staff.get(url)
        assert answer.status_code == 200, url
        yield url, answer.content.decode()


@pytest.mark.parametrize("words", [" ".join(CORPUS[number::4]) for number in range(4)])
def test_words_are_inert_wherever_they_are_shown(debate: Debate, words: str):  # case 51
    admin = User.objects.create_superuser("root", "root@example.org", "secret")
    one = store(debate, words, admin)
    shown = 0
    for url, html in pages_read(debate, one, desk_of(admin)):
        assert faults_of(html) == [], url
        shown += _plain(words) in _plain(unescape(html))
    assert shown >= 12  # of what is searched in vain nothing can be said
    assert len(one.mails) == 3
    for mail in one.mails:
        assert faults_of(mail.html) == []
        assert "\n" not in mail.subject
        assert _plain(words) in _plain(unescape(mail.html))


def test_what_is_typed_again_is_inert_too(debate: Debate):  # case 51
    """A form that is refused gives its words back: an idea too long, a search for nothing."""
    door = Visitor()
    for words in CORPUS:
        sent = {"text": words * 40, "organisation": words, "speaks_for": words, "language": words}
        answers = [
            door.post(address("write", debate.pk), sent),
            door.post(address("start", debate.pk), {"next": words, "idea": words}),
            door.get("/en/search/", {"q": words}),
            door.get(address("ideas", debate.pk), {"language": words, "order": words}),
        ]
        for answer in answers:
            assert answer.status_code < 500
            assert faults_of(answer.content.decode()) == []


def test_the_reader_sees_what_would_run():
    """The test's own eyes: each of these runs in a browser, and is found."""
    for words in CORPUS:
        if re.search(r"^(javascript|\{\{|' auto|\" on)", words):
            continue  # runs in an attribute only
        assert faults_of(f"<body><p>{words}</p>"), words
    assert faults_of(f"<input value='{CORPUS[4]}'>")
    assert faults_of(f'<input value="{CORPUS[5]}">')


def _plain(text: str) -> str:
    """Without what typography puts between words and signs."""
    return re.sub(r"[\s\u00a0\u202f\u2028’']", "", text)
