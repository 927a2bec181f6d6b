"""The pages on which a reader reports a translation. ``screens`` imports this."""

from submissions.models import IdeaText, TextOrigin
from tests.browser.screens import screen
from tests.browser.visits import Visit, changed


def open_report(visit: Visit) -> IdeaText:
    """Of an idea that the place shows in translation to who reads the visitor's language."""
    translations = IdeaText.objects.exclude(origin=TextOrigin.AUTHOR).order_by("pk")
    text = translations.filter(language=visit.language)[0]
    visit.open("submissions:report_translation", text.idea_id)
    return text


@screen("report a translation")
def report(visit: Visit) -> None:
    open_report(visit)


@screen("report a translation: errors")
def report_errors(visit: Visit) -> None:
    open_report(visit)
    visit.tab.fill("[name=comment]", "Too many words. " * 20)
    visit.send(status=422)


@screen("report a translation: thanks")
def report_thanks(visit: Visit) -> None:
    open_report(visit)
    visit.send()


@screen("report a translation: it has changed")
def report_changed(visit: Visit) -> None:
    open_report(visit)
    visit.tab.evaluate("document.querySelector('main [name=seen]').value = 'another'")
    visit.send(status=409)


@screen("report a translation: it is gone")
def report_gone(visit: Visit) -> None:
    text = open_report(visit)
    visit.tab.fill("[name=comment]", "This says the contrary.")
    with changed(text, approved_at=None):
        visit.send(status=409)
