"""What is read before a consultation opens: its dates, its pages, its forms."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from wagtail.models import Page

from core.checks import findings
from home.legal.facts import facts
from home.legal.identity import legal_identity
from home.legal.pages import left_to_complete
from home.legal.texts import legal_texts
from home.models import HomePage
from home.opening.lacks import Lack, Whose
from home.starting import unwritten
from home.workplace.reach import Reach
from home.workplace.standing import Behind, Level, Standing
from submissions.models import Consultation, Debate, FormBlock, Questionnaire
from submissions.registry import differences
from themes.models import ThemeIndexPage, ThemePage


def settings_url(consultation: Consultation) -> str:
    """Where the consultation's own settings are edited."""
    return reverse(
        "wagtailsettings:edit", args=["submissions", "consultation", consultation.site_id]
    )


def setting(consultation: Consultation, sentence: str) -> Lack:
    """Something that is missing among the consultation's own settings."""

    def within(reach: Reach) -> bool:
        return reach.holds("submissions.change_consultation", consultation)

    url = settings_url(consultation)
    return Lack(sentence, url=url, whose=Whose.ADMINISTRATORS, within=within)


def on_page(
    page: Page, sentence: str, language: str = "", count: int = 1, whose: Whose = Whose.EDITORS
) -> Lack:
    """Something that is missing on ``page``, whose editor is where it is mended."""

    def within(reach: Reach) -> bool:
        return reach.page(page)

    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return Lack(sentence, language, url, count, whose, within)


def behind(one: Behind) -> Lack:
    """A page that is not level with its original."""
    done = one.level in (Level.READY, Level.UNPUBLISHED)
    whose = Whose.PUBLISHERS if done else Whose.EDITORS
    return Lack(one.sentence, one.into, one.url, 1, whose, lambda reach: reach.behind(one))


def dates(consultation: Consultation) -> Iterator[Lack]:
    """An opening and a closing time; the latter still to come, and not at midnight."""
    if consultation.opens_at is None:
        yield setting(consultation, _("The opening time is not set."))
    if consultation.closes_at is None:
        yield setting(consultation, _("The closing time is not set."))
    elif consultation.closes_at <= consultation.now:
        yield setting(consultation, _("The closing time is over."))
    elif localtime(consultation.closes_at).strftime("%H:%M") == "00:00":
        said = _("It closes at midnight, which people read as either day: 23:59 is clear.")
        yield setting(consultation, said)


def controller(consultation: Consultation) -> Iterator[Lack]:
    """The body that answers for the data, and its address."""
    if not consultation.controller:
        yield setting(consultation, _("It is not said who asks."))
    if not consultation.contact_email:
        yield setting(consultation, _("There is no contact address."))


def pages(consultation: Consultation) -> Iterator[Lack]:
    """A home page, a list of themes and a theme, published in each language that is offered."""
    standing = Standing(consultation.site)
    home = consultation.site.root_page
    lists = _keys(ThemeIndexPage, standing)
    themes = _keys(ThemePage, standing, live=True)
    for front in HomePage.objects.filter(translation_key=home.translation_key):
        code = front.locale.language_code
        if code in consultation.languages and unwritten(front):
            said = _("The question and the introduction of the home page are still to be written.")
            yield on_page(front, said, code)
    if not themes:
        yield _no_theme(next(iter(standing.pages[lists[0]].values())) if lists else home)
    for key in [home.translation_key, *lists, *themes]:
        yield from _unpublished(consultation, standing, key)


def _no_theme(above: Page) -> Lack:
    """Told where themes are added."""
    url = reverse("wagtailadmin_explore", args=[above.pk])
    said = _("No theme is published.")
    return Lack(said, url=url, whose=Whose.EDITORS, within=lambda reach: reach.page(above))


def _keys(model: type[Page], standing: Standing, **of_which: bool) -> list[UUID]:
    """What the pages of a kind are known by in every language, as they stand in the tree."""
    found = model.objects.filter(translation_key__in=standing.pages, **of_which)
    keys = set(found.values_list("translation_key", flat=True))
    return [key for key in standing.pages if key in keys]


