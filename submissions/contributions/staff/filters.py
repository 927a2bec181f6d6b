"""What the list of contributions is narrowed by. An export asks for the same with the same words.

``listed`` is what a query of the list means, for whoever has only its text.
"""

from collections.abc import Iterable
from typing import Any, ClassVar

import django_filters
from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat, Replace
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import get_language, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from core.numbers import number
from submissions.contributions.countries import country_name, without_accents
from submissions.contributions.staff.access import consultations_of, contributions_of
from submissions.contributions.staff.people import name_of
from submissions.contributions.staff.readings import TO_READ
from submissions.contributions.staff.scheme.tree import full_name
from submissions.models import (
    Campaign,
    Code,
    CodedContribution,
    Consultation,
    Contribution,
    ContributionState,
    Passage,
    Publication,
    PublicationState,
    Questionnaire,
    ReadingState,
    RespondentType,
)
from submissions.models.contribution import ContributionQuerySet

ME, NOBODY, SOMEBODY = "me", "nobody", "somebody"
ANY, NONE = "any", "none"
Choices = list[tuple[str, Any]]
SEARCHED = ("name", "organisation", "role")


def questionnaire_titles(consultations: QuerySet[Consultation]) -> dict[int, str]:
    """Every questionnaire of ``consultations`` by the title of its page: two queries."""
    rows = Questionnaire.objects.filter(consultation__in=consultations)
    return {row.pk: row.page_title_in() for row in rows.prefetch_related("labels").order_by("pk")}


def search(contributions: ContributionQuerySet, words: str) -> ContributionQuerySet:
    """By reference, however it was copied, name, organisation or role, accents aside.

    No apostrophe counts as another than the next: a keyboard has one, a word processor the other.
    """
    bare = "".join(letter for letter in words.upper() if letter.isalnum())
    plain = without_accents(words).replace("’", "'")
    found = Q(said__contains=plain) | Q(reference__icontains=words)
    if len(bare) >= len("XXXX"):
        dashed = "-".join(bare[place : place + 4] for place in range(0, len(bare), 4))
        found |= Q(reference__icontains=dashed)
    for field in SEARCHED:  # by its own letters, too: the database keeps marks that are no accents
        found |= Q(**{f"{field}__icontains": words})
    return contributions.alias(said=_folded(*SEARCHED)).filter(found)


def _folded(*names: str) -> Func:
    """These fields without case and accents, a line each.

    The letter before them keeps the words with which ideas open, and which are dropped there.
    """
    fields = [part for name in names for part in (Value("\n"), F(name))]
    words = Replace(Concat(Value("x"), *fields), Value("’"), Value("'"))
    return Func(words, function="submissions_folded", output_field=TextField())


def listed(user: User, query: QueryDict) -> ContributionQuerySet:
    """What the list shows to ``user`` for ``query``, in no order and with nothing besides."""
    filters = ContributionFilters(query, user=user)
    found = contributions_of(user)
    if filters.is_valid():
        found = filters.filter_queryset(found)
    words = query.get("q", "").replace("\0", "").strip()
    return search(found, words) if words else found


