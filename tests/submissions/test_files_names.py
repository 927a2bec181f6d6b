"""Names of files, whatever a sender calls them (case 37)."""

import unicodedata

import pytest
import regex
from django.utils.http import content_disposition_header
from hypothesis import example, given, settings
from hypothesis import strategies as st

from submissions.contributions.files.names import LONGEST, LONGEST_SAVED, saved_name, shown_name

UNSEEN = regex.compile(r"[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\p{Cs}]")


@pytest.mark.parametrize(
    ("sent", "shown", "saved"),
    [
        ("Étude finale.pdf", "Étude finale.pdf", "Étude finale.pdf"),
        ("../../etc/passwd", "passwd", "passwd.pdf"),
        ("C:\\Users\\ada\\x.PDF", "x.PDF", "x.pdf"),
        ("a.pdf.exe", "a.pdf.exe", "a.pdf.exe.pdf"),
        ("\u202efdp.exe", "fdp.exe", "fdp.exe.pdf"),
        ("a\r\nSet-Cookie: b=c.pdf", "a Set-Cookie: b=c.pdf", "a Set-Cookie_ b=c.pdf"),
        ("CON.pdf", "CON.pdf", "document CON.pdf"),
        ("con", "con", "document con.pdf"),
        ("<svg onload=alert(1)>.pdf", "<svg onload=alert(1)>.pdf", "_svg onload=alert(1)_.pdf"),
        ('"; filename=evil.exe', '"; filename=evil.exe', "_ filename=evil.exe.pdf"),
        ("%00.pdf", "%00.pdf", "_00.pdf"),
        ("\x00", "document.pdf", "document.pdf"),
        ("...", "document.pdf", "document.pdf"),
        (".pdf", ".pdf", "document.pdf"),
        (None, "document.pdf", "document.pdf"),
    ],
)
def test_names(sent: str | None, shown: str, saved: str) -> None:
    assert shown_name(sent, "pdf") == shown
    assert saved_name(shown, "pdf") == saved


@given(st.text(max_size=400), st.sampled_from(["pdf", "docx", "odt"]))
@example("é" * 300 + ".pdf", "pdf")
@example("👩‍🔬" * 100, "odt")
@settings(max_examples=300, deadline=None)
def test_any_name_can_be_shown_and_saved(sent: str, kind: str) -> None:
    shown = shown_name(sent, kind)
    assert 0 < len(shown) <= LONGEST
    assert not UNSEEN.search(shown) and "/" not in shown and "\\" not in shown
    saved = saved_name(shown, kind)
    assert saved.endswith(f".{kind}") and len(saved.encode()) <= LONGEST_SAVED
    assert not regex.search(r"[<>:\"/\\|?*;%']|^[. ]", saved)
    assert unicodedata.is_normalized("NFC", shown)
    header = content_disposition_header(as_attachment=True, filename=saved)
    assert header.startswith("attachment; filename") and header.isascii()
    assert "\n" not in header and "\r" not in header
