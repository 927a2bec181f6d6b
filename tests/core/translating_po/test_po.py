"""PO files of pages: out and in, told before anything is done, whole or not at all."""

import polib
import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.test import Client
from wagtail_localize.models import StringSegment, StringTranslation

from core.models import PageTranslation, TranslationFile, TranslationState
from core.translating.po.writing import as_po
from tests.core.translating_po.files import begun, confirm, filled, upload, words_of

pytestmark = pytest.mark.django_db


def test_a_file_goes_out_and_comes_in(client: Client):
    page, translation = begun()
    out = client.get(f"/admin/translating/pages/{page.pk}/po/")
    assert out.status_code == 200 and "attachment" in out["Content-Disposition"]
    assert polib.pofile(out.content.decode()).metadata["Language"] == "fr"
    answer = upload(client, page, str(filled(translation, title="À propos", slug="À propos")))
    assert answer.status_code == 302
    assert not words_of(translation)  # the report comes first
    assert confirm(client, answer).status_code == 302
    assert words_of(translation)["title"] == "À propos"
    assert words_of(translation)["slug"] == "a-propos"
    assert PageTranslation.objects.get(translation=translation).state == (
        TranslationState.IN_PROGRESS
    )
    assert not TranslationFile.objects.exists()


@pytest.mark.parametrize("act", ["import", "give_up"])
def test_who_goes_back_to_a_report_is_led_on(client: Client, act: str):
    page, translation = begun()
    answer = upload(client, page, str(filled(translation)))
    first = confirm(client, answer, act=act)
    told = client.get(answer.url, follow=True)
    assert told.redirect_chain == [(first.url, 302)]
    assert "This file was imported already, or given up." in told.content.decode()
    assert client.post(answer.url, {"act": act})["Location"] == first.url
    other = Client()
    other.force_login(User.objects.create_superuser("other"))
    assert other.get(answer.url).status_code == 404


def test_what_a_machine_proposed_goes_out_unsure_and_stays_out(client: Client):
    page, translation = begun()
    segment = StringSegment.objects.get(source=translation.source, context__path="title")
    StringTranslation.objects.create(
        translation_of=segment.string,
        context=segment.context,
        locale=translation.target_locale,
        data="Proposé",
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
    )
    file = polib.pofile(as_po(translation))
    title = next(entry for entry in file if entry.msgctxt == "title")
    assert title.fuzzy
    title.msgstr = "Autre chose"
    answer = upload(client, page, str(file))
    assert "Autre chose" in client.get(answer.url).content.decode()
    assert confirm(client, answer).status_code == 302
    assert words_of(translation)["title"] == "Proposé"
    title.msgstr, title.flags = "Proposé", []  # read by a person
    confirm(client, upload(client, page, str(file)))
    kept = StringTranslation.objects.get(context__path="title", translation_of=segment.string)
    assert kept.translation_type == StringTranslation.TRANSLATION_TYPE_MANUAL


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("<b>gras", "A tag is not closed"),
        ("5 < 6", "begins none"),
        ("<script>alert(1)</script>", "would break the page"),
        ('<b onclick="x()">a</b>', "would break the page"),
        ('<a id="a9">ici</a>', "a link that the original does not have"),
        ("x" * 300, "longer than the page takes"),
    ],
)
def test_words_that_would_break_the_page_are_refused_with_their_line(
    client: Client, words: str, reason: str
):
    page, translation = begun()
    answer = upload(client, page, str(filled(translation, title=words)))
    said = answer.content.decode()
    assert answer.status_code == 422
    assert reason in said and "file.po" in said and "line " in said
    assert not words_of(translation) and not TranslationFile.objects.exists()


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("X-WagtailLocalize-TranslationID: ", "X-Lost: ", "which page it is of"),
        ("Language: fr", "Language: de", "another language"),
        ("charset=UTF-8", "charset=ISO-8859-1", "not in UTF-8"),
        ('msgctxt "title"', 'msgctxt "title', "read as a PO file"),
        ('msgctxt "title"\n', "", "lost its msgctxt"),
    ],
)
def test_a_file_with_a_broken_head_or_body_is_refused(
    client: Client, before: str, after: str, reason: str
):
    page, translation = begun()
    text = str(filled(translation))
    assert before in text
    answer = upload(client, page, text.replace(before, after, 1))
    assert answer.status_code == 422 and reason in answer.content.decode()
    assert not words_of(translation)


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\x00", b"/etc/passwd", b'msgid ""\nmsgstr ""\n', b"x" * (6 * 1024 * 1024)],
)
def test_what_is_no_such_file_is_refused(client: Client, content: bytes):
    page, _translation = begun()
    assert upload(client, page, content).status_code == 422
    assert upload(client, page, content, tree=True).status_code == 422


