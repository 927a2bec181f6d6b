"""Screens of a contribution that is written: where it begins, its tasks, a section a page."""

from core.clock import database_now
from submissions.models import Draft, DraftAuthor, Question
from tests.browser.screens import SCREENS, at, screen
from tests.browser.visits import LONG, Visit, changed

SCREENS |= {
    "questionnaire": at("submissions:questionnaire", "questionnaire"),
    "contribute": at("submissions:contribute"),
}
TOO_MUCH = """
const field = document.createElement("input");
field.type = "hidden";
field.name = "more";
field.value = "x".repeat(3e6);
document.querySelector("[name=screen]").form.append(field);
"""


def field(visit: Visit, kind: str) -> str:
    """The name of the field of that kind of question."""
    asked = Question.objects.filter(questionnaire=visit.place.questionnaire, kind=kind)
    return f"question_{asked.earliest('position').pk}"


def write(visit: Visit, kind: str = "long_text", words: str = LONG) -> None:
    """Fill in one question."""
    visit.tab.fill(f"[name={field(visit, kind)}]", words)


@screen("contribute: no theme")
def no_theme(visit: Visit) -> None:
    visit.open("submissions:contribute")
    visit.press("main form .button-large", status=422)


@screen("questionnaire: to go on with")
def go_on(visit: Visit) -> None:
    visit.begin()
    visit.open("submissions:questionnaire", visit.place.questionnaire.pk)


@screen("questionnaire: closed")
def questionnaire_closed(visit: Visit) -> None:
    visit.open("submissions:questionnaire", visit.place.closed[1].pk)


@screen("questionnaire: upcoming")
def questionnaire_upcoming(visit: Visit) -> None:
    visit.open("submissions:questionnaire", visit.place.upcoming[1].pk)


@screen("tasks")
def tasks(visit: Visit) -> None:
    visit.section()
    write(visit)
    visit.save("list")


@screen("themes of a contribution")
def themes(visit: Visit) -> None:
    visit.begin()
    visit.press("main a[href$='/themes/']")


@screen("themes of a contribution: none")
def no_themes(visit: Visit) -> None:
    themes(visit)
    for box in visit.tab.locator("main [name=themes]").all():
        box.uncheck()
    visit.press("main form .button-large", status=422)


@screen("section")
def section(visit: Visit) -> None:
    visit.section()


@screen("questionnaire: errors")
def errors(visit: Visit) -> None:
    visit.section()
    write(visit, "short_text", "x" * 300)
    visit.save(status=422)


@screen("section: a file is asked for")
def section_file(visit: Visit) -> None:
    asked = Question.objects.filter(questionnaire=visit.place.questionnaire, kind="short_text")
    with changed(asked.earliest("position"), kind="file"):
        visit.section()


@screen("section: two texts")
def two_texts(visit: Visit) -> None:
    visit.section()
    number = Draft.objects.latest("made_at").pk
    address = visit.tab.url
    other = visit.tab.context.new_page()
    other.goto(address)
    other.fill(f"[name={field(visit, 'long_text')}]", "Written on another device.")
    other.locator("main button[name=then][value=list]").click()
    other.wait_for_url(f"**/{number}/")
    other.close()
    write(visit)
    visit.save(status=409)


@screen("section: a question that is gone")
def gone(visit: Visit) -> None:
    visit.section()
    write(visit, "short_text", "A project")
    name = field(visit, "short_text")
    question = Question.objects.get(pk=name.removeprefix("question_"))
    with changed(question, retired_at=database_now()):
        visit.save(status=409)


@screen("section: closed meanwhile")
def closed_meanwhile(visit: Visit) -> None:
    visit.section()
    write(visit)
    with changed(visit.place.questionnaire, closes_at=database_now()):
        visit.save(status=409)


@screen("section: too large")
def too_large(visit: Visit) -> None:
    visit.section()
    visit.tab.evaluate(TOO_MUCH)
    visit.save(status=413)


@screen("section: the cookie is gone")
def cookie_gone(visit: Visit) -> None:
    visit.section()
    write(visit)
    visit.tab.context.clear_cookies()
    visit.save(status=404)


@screen("section: sent meanwhile")
def sent_meanwhile(visit: Visit) -> None:
    visit.section()
    write(visit)
    with changed(Draft.objects.latest("made_at"), writing=False):
        visit.save(status=409)


@screen("section: saved by itself")
def saved_by_itself(visit: Visit) -> None:
    visit.section()
    write(visit)
    if visit.tab.evaluate("() => 'htmx' in window"):
        visit.tab.locator("#saved time").wait_for()


@screen("about you")
def about(visit: Visit) -> None:
    visit.begin()
    visit.press("main a[href$='/about-you/'], main a[href$='/qui-vous-etes/']")


@screen("about you: errors")
def about_errors(visit: Visit) -> None:
    about(visit)
    visit.tab.fill("[name=email]", "nobody")
    visit.save(status=422)


@screen("about you: changed meanwhile")
def about_changed(visit: Visit) -> None:
    about(visit)
    author = DraftAuthor.objects.latest("pk")
    author.draft.parts.create(
        key="about", data={"name": ["Sacha"]}, language="en", revision=2, saved_by=author
    )
    visit.tab.fill("[name=name]", "Camille")
    visit.save(status=409)


@screen("consents")
def consents(visit: Visit) -> None:
    visit.begin()
    visit.press("main a[href$='/consents/'], main a[href$='/accords/']")
