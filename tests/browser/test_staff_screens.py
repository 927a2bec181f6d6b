"""axe over the screens of who translates and who organises, on a phone and at a desk."""

from collections.abc import Callable
from typing import Any, cast

import polib
import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect
from wagtail.models import Page
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringTranslation, Translation

from core.clock import database_now
from core.models import BulkState, BulkTranslation
from core.translating.po.writing import as_po
from home.roles import ORGANISERS, grant_roles, group_name, publishers_of, translators_of
from submissions.models import DailyFigure, FigureKind
from tests.browser.staff import account
from tests.browser.test_journey_moderator import sign_in
from tests.browser.test_journey_translator import FRAME
from tests.core.translating_bulk.sending import english_tree, the_job, work
from tests.factories import BilingualSite, StandardPageFactory, bilingual_site, published, translate
from tests.fixtures.libretranslate import StandIn

RICH = '<p>Read <a href="https://example.org/a">the report</a> &amp; <b>answer</b>.</p>'
SIZES = [
    pytest.param((1280, 900), id="desk", marks=pytest.mark.more),
    pytest.param((360, 740), id="phone"),
]


@pytest.fixture
def site(transactional_db: None) -> BilingualSite:
    site = bilingual_site()
    grant_roles()
    return site


@pytest.fixture
def french(site: BilingualSite) -> Page:
    """A French page of which nothing is translated, under an English one with a link in it."""
    source = published(StandardPageFactory(parent=site.home, body=[("text", RICH)]))
    page: Page = translate(source, publish=False)
    StringTranslation.objects.filter(context__object_id=source.translation_key).delete()
    return page


@pytest.fixture
def look(live_server: Any, axe: Callable[..., None]) -> Callable[[Tab, str], None]:
    """Go to an address of the admin, or stay: axe finds no fault, nothing is beside the screen."""

    def judge(tab: Tab, path: str = "") -> None:
        if path:
            answer = tab.goto(f"{live_server.url}/admin/{path}")
            assert answer and answer.status == 200, path
            assert tab.url.endswith(path), tab.url  # who may not is led home
        axe(tab, leave_out=FRAME)
        wide = tab.evaluate("document.documentElement.scrollWidth")
        assert wide <= tab.evaluate("innerWidth"), f"{tab.url} is {wide} pixels wide"

    return judge


def seated(open_page: Any, base: str, size: tuple[int, int], *groups: str) -> Tab:
    """A tab in which a member of these groups has signed in, who reads the admin in French."""
    user = account("fleur", *groups)
    UserProfile.objects.create(user=user, preferred_language="fr")
    tab: Tab = open_page("fr", viewport={"width": size[0], "height": size[1]})
    sign_in(tab, base, user)
    return tab


@pytest.mark.parametrize("size", SIZES)
def test_the_desk_of_a_page_and_the_queue(
    live_server: Any, open_page: Any, look: Any, french: Page, size: tuple[int, int]
) -> None:
    groups = translators_of("French"), publishers_of("French")
    tab = seated(open_page, live_server.url, size, *groups)
    for path in ("workplace/", "workplace/?tab=published", "guide/", "guide/translate-a-page/"):
        look(tab, path)
    look(tab, f"translating/pages/{french.pk}/")
    texts = tab.locator(".translating-segment textarea")
    for text in texts.all():
        text.fill("Lisez <b>tout.")
    tab.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(tab.locator("[role=alert] a").first).to_be_visible()
    look(tab)
    tab.locator("[role=alert] a").first.click()
    expect(tab.locator("textarea[aria-invalid]").first).to_be_focused()
    tab.set_viewport_size({"width": 320, "height": 640})
    look(tab)


@pytest.mark.parametrize("size", SIZES)
def test_a_file_of_translations(
    live_server: Any, open_page: Any, look: Any, french: Page, tmp_path: Any, size: tuple[int, int]
) -> None:
    tab = seated(open_page, live_server.url, size, translators_of("French"))
    look(tab, f"translating/pages/{french.pk}/po/import/")
    chosen, send = tab.locator("#id_file"), tab.locator(".desk-actions button").first
    wrong, right = tmp_path / "wrong.po", tmp_path / "right.po"
    wrong.write_text('msgid "nothing closes')
    chosen.set_input_files(wrong)
    send.click()
    expect(tab.locator("[role=alert]")).to_be_visible()
    look(tab)

    file = polib.pofile(
        as_po(
            Translation.objects.get(
                target_locale=french.locale_id, source__object_id=french.translation_key
            )
        )
    )
    for entry in file:
        entry.msgstr, entry.flags = entry.msgid, []
    right.write_text(str(file))
    chosen.set_input_files(right)
    send.click()
    expect(tab.locator("#plan-1")).to_be_visible()
    look(tab)


@pytest.mark.parametrize("size", SIZES)
def test_the_languages_of_a_consultation(
    live_server: Any, open_page: Any, look: Any, french: Page, size: tuple[int, int]
) -> None:
    tab = seated(open_page, live_server.url, size)
    look(tab, "workplace/languages/")
    look(tab, "workplace/languages/fr/")