def test_a_file_of_another_page_is_refused(client: Client):
    page, _translation = begun()
    _other, another = begun("Another")
    answer = upload(client, page, str(filled(another)))
    assert answer.status_code == 422 and "of another page" in answer.content.decode()
    assert not words_of(another)


def test_strings_that_changed_since_are_told_and_what_fits_is_imported(client: Client):
    page, translation = begun()
    file = filled(translation)
    next(entry for entry in file if entry.msgctxt == "introduction").msgid = "Older words."
    answer = upload(client, page, str(file))
    said = client.get(answer.url).content.decode()
    assert "Older words." in said and "What this page says." in said and "Import what fits" in said
    confirm(client, answer)
    assert "introduction" not in words_of(translation) and "title" in words_of(translation)


def test_words_written_here_meanwhile_stay_unless_ticked(client: Client):
    page, translation = begun()
    file = str(filled(translation, title="Du fichier"))
    segment = StringSegment.objects.get(source=translation.source, context__path="title")
    StringTranslation.objects.create(
        translation_of=segment.string,
        context=segment.context,
        locale=translation.target_locale,
        data="Du bureau",
        translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
    )
    confirm(client, upload(client, page, file))
    assert words_of(translation)["title"] == "Du bureau"
    key = f"{translation.pk}-{segment.string_id}-{segment.context_id}"
    confirm(client, upload(client, page, file), replace=[key])
    assert words_of(translation)["title"] == "Du fichier"


def test_a_page_that_changed_since_the_report_is_reported_anew(client: Client):
    page, translation = begun()
    answer = upload(client, page, str(filled(translation)))
    seen = client.get(answer.url).context["seen"]
    segment = StringSegment.objects.get(source=translation.source, context__path="title")
    StringTranslation.objects.create(
        translation_of=segment.string,
        context=segment.context,
        locale=translation.target_locale,
        data="Entre-temps",
        translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
    )
    assert client.post(answer.url, {"act": "import", "seen": seen}).status_code == 409
    assert words_of(translation) == {"title": "Entre-temps"}


def test_who_may_not_translate_the_page_has_no_file(client: Client):
    page, translation = begun()
    source = translation.source.get_source_instance()
    assert client.get(f"/admin/translating/pages/{source.pk}/po/").status_code in {302, 403}
    answer = upload(client, page, str(filled(translation)))
    other = User.objects.create_superuser("other", "o@example.org", "a-password-for-tests")
    stranger = Client()
    stranger.force_login(other)
    assert stranger.get(answer.url).status_code == 404  # another's file


def test_its_pages_are_named_by_what_they_do(client: Client):
    page, translation = begun()
    desk = f"/admin/translating/pages/{page.pk}/"
    report = upload(client, page, str(filled(translation))).url
    for address, name in (
        (f"{desk}po/import/", "Import translations"),
        (report, "What the file would change"),
    ):
        shown = BeautifulSoup(client.get(address).content.decode(), "html.parser")
        assert name in shown.h1.text
        assert desk in [link["href"] for link in shown.select("header a[href]")]
