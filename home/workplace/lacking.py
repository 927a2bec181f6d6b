"""What each language still lacks before the public reads it, with the way to each.

Read for all languages at once: the number of queries grows neither with the languages, nor with
the pages, the forms and the ideas.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Count, F
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from core.wordings.catalogue import messages_in
from core.wordings.services import mendable, mended_in, stands
from home.legal.facts import facts
from home.legal.identity import legal_identity
from home.legal.texts import legal_texts
from home.opening.lacks import Lack
from home.workplace.reach import Reach
from home.workplace.standing import Behind, Standing
from submissions.consents import ANALYSIS, PUBLICATION, TAKING_PART
from submissions.models import Consultation, Debate, Idea, IdeaText, Questionnaire

MOST = 50  # lines of one kind; the rest is counted

Lacks = dict[str, list[Lack]]  # by language


@dataclass(frozen=True)
class Part:
    """One kind of words: what is missing of it, and how much in all."""

    title: str | Promise
    lacks: list[Lack]
    count: int

    @property
    def more(self) -> int:
        """How many are not listed."""
        return self.count - sum(lack.count for lack in self.lacks)


def lacking(
    consultation: Consultation, languages: Sequence[str], standing: Standing, reach: Reach
) -> dict[str, list[Part]]:
    """Everything: pages, legal pages, labels of forms, ideas, the interface, consents.

    ``reach``: of the reader, who is led where something can be done about it, and nowhere else.
    """
    looks: tuple[tuple[str | Promise, Callable[[], Lacks]], ...] = (
        (
            pgettext_lazy("language", "Pages"),
            lambda: _pages(consultation, languages, standing, reach),
        ),
        (gettext_lazy("Legal pages"), lambda: _legal(consultation, languages, standing, reach)),
        (gettext_lazy("Labels of forms"), lambda: _labels(consultation, languages, reach)),
        (pgettext_lazy("language", "Ideas"), lambda: _ideas(consultation, languages, reach)),
        (gettext_lazy("Words of the interface"), lambda: _catalogue(languages, reach)),
        (gettext_lazy("Words of consents"), lambda: _consents(languages)),
    )
    parts: dict[str, list[Part]] = {code: [] for code in languages}
    for title, look in looks:
        found = look()
        for code in languages:
            lacks = found.get(code, [])
            parts[code].append(Part(title, lacks[:MOST], sum(lack.count for lack in lacks)))
    return parts


def _pages(
    consultation: Consultation, languages: Sequence[str], standing: Standing, reach: Reach
) -> Lacks:
    """Pages that are published in another language and not level in this one."""
    home = consultation.site.root_page
    legal = {legal_identity(home, text.key) for text in legal_texts(facts(consultation))}
    return {
        code: [
            _behind(one, reach)
            for one in standing.behind(code)
            if one.source.translation_key not in legal
        ]
        for code in languages
    }


def _legal(
    consultation: Consultation, languages: Sequence[str], standing: Standing, reach: Reach
) -> Lacks:
    found: Lacks = {code: [] for code in languages}
    behind = {
        code: {one.source.translation_key: one for one in standing.behind(code)}
        for code in languages
    }
    for text in legal_texts(facts(consultation)):
        key = legal_identity(consultation.site.root_page, text.key)
        pages = standing.pages.get(key, {})
        for code in languages:
            page, one = pages.get(code), behind[code].get(key)
            if one is not None:
                found[code].append(_behind(one, reach))
            elif page is None or not page.live:
                title = text.title.get(code) or next(iter(text.title.values()))
                first = page or next(iter(pages.values()), None)
                url = ""
                if first is not None and reach.page(first):
                    url = reverse("wagtailadmin_pages:edit", args=[first.pk])
                sentence = _("“%(title)s” is not published.") % {"title": title}
                found[code].append(Lack(sentence, code, url))
    return found


def _behind(one: Behind, reach: Reach) -> Lack:
    return Lack(one.sentence, one.into, one.url if reach.behind(one) else "")


def _labels(consultation: Consultation, languages: Sequence[str], reach: Reach) -> Lacks:
    """Forms whose page is read in another language and not in this one."""
    found: Lacks = {code: [] for code in languages}
    for model, name in ((Debate, "debates"), (Questionnaire, "questionnaires")):
        rows = model.objects.filter(consultation=consultation, retired_at=None)
        may_change = reach.holds(f"submissions.change_{model._meta.model_name}", consultation)
        for row in rows.exclude(live_languages=[]).prefetch_related("labels"):
            sentence = _("“%(title)s” has no labels.") % {"title": row.full_name}
            for code in set(languages) - set(row.live_languages):
                url = reverse(f"{name}:edit", args=[row.pk]) if may_change else ""
                found[code].append(Lack(sentence, code, url))
    return found


def _ideas(consultation: Consultation, languages: Sequence[str], reach: Reach) -> Lacks:
    """Published ideas that readers of a language would read in another one: two queries."""
    published = Idea.objects.published().filter(debate__consultation=consultation)
    written = Counter(dict(published.order_by().values_list("language").annotate(Count("pk"))))
    approved = IdeaText.objects.filter(idea__in=published, approved_at__isnull=False)
    others = approved.exclude(language=F("idea__language")).order_by()
    translated = Counter(dict(others.values_list("language").annotate(Count("pk"))))
    found: Lacks = {}
    for code in languages:
        count = written.total() - written[code] - translated[code]
        if count:
            words = ngettext(
                "%(count)d idea waits for a translation.",
                "%(count)d ideas wait for a translation.",
                count,
            )
            url = reverse("idea_translations:index") + f"?into={code}"
            listed = code in consultation.languages and code in reach.ideas
            found[code] = [Lack(words % {"count": count}, code, url if listed else "", count)]
    return found


def _catalogue(languages: Sequence[str], reach: Reach) -> Lacks:
    held = mended_in(languages)
    found: Lacks = {}
    for code in languages:
        count = sum(not all(stands(one, held[code])) for one in mendable(code).values())
        if count:
            words = ngettext(
                "%(count)d wording of the interface is missing.",
                "%(count)d wordings of the interface are missing.",
                count,
            )
            url = reverse("wordings:index", args=[code]) + "?show=empty"
            sentence = words % {"count": count}
            found[code] = [Lack(sentence, code, url if reach.wordings else "", count)]
    return found


def _consents(languages: Sequence[str]) -> Lacks:
    """People agree to words that a release brings, with a version."""
    return {code: list(_consents_of(code)) for code in languages}


def _consents_of(language: str) -> Iterator[Lack]:
    for wording in (TAKING_PART, ANALYSIS, *PUBLICATION):
        with translation.override(None):
            source = str(wording.text)
        known = messages_in(language).get(("", source))
        if known is None or not all(known.words):
            sentence = _("“%(words)s”: a release has to bring these words.")
            yield Lack(sentence % {"words": source}, language)