class ContributionFilters(WagtailFilterSet):
    """By theme, who sent it, when, its reading, codes, campaign and publication."""

    consultation = django_filters.ChoiceFilter(
        label=pgettext_lazy("contribution", "Consultation"), field_name="consultation_id"
    )
    questionnaire = django_filters.ChoiceFilter(label=_("Questionnaire"), method="of_questionnaire")
    reading = django_filters.ChoiceFilter(
        label=pgettext_lazy("contribution", "Reading"),
        choices=ReadingState.choices,
        method="of_reading",
    )
    reader = django_filters.ChoiceFilter(
        label=pgettext_lazy("contribution", "Reader"), method="of_reader"
    )
    code = django_filters.ChoiceFilter(
        label=pgettext_lazy("coding scheme", "Code"), method="of_code"
    )
    respondent_type = django_filters.ChoiceFilter(
        label=_("Respondent"), choices=RespondentType.choices
    )
    country = django_filters.ChoiceFilter(label=pgettext_lazy("contribution", "Country"))
    language = django_filters.ChoiceFilter(label=_("Language"), choices=settings.LANGUAGES)
    publication = django_filters.ChoiceFilter(
        label=pgettext_lazy("contribution", "Publication"), method="of_publication"
    )
    campaign = django_filters.ChoiceFilter(
        label=pgettext_lazy("contribution", "Campaign"), method="of_campaign"
    )
    state = django_filters.ChoiceFilter(
        label=pgettext_lazy("contribution", "State"), choices=ContributionState.choices
    )
    submitted_at = django_filters.DateFromToRangeFilter(
        label=_("Received"), widget=DateRangePickerWidget
    )

    class Meta:
        model = Contribution
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, user: Any = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user or self.request.user
        consultations = self._consultations()
        if len(consultations) > 1:
            self._offer("consultation", consultations)
        else:
            del self.filters["consultation"]
        titles = questionnaire_titles(self.consultations)
        self._offer("questionnaire", [(str(pk), title) for pk, title in titles.items()])
        self._offer("reader", self._readers())
        self._offer("code", self._codes())
        self._offer("country", self._countries())
        self._offer("publication", self._publications())
        self._offer("campaign", self._campaigns())

    @cached_property
    def consultations(self) -> QuerySet[Consultation]:
        """Those whose contributions this person sees."""
        return consultations_of(self.user)

    def _offer(self, name: str, choices: Choices) -> None:
        self.filters[name].extra["choices"] = choices

    def _consultations(self) -> Choices:
        rows = self.consultations.select_related("site").order_by("pk")
        return [(str(row.pk), row.site.site_name or row.site.hostname) for row in rows]

    def _readers(self) -> Choices:
        """Oneself, nobody, anybody, and each who has something to read."""
        held = contributions_of(self.user).filter(reading__assignee__isnull=False)
        people = User.objects.filter(pk__in=held.values("reading__assignee"))
        return [
            (ME, pgettext("reader", "Me")),
            (NOBODY, pgettext("reader", "Nobody")),
            (SOMEBODY, pgettext("reader", "Somebody")),
            *_sorted((str(user.pk), name_of(user)) for user in people),
        ]

    def _codes(self) -> Choices:
        codes = Code.objects.filter(consultation__in=self.consultations)
        rows = codes.prefetch_related("labels", "parent__labels").order_by("pk")
        return _sorted((str(code.pk), full_name(code)) for code in rows)

    def _countries(self) -> Choices:
        codes = contributions_of(self.user).order_by("country").values_list("country", flat=True)
        language = get_language() or settings.LANGUAGE_CODE
        return _sorted((code, country_name(code, language)) for code in codes.distinct() if code)

    def _publications(self) -> Choices:
        return [
            (NONE, pgettext("publication", "Not published, not proposed")),
            *[(str(value), label) for value, label in PublicationState.choices],
        ]

    def _campaigns(self) -> Choices:
        rows = Campaign.objects.filter(
            consultation__in=self.consultations, dismissed_at__isnull=True
        ).order_by("pk")
        language = get_language() or settings.LANGUAGE_CODE
        name = pgettext("contribution", "Campaign %(number)s")
        return [
            (ANY, pgettext("campaign", "In a campaign")),
            (NONE, pgettext("campaign", "In none")),
            *[(str(row.pk), name % {"number": number(row.pk, language)}) for row in rows],
        ]

    def of_questionnaire(self, queryset: Any, name: str, value: str) -> Any:
        """Those that answer it."""
        return queryset.answering(int(value))

    def of_reading(self, queryset: Any, name: str, value: str) -> Any:
        """What nobody has touched is to be read; what was withdrawn isn't."""
        wanted = TO_READ if value == ReadingState.TO_READ else Q(reading__state=value)
        return queryset.standing().filter(wanted)

    def of_reader(self, queryset: Any, name: str, value: str) -> Any:
        """By whose it is to read."""
        if value == ME:
            return queryset.filter(reading__assignee=self.user)
        if value in {NOBODY, SOMEBODY}:
            return queryset.filter(reading__assignee__isnull=value == NOBODY)
        return queryset.filter(reading__assignee=int(value))

    def of_code(self, queryset: Any, name: str, value: str) -> Any:
        """Coded so, as a whole or in a passage; by a code below it too."""
        codes = Code.objects.filter(Q(pk=int(value)) | Q(parent=int(value))).values("pk")
        whole = CodedContribution.objects.filter(contribution=OuterRef("pk"), code__in=codes)
        passages = Passage.objects.filter(answer__contribution=OuterRef("pk"), codes__in=codes)
        return queryset.filter(Exists(whole) | Exists(passages))

    def of_publication(self, queryset: Any, name: str, value: str) -> Any:
        """By the state of a publication; ``none``: neither published nor with its author."""
        states = [PublicationState.LIVE, PublicationState.PROPOSED] if value == NONE else [value]
        found = Exists(Publication.objects.filter(contribution=OuterRef("pk"), state__in=states))
        return queryset.filter(~found if value == NONE else found)

    def of_campaign(self, queryset: Any, name: str, value: str) -> Any:
        """Of one campaign, of any that was not dismissed, of none."""
        if value in {ANY, NONE}:
            member = Q(
                campaign_member__isnull=False, campaign_member__campaign__dismissed_at__isnull=True
            )
            return queryset.filter(member if value == ANY else ~member)
        return queryset.filter(campaign_member__campaign=int(value))


def _sorted(choices: Iterable[tuple[str, str]]) -> Choices:
    return sorted(choices, key=lambda choice: without_accents(choice[1]))
