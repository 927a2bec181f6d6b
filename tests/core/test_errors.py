"""The pages for trouble: every language, the reader's first; useful; they need nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path
from django.utils.translation import override

from config import urls as site_urls
from core import handlers, troubles
from core.outages import is_outage
from tests.factories import (
    BilingualSite,
    StandardPageFactory,
    bilingual_site,
    bilingual_theme,
    published,
)

REQUESTS = RequestFactory()
NAMES = sorted(p.name for p in (Path(__file__).parents[2] / "site/templates").glob("[45]*.html"))
STATUSES = ["400", "403", "403_csrf", "404", "405", "413", "429", "500", "503"]
IDEA = "We should <b>plant</b> trees & hedges."


def soup(response: Any) -> Any:
    """Untyped: what is looked for and not found fails the test anyway."""
    return BeautifulSoup(response.content, "html.parser")


def made(name: str, address: str = "/en/nowhere/", **context: Any) -> Any:
    return soup(troubles.trouble_page(REQUESTS.get(address), name, status=500, **context))


def test_there_is_a_page_for_each_status() -> None:
    assert [name.removesuffix(".html") for name in NAMES] == STATUSES


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("address", "order"), [("/en/x/", ["en", "fr"]), ("/fr/x/", ["fr", "en"])])
def test_the_language_of_the_address_comes_first(name: str, address: str, order: list[str]) -> None:
    page = made(name, address)
    assert page.html["lang"] == order[0]
    assert [section["lang"] for section in page.main.find_all("section")] == order
    headings = [section.h1.get_text() for section in page.main.find_all("section")]
    assert len(set(headings)) == 2
    assert page.select_one(".actions a")["href"] == address.replace(
        "x/", "x/" if name == "503.html" else ""
    )


def test_elsewhere_the_browser_says_which_comes_first() -> None:
    request = REQUESTS.get("/nothing", headers={"accept-language": "fr-CA, en;q=0.5"})
    page = soup(troubles.trouble_page(request, "404.html", status=404))
    assert page.html["lang"] == "fr"


@pytest.mark.parametrize("name", NAMES)
def test_no_page_for_trouble_is_indexed_or_reads_the_database(name: str) -> None:
    response = troubles.trouble_page(REQUESTS.get("/fr/"), name, status=500)  # no database mark
    assert response["X-Robots-Tag"] == "noindex"
    assert soup(response).find("meta", attrs={"name": "robots"})["content"] == "noindex"


@pytest.mark.parametrize("name", NAMES)
def test_what_was_written_is_given_back_escaped(name: str) -> None:
    page = made(name, words=IDEA)
    assert page.textarea.get_text() == IDEA
    assert page.textarea.has_attr("readonly")
    assert page.find("label", attrs={"for": "words"})
    assert len(page.select('a[href="#words"]')) == 2


def test_an_unknown_address_offers_a_search_in_each_language() -> None:
    page = made("404.html")
    assert [form["action"][:4] for form in page.find_all("form")] == ["/en/", "/fr/"]
    assert [form.button.get_text() for form in page.find_all("form")] == ["Search", "Rechercher"]
    assert [form["aria-label"] for form in page.find_all("form")] == [
        "Search in English",
        "Recherche en français",
    ]


def test_what_the_pages_load_is_served_under_its_plain_name() -> None:
    page = made("500.html")
    named = [link["href"].removeprefix("/static/") for link in page.find_all("link")]
    assert any(name.endswith(".css") for name in named)
    assert all(finders.find(name) for name in named)


def test_try_again_never_leaves_the_site() -> None:
    request = REQUESTS.get("/")
    request.path = request.path_info = "//evil.example/\\x"
    page = soup(troubles.trouble_page(request, "503.html", status=503))
    assert page.select_one(".actions a")["href"].startswith("/%2F")


def test_a_page_that_cannot_be_made_is_replaced_by_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(troubles, "get_template", lambda _name: 1 / 0)
    response = handlers.server_error(REQUESTS.get("/en/"))
    assert response.status_code == 500
    assert "Une erreur est survenue" in response.content.decode()


# --- What is given back -------------------------------------------------------------------------


def test_no_secret_no_address_and_no_code_is_given_back() -> None:
    sent = {
        "csrfmiddlewaretoken": "A secret token",
        "text": IDEA,
        "email": "ada@example.org",
        "name": "Ada Lovelace",
        "contact": "ada@example.org",
        "new_password1": "correct Horse",
        "key": "Ab cd",
        "form_key": "7a1d9f5e-9d2a-4a0e-a8c1-2f5f2f7f0a11",
        "place": "sequence",
        "country": "FR",
        "question_3": ["12", "Nobody’s fault"],
    }
    words = troubles.words_sent(REQUESTS.post("/en/write/", sent))
    assert words == f"{IDEA}\n\nAda Lovelace\n\nNobody’s fault"


def test_forms_of_the_admin_are_not_given_back() -> None:
    assert troubles.words_sent(REQUESTS.post("/admin/login/", {"username": "Ada Lovelace"})) == ""


def test_a_body_that_cannot_be_read_gives_nothing_back() -> None:
    broken = REQUESTS.post("/en/", "x", content_type="multipart/form-data; boundary=é")
    assert troubles.words_sent(broken) == ""
    other = "application/x-www-form-urlencoded; charset=utf-16"
    assert troubles.words_sent(REQUESTS.post("/en/", "text=x", content_type=other)) == ""


# --- Statuses -----------------------------------------------------------------------------------


def broken(_request: HttpRequest) -> HttpResponse:
    raise ValueError("a fault of ours")


def down(_request: HttpRequest) -> HttpResponse:
    raise OperationalError("the connection is lost")


def too_much(_request: HttpRequest) -> HttpResponse:
    raise RequestDataTooBig


class BrokenUrls:
    """The site's addresses and some that fail."""

    urlpatterns = [
        path("en/broken/", broken),
        path("fr/down/", down),
        path("fr/large/", too_much),
        *site_urls.urlpatterns,
    ]
    handler400 = site_urls.handler400
    handler403 = site_urls.handler403
    handler404 = site_urls.handler404
    handler500 = site_urls.handler500