def _unpublished(consultation: Consultation, standing: Standing, key: UUID) -> Iterator[Lack]:
    """Each language in which the page isn't published, and how far its translation is."""
    there = standing.pages.get(key, {})
    for code in consultation.languages:
        page = there.get(code)
        if page is None or not page.live:
            late = standing.behind_of(key, code)
            shown = page or next(iter(there.values()))
            if late is not None:
                yield behind(late)
            else:
                sentence = _("“%(title)s” is not published.") % {"title": shown.title}
                yield on_page(shown, sentence, code, whose=Whose.PUBLISHERS)


def legal(consultation: Consultation) -> Iterator[Lack]:
    """Each legal page published in each language, with nothing left to complete."""
    standing = Standing(consultation.site)
    for text in legal_texts(facts(consultation)):
        key = legal_identity(consultation.site.root_page, text.key)
        if key in standing.pages:
            yield from _unpublished(consultation, standing, key)
            continue
        for code in consultation.languages:
            title = text.title.get(code) or next(iter(text.title.values()))
            sentence = _("“%(title)s” is missing: manage.py make_legal_pages makes it.")
            yield Lack(sentence % {"title": title}, code, whose=Whose.HOST)
    asked: dict[Page, list[str]] = defaultdict(list)
    for left in left_to_complete(consultation.site):
        asked[left.page].append(left.asked)
    for page, words in asked.items():
        said = _("“%(title)s” is to be completed: %(asked)s")
        sentence = said % {"title": page.title, "asked": "; ".join(words)}
        yield on_page(page, sentence, page.locale.language_code, len(words))


def translations(consultation: Consultation) -> Iterator[Lack]:
    """Pages whose original says more, or something else: what must be there is told above."""
    standing = Standing(consultation.site)
    home = consultation.site.root_page
    told = {home.translation_key, *_keys(ThemeIndexPage, standing), *_keys(ThemePage, standing)}
    told |= {legal_identity(home, text.key) for text in legal_texts(facts(consultation))}
    for code in consultation.languages:
        for one in standing.behind(code):
            advice = one.level in (Level.CHANGED, Level.ELSEWHERE)
            if advice or one.source.translation_key not in told:
                yield behind(one)


def _rows(consultation: Consultation) -> list[FormBlock]:
    """The forms that stand on a published page."""
    debates = Debate.objects.filter(consultation=consultation, retired_at=None)
    asked = Questionnaire.objects.filter(consultation=consultation, retired_at=None)
    rows = [
        *debates.select_related("consultation").prefetch_related("labels"),
        *asked.select_related("consultation").prefetch_related("labels", "questions__wordings"),
    ]
    return [row for row in rows if row.live_languages]


def forms(consultation: Consultation) -> Iterator[Lack]:
    """At least one; each the same in every language."""
    rows = _rows(consultation)
    if not rows:
        said = _("No debate and no questionnaire stands on a published page.")
        yield Lack(said, whose=Whose.EDITORS)
    for row in rows:
        for difference in differences(row):
            sentence = f"{row.full_name}: {difference.sentence}"
            yield _on_form(row, "edit", "change", sentence, difference.language)


def _on_form(row: FormBlock, view: str, deed: str, sentence: str, language: str = "") -> Lack:
    """Something about a form, for who may do ``deed`` with it."""
    name = row._meta.model_name
    permission = f"{row._meta.app_label}.{deed}_{name}"
    url = reverse(f"{name}s:{view}", args=[row.pk])

    def within(reach: Reach) -> bool:
        return reach.holds(permission, row.consultation)

    return Lack(sentence, language, url, whose=Whose.EDITORS, within=within)


def waiting_for_a_hand(consultation: Consultation) -> Iterator[Lack]:
    """Forms that won't open by themselves."""
    for row in _rows(consultation):
        if row.opens_by_hand and row.opened_at is None:
            said = _("“%(title)s” stays closed until somebody opens it.")
            lack = _on_form(row, "open", "open", said % {"title": row.full_name})
            yield replace(lack, pressed=pgettext("opening", "Open it"))


def advice(consultation: Consultation) -> Iterator[Lack]:
    """Pages on which an editor could mend something."""
    home = consultation.site.root_page
    for translated in home.get_translations(inclusive=True):
        below = Page.objects.descendant_of(translated, inclusive=True).live()
        for page in below.select_related("locale").specific():
            found = len(findings(page))
            if found:
                sentence = ngettext(
                    "“%(title)s”: one thing could be better.",
                    "“%(title)s”: %(count)d things could be better.",
                    found,
                ) % {"title": page.title, "count": found}
                yield on_page(page, sentence, page.locale.language_code, found)
