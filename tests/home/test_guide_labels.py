"""What the guide prints in bold is what the screens of its task say, in the page’s language."""

import re
from functools import cache
from pathlib import Path

import polib
import pytest
import wagtail
import wagtail_localize
from django.conf import settings

from home.guide.pages import CONTENTS, GUIDE, names

BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
QUOTED = re.compile(r'"([^"\n]+)"|\'([^\'\n]+)\'')
WAGTAIL = (Path(wagtail.__file__).parent, Path(wagtail_localize.__file__).parent)
TRANSLATED = settings.BASE_DIR / "locale"

# Where the words of a task's screens stand in the sources; those of Wagtail's may be on any.
DESK = ("site/core/translating", "site/templates/core/translating")
QUEUE = ("home/workplace", "home/templates/home/workplace")
CONTRIBUTIONS = (
    "submissions/contributions/staff",
    "submissions/templates/submissions/contributions/staff",
)
BODY = ("themes/models.py", "site/core/blocks", "submissions/blocks.py")
FORMS = (*BODY, "submissions/edit_panels.py", "submissions/templates/submissions/admin")
ROOMS: dict[str, tuple[str, ...]] = {
    CONTENTS: ("home/guide",),
    "accounts-and-roles": (),
    "add-a-debate": FORMS,
    "add-a-questionnaire": (*FORMS, "submissions/models/questionnaire.py"),
    "add-a-video": BODY,
    "add-pictures": BODY,
    "check-a-page": (*BODY, "site/core/checks"),
    "code-contributions": CONTRIBUTIONS,
    "export-contributions": (*CONTRIBUTIONS, "submissions/templates/submissions/contributions"),
    "find-a-text": QUEUE,
    "follow-the-consultation": ("home/templates/home/dashboard",),
    "follow-the-mail": ("submissions/mail/admin.py", "submissions/models/mail.py"),
    "follow-translations": QUEUE,
    "judge-campaigns": ("submissions/contributions/publishing/hooks.py",),
    "judge-suspicions": ("submissions/suspects", "submissions/templates/submissions/suspects"),
    "keep-the-glossary": ("site/core/translating", "site/core/models/words.py"),
    "mend-a-wording": ("site/core/wordings", "site/templates/core/wordings"),
    "moderate-ideas": ("submissions/moderation", "submissions/templates/submissions/moderation"),
    "open-the-consultation": ("home/opening", "home/templates/home/opening"),
    "preview-and-publish": ("submissions/edit_panels.py",),
    "read-contributions": CONTRIBUTIONS,
    "redact-and-publish": (
        "submissions/templates/submissions/contributions/admin",
        "submissions/templates/submissions/publishing",
    ),
    "schedule-a-page": (*DESK, "home/approval"),
    "send-many-pages": DESK,
    "show-a-language": QUEUE,
    "source-changed": (*DESK, *QUEUE),
    "start-a-second-consultation": (),
    "submit-and-approve": ("home/approval",),
    "translate-a-page": (*DESK, *QUEUE),
    "translate-ideas": (
        "submissions/idea_translations",
        "submissions/templates/submissions/translations",
    ),
    "use-po-files": DESK,
    "write-a-theme-page": (*BODY, "site/core/checks"),
}


def plainly(words: str) -> str:
    """Without what typography adds, and as field labels are: Wagtail capitalises their names."""
    return " ".join(words.replace("’", "'").split()).rstrip(".:… ").strip().casefold()


@cache
def quoted(place: str) -> frozenset[str]:
    """Each string between quotation marks in the sources of that file or folder."""
    path = settings.BASE_DIR / place
    files = [path] if path.is_file() else [*path.rglob("*.py"), *path.rglob("*.html")]
    assert files, place
    return frozenset(
        plainly(double or single)
        for one in files
        for double, single in QUOTED.findall(one.read_text(encoding="utf-8"))
    )


@cache
def entries() -> tuple[list[polib.POEntry], list[polib.POEntry]]:
    """The French of the project, and that of Wagtail where the project has no other."""
    ours = [
        one
        for path in sorted(TRANSLATED.glob("fr/LC_MESSAGES/*.po"))
        for one in polib.pofile(str(path))
    ]
    said = {(one.msgctxt, one.msgid) for one in ours}
    theirs = [
        one
        for root in WAGTAIL
        for path in sorted(root.rglob("locale/fr/LC_MESSAGES/*.po"))
        for one in polib.pofile(str(path))
        if (one.msgctxt, one.msgid) not in said
    ]
    return ours, theirs


@cache
def said_on(page: str) -> frozenset[tuple[str, str]]:
    """English and French of what the screens of this task may say."""
    here = frozenset[str]().union(*(quoted(place) for place in ROOMS[page]))
    ours, theirs = entries()
    shown = [
        one
        for one in ours
        if plainly(one.msgid) in here and (not one.msgctxt or plainly(one.msgctxt) in here)
    ]
    # What the project says in Wagtail's stead stands in no source of its own.
    of_wagtail = {one.msgid for root in WAGTAIL for one in originals(root)}
    shown += [one for one in ours if not one.msgctxt and one.msgid in of_wagtail]
    return frozenset(
        (plainly(one.msgid), plainly(one.msgstr or one.msgid)) for one in [*shown, *theirs]
    )


@cache
def originals(root: Path) -> list[polib.POEntry]:
    """The English of a package."""
    return [
        one for path in root.rglob("locale/en/LC_MESSAGES/*.po") for one in polib.pofile(str(path))
    ]


def bold(language: str, page: str) -> set[str]:
    text = (GUIDE / language / f"{page}.md").read_text(encoding="utf-8")
    return {plainly(one) for one in BOLD.findall(text)}


def strange(page: str, english: set[str], french: set[str]) -> set[str]:
    """Labels of either page that no screen of the task says, or that the other does not name."""
    pairs = {pair for pair in said_on(page) if pair[0] in english and pair[1] in french}
    return (english - {one for one, _other in pairs}) | (french - {other for _one, other in pairs})


@pytest.mark.parametrize("page", [CONTENTS, *names("en")])
def test_what_is_bold_is_what_the_screens_of_the_task_say(page: str) -> None:
    assert strange(page, bold("en", page), bold("fr", page)) == set()


def test_every_page_says_where_its_screens_stand() -> None:
    assert set(ROOMS) == {CONTENTS, *names("en")}


def test_a_label_that_no_screen_of_the_task_has_is_found() -> None:
    page = "redact-and-publish"
    assert strange(page, {"take it back"}, {"dépublier"}) == set()
    # What a translator of ideas reads; a contribution is « dépubliée ».
    assert strange(page, {"take it back"}, {"la retirer"}) == {"take it back", "la retirer"}
    assert strange(page, {"save the drafts"}, set()) == {"save the drafts"}
    assert strange(page, {"publish this idea"}, {"publier cette idée"}) != set()