@pytest.fixture
def visitor() -> Client:
    """A browser that is told of errors as people are."""
    return Client(raise_request_exception=False)


@pytest.fixture
def broken_site() -> Any:
    with override_settings(ROOT_URLCONF=BrokenUrls):
        yield


def test_a_fault_is_a_500_with_the_words_back(visitor: Client, broken_site: None) -> None:
    response = visitor.post(
        "/en/broken/", {"text": IDEA}, headers={"sec-fetch-site": "same-origin"}
    )
    assert response.status_code == 500
    assert soup(response).textarea.get_text() == IDEA
    assert "Retry-After" not in response


def test_an_outage_is_a_503_that_says_when_to_come_back(
    visitor: Client, broken_site: None, db: None
) -> None:
    response = visitor.get("/fr/down/")
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert soup(response).html["lang"] == "fr"


def test_too_much_at_once_is_a_413(visitor: Client, broken_site: None, db: None) -> None:
    response = visitor.get("/fr/large/")
    assert response.status_code == 413
    assert "trop volumineux" in soup(response).h1.get_text()


def test_a_host_that_is_not_ours_is_a_400(visitor: Client) -> None:
    with override_settings(ALLOWED_HOSTS=["consultation.example.org"]):
        response = visitor.get("/fr/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()
    assert soup(response).html["lang"] == "fr"


@pytest.mark.parametrize(
    ("cause", "outage"),
    [
        (psycopg.OperationalError("connection refused"), True),
        (psycopg.errors.AdminShutdown(), True),
        (psycopg.errors.TooManyConnections(), True),
        (psycopg.errors.DiskFull(), True),
        (psycopg.errors.CannotConnectNow(), True),
        (psycopg.errors.QueryCanceled(), False),
        (psycopg.errors.DeadlockDetected(), False),
    ],
)
def test_an_outage_is_told_from_a_statement_that_failed(cause: Exception, outage: bool) -> None:
    error = OperationalError(str(cause))
    error.__cause__ = cause
    assert is_outage(error) is outage


def test_a_fault_of_ours_is_no_outage() -> None:
    missing = ProgrammingError("no such column")
    missing.__cause__ = psycopg.errors.UndefinedColumn()
    assert not is_outage(missing)
    assert not is_outage(InterfaceError("the cursor is closed"))
    assert is_outage(InterfaceError("connection already closed"))
    assert not is_outage(None)


@pytest.mark.django_db
class TestOnTheSite:
    """What visitors meet."""

    @pytest.fixture
    def where(self) -> BilingualSite:
        return bilingual_site()

    def test_a_page_that_is_not_published_is_a_404_in_the_sites_name(
        self, client: Client, where: BilingualSite
    ) -> None:
        page = published(StandardPageFactory(parent=where.home, title="Gone"))
        theme, theme_fr = bilingual_theme(where)
        for gone in (page, theme, theme_fr):
            address = gone.url
            gone.unpublish()
            response = client.get(address)
            assert response.status_code == 404, address
            assert soup(response).html["lang"] == address[1:3]
            assert where.home.title in response.content.decode() or address.startswith("/fr/")

    def test_a_form_from_elsewhere_gives_the_words_back(
        self, client: Client, where: BilingualSite
    ) -> None:
        # case 65
        theme, _french = bilingual_theme(where)
        page = soup(client.get(theme.url))
        action = page.find("textarea", attrs={"name": "text"}).find_parent("form")["action"]
        response = client.post(
            action,
            {"text": IDEA, "email": "ada@example.org"},
            headers={"sec-fetch-site": "cross-site"},
        )
        assert response.status_code == 403
        assert soup(response).textarea.get_text() == IDEA
        assert "ada@example.org" not in response.content.decode()

    def test_a_stale_token_gives_the_words_back(self, where: BilingualSite) -> None:
        visitor = Client(enforce_csrf_checks=True)
        with override("en"):
            response = visitor.post(
                "/en/search/", {"q": "Trees and hedges", "csrfmiddlewaretoken": "Old token"}
            )
        assert response.status_code == 403
        assert soup(response).textarea.get_text() == "Trees and hedges"
        assert "Old token" not in response.content.decode()

    @pytest.mark.parametrize("method", ["post", "put", "delete"])
    def test_a_method_that_an_address_refuses_is_refused_in_words(
        self, client: Client, where: BilingualSite, method: str
    ) -> None:
        send: Callable[..., Any] = getattr(client, method)
        response = send("/fr/recherche/")
        assert response.status_code == 405
        assert response["Allow"] == "GET, HEAD"
        assert soup(response).html["lang"] == "fr"

    def test_too_many_attempts_to_sign_in_are_told_in_every_language(
        self, client: Client, where: BilingualSite
    ) -> None:
        with override_settings(AXES_ENABLED=True, AXES_FAILURE_LIMIT=2):
            for _attempt in range(2):
                response = client.post(
                    "/admin/login/",
                    {"username": "ada", "password": "wrong", "next": "/admin/"},
                    headers={"accept-language": "fr"},
                )
        assert response.status_code == 429
        assert response["Retry-After"] == "3600"
        page = soup(response)
        assert page.html["lang"] == "fr"
        assert "60 minutes" in page.select_one(".lead").get_text()
        assert len(page.select('a[href="/admin/password_reset/"]')) == 2