@pytest.mark.parametrize("size", SIZES)
def test_the_home_of_the_admin_and_the_opening(
    live_server: Any, open_page: Any, look: Any, site: BilingualSite, size: tuple[int, int]
) -> None:
    consultation = bilingual_site("water.example.org").consultation
    grant_roles()
    further = group_name(ORGANISERS, consultation.site)
    for kind in FigureKind:
        day = database_now().date()
        where = {"consultation": site.consultation, "kind": kind, "language": "fr"}
        DailyFigure.objects.create(day=day, count=12_345, **where)
    tab = seated(open_page, live_server.url, size, ORGANISERS, further)
    expect(tab.get_by_role("navigation", name="Raccourcis").get_by_role("link")).to_have_count(6)
    for each in tab.locator("summary").all():
        each.click()
    look(tab)
    look(tab, "opening/")


@pytest.mark.parametrize("size", SIZES)
def test_the_wordings_of_the_interface(
    live_server: Any, open_page: Any, look: Any, site: BilingualSite, size: tuple[int, int]
) -> None:
    tab = seated(open_page, live_server.url, size)
    look(tab, "wordings/fr/")
    tab.locator("main .listing a").first.click()
    tab.wait_for_url("**/wordings/fr/wording/?*")
    look(tab)
    look(tab, "wordings/fr/po/import/")


@pytest.fixture
def tree(site: BilingualSite) -> Page:
    """In English alone; a part of it would be left out."""
    top = english_tree(site, below=2)
    StandardPageFactory(parent=top, title="Unfinished")
    return top


@pytest.mark.parametrize("size", SIZES)
def test_a_tree_from_what_would_be_sent_to_the_report(
    live_server: Any,
    open_page: Any,
    look: Any,
    tree: Page,
    service: StandIn,
    size: tuple[int, int],
) -> None:
    """Every state of it; the bar moves by itself, the report comes by itself."""
    tab = seated(open_page, live_server.url, size, "Editors", translators_of("French"))
    look(tab, f"translating/trees/{tree.pk}/")
    for summary in tab.locator(".trees summary").all():
        summary.click()
    look(tab)
    tab.locator("[name=into]").uncheck()
    send = tab.locator(".trees form button")
    send.click()
    tab.locator("[role=alert] a").click()
    expect(tab.locator("#id_into")).to_be_focused()
    look(tab)
    tab.locator("[name=into]").check()
    send.click()
    expect(tab.locator("#tree-progress")).to_be_visible()
    look(tab)
    BulkTranslation.objects.update(state=BulkState.RUNNING, done=2)
    expect(tab.locator("#tree-said")).to_contain_text("2 pages envoyées sur 3")
    work()
    expect(tab.locator(".trees [role=status]")).to_be_visible()
    look(tab)
    job = the_job()
    look(tab, f"translating/trees/{tree.pk}/")  # with what was sent so far, and the files
    look(tab, f"translating/trees/{job.page.get_translations().get().pk}/po/import/")
    look(tab, f"translating/pages/{job.made[0]}/")  # with the offer of a machine
    failed = [{"page": tree.pk, "title": "Top", "live": True, "words": "L’adresse est prise."}]
    BulkTranslation.objects.update(failed=failed, state=BulkState.FAILED)
    look(tab, f"translating/trees/jobs/{job.pk}/")


def test_without_javascript_a_link_tells_how_far_a_tree_is(
    live_server: Any, open_page: Any, tree: Page
) -> None:
    tab = seated(open_page, live_server.url, (360, 740), translators_of("French"))
    still: Tab = open_page("fr", javascript=False)
    still.context.add_cookies(cast(Any, tab.context.cookies()))
    still.goto(f"{live_server.url}/admin/translating/trees/{tree.pk}/")
    still.locator(".trees form button").click()
    expect(still.locator("#tree-progress")).to_be_visible()
    work()
    still.get_by_role("link", name="Voir où il en est").click()
    expect(still.locator(".trees [role=status]")).to_be_visible()


@pytest.mark.parametrize("size", SIZES)
def test_where_a_text_stands(
    live_server: Any, open_page: Any, look: Any, french: Page, size: tuple[int, int]
) -> None:
    tab = seated(open_page, live_server.url, size)
    look(tab, "workplace/where/")
    tab.locator("#id_q").fill("et")
    tab.locator("main form[role=search] button").click()
    expect(tab.locator("[role=alert]")).to_be_visible()
    look(tab)
    tab.locator("#id_q").fill("intérêt général")
    tab.locator("main form[role=search] button").click()
    expect(tab.locator("main .listing a").first).to_be_visible()
    look(tab)


@pytest.mark.parametrize("size", SIZES)
def test_the_glossary_and_its_files(
    live_server: Any, open_page: Any, look: Any, site: BilingualSite, tmp_path: Any, size: Any
) -> None:
    tab = seated(open_page, live_server.url, size, translators_of("French"))
    look(tab, "glossary/csv/import/")
    wrong, right = tmp_path / "wrong.csv", tmp_path / "right.csv"
    wrong.write_text("number,en,fr,note\n7,owl,chouette,\n")
    right.write_text("number,en,fr,note\n,owl,chouette,At night\n")
    for file, role in ((wrong, "alert"), (right, "status")):
        tab.locator("#id_file").set_input_files(file)
        tab.locator("main form button[type=submit]").click()
        expect(tab.locator(f"main .help-block[role={role}]")).to_be_visible()
        look(tab)
    look(tab, "glossary/")
    look(tab, "glossary/new/")
