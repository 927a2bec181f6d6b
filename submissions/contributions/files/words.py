"""What is said of files, in words: why one is refused, what one tells, where one stands."""

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

_SAVE_IT = _("Save it as PDF, DOCX or ODT, and add that.")
_PRINT_IT = _("Open it in the program it comes from, print it to a new PDF, and add that.")


def _then(what: Promise, todo: Promise) -> Promise:
    return format_lazy("{} {}", what, todo)


# By the codes of ``judging.verdict.Reason``, and those of receiving files.
REFUSALS: dict[str, Promise] = {
    "empty": _("The file is empty. Look at the one on your device, and choose it again."),
    "page": _then(_("It is a web page or a drawing (HTML, XML, SVG), not a document."), _SAVE_IT),
    "picture": _then(_("It is a picture. Put it into a document."), _SAVE_IT),
    "program": _then(_("It is a program, not a document."), _SAVE_IT),
    "archive": _("It is an archive. Unpack it, and add the documents one by one."),
    "old_office": _then(
        _("It is in an old format of office programs, or protected by a password."), _SAVE_IT
    ),
    "other_office": _then(
        _("It is a spreadsheet, slides or a template, not a text document."),
        _("Save it as PDF, and add that."),
    ),
    "other": _then(_("It is not a PDF, DOCX or ODT document."), _SAVE_IT),
    "encrypted": _(
        "It is protected, by a password or against copying. Save it again without protection, and"
        " add that."
    ),
    "damaged": _then(_("It is damaged, and can’t be read to its end."), _PRINT_IT),
    "script": _then(
        _("It holds a script or a form of Adobe’s that runs when it is opened."), _PRINT_IT
    ),
    "actions": _then(_("It starts something by itself when it is opened or read."), _PRINT_IT),
    "macros": _(
        "It holds macros. Save it without them, as a PDF, DOCX or ODT document, and add that."
    ),
    "embedded": _(
        "It holds other files or objects, such as a spreadsheet behind a chart. Save it as PDF"
        " without attachments, and add that."
    ),
    "fetches": _(
        "It fetches something from another place when it is opened, such as a picture or a"
        " template. Save it as PDF, and add that."
    ),
    "disguised": _then(_("It can be read as something else than a document, too."), _PRINT_IT),
    "entities": _then(_("It is not made as office programs make documents."), _SAVE_IT),
    "packing": _then(_("It is not packed as office programs pack documents."), _SAVE_IT),
    "too_heavy": _then(
        _("It unpacks to far more than a document holds, or is too complicated to check."),
        _PRINT_IT,
    ),
    "pages": _("It has more than 2,000 pages. Add the part that matters."),
    # Of receiving.
    "too_large": _("It is larger than 10 MB. Make its pictures smaller, or cut it into parts."),
    "too_many": _("There are 5 files already. Remove one first, or put two into one."),
    "too_much": _("Together the files are larger than 50 MB. Remove one, or make it smaller."),
    "no_room": _(
        "It could not be kept: there is no room left here. Nothing else is lost; try again later,"
        " or send your contribution without it."
    ),
    "not_kept": _(
        "It could not be kept, for a reason on our side. Nothing else is lost; try again in a few"
        " minutes."
    ),
    "too_often": _(
        "Too many files were added from here within a short time. Nothing else is lost; add this"
        " one later."
    ),
    "sent": _("The contribution has been sent. Take it up again to add files."),
}

# By the codes of ``judging.verdict.Tell``.
TOLD: dict[str, Promise] = {
    "author": _("the name of somebody who wrote it, or of their computer’s account"),
    "company": _("the name of a company or a manager"),
    "comments": _("comments in the margin"),
    "tracked_changes": _("tracked changes: words that were added or deleted before"),
    "hidden_text": _("hidden text or hidden layers"),
    "place": _("the place where a picture in it was taken"),
}

STATES: dict[str, Promise] = {
    "not_scanned": pgettext_lazy("file", "Received"),
    "pending": pgettext_lazy("file", "Received; it waits to be checked for viruses"),
    "clean": pgettext_lazy("file", "Received and checked for viruses"),
    "infected": pgettext_lazy(
        "file", "Set aside: a virus was found in it, and the file was deleted"
    ),
}


class FileRefused(Exception):
    """A file that is not taken. ``str()`` is the sentence for its sender."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    def __str__(self) -> str:
        return str(REFUSALS[self.code])
