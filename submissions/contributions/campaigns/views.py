"""Campaigns in Wagtail's admin: the list, one with its contributions, two texts side by side."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView

from core.differences import difference
from core.numbers import number, percent
from submissions.contributions.campaigns.finding import look_for_campaigns
from submissions.contributions.campaigns.judging import confirm, dismiss, judge_member
from submissions.contributions.campaigns.sketches import likeness
from submissions.contributions.staff import access
from submissions.contributions.staff.views.base import Page, StaffPage
from submissions.models import Answer, Campaign, CampaignMember, Contribution, Membership

MEMBERS_SHOWN = 200
TITLE = pgettext_lazy("admin menu", "Campaigns")


def campaigns_of(user: Any) -> QuerySet[Campaign]:
    """Those of the consultations whose contributions ``user`` sees."""
    seen = access.consultations_of(user)
    return Campaign.objects.filter(consultation__in=seen).annotate(
        size=Count("members", filter=~Q(members__judgement=Membership.NOT_OF_IT)),
        unjudged=Count("members", filter=Q(members__judgement=Membership.FOUND)),
    )


def state_of(campaign: Any) -> str:
    """Where it stands, in words."""
    if campaign.dismissed_at:
        return _("Not a campaign")
    if campaign.confirmed_at and campaign.unjudged:
        told = ngettext(
            "Said in public; %(number)s more to judge",
            "Said in public; %(number)s more to judge",
            campaign.unjudged,
        )
        return told % {"number": number(campaign.unjudged, get_language() or "en")}
    if campaign.confirmed_at:
        return _("Said in public")
    return _("To be judged")


class CampaignsView(StaffPage, BaseListingView):
    """What was found, what is to be judged first, then the largest."""

    template_name = "submissions/campaigns/campaigns.html"
    results_template_name = "submissions/campaigns/campaigns_results.html"
    page_title = TITLE
    header_icon = "group"
    index_url_name = "campaigns:index"
    index_results_url_name = "campaigns:index_results"
    paginate_by = 20
    verbose_name_plural = Campaign._meta.verbose_name_plural

    def get_base_queryset(self) -> QuerySet[Campaign]:
        """With their sizes."""
        return campaigns_of(self.request.user)

    def order_queryset(self, queryset: Any) -> Any:
        """Always so."""
        return queryset.order_by("dismissed_at", "-unjudged", "-size", "pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the button, for those who may judge."""
        return super().get_context_data(may_judge=access.may(self.me, access.PUBLISH), **kwargs)

    @cached_property
    def columns(self) -> list[BaseColumn]:
        """Which, how many, where it stands."""
        return [
            TitleColumn(
                "number",
                label=pgettext_lazy("campaign", "Campaign"),
                accessor=lambda row: capfirst(str(row)),
                get_url=lambda row: reverse("campaigns:campaign", args=[row.pk]),
            ),
            Column("size", label=gettext_lazy("Contributions")),
            Column("state", label=pgettext_lazy("campaign", "Where it stands"), accessor=state_of),
            DateColumn("found_at", label=pgettext_lazy("campaign", "Found")),
        ]


class LookAgainView(StaffPage, TemplateView):
    """The button “Look again now”: the worker does at once what it does every hour."""

    permission = access.PUBLISH

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask for it: comparing thousands of texts takes longer than a page can wait for."""
        own = access.consultations_of(request.user, access.PUBLISH)
        look_for_campaigns.enqueue(list(own.values_list("pk", flat=True)))
        messages.success(request, _("All texts are being compared: reload this page in a minute."))
        return redirect("campaigns:index")


class OfCampaign(Page):
    """A page of one campaign."""

    header_icon = "group"

    @cached_property
    def campaign(self) -> Any:
        """The one of the address, of those that one sees."""
        return get_object_or_404(campaigns_of(self.me), pk=self.kwargs["pk"])

    @cached_property
    def may_judge(self) -> bool:
        """Whether one may say what it is."""
        return self.may(access.PUBLISH, self.campaign.consultation_id)

    def steps(self) -> list[tuple[str, Any]]:
        """Below the list of campaigns."""
        return [(reverse("campaigns:index"), TITLE)]

    def get_page_title(self) -> str:
        """Its number."""
        return capfirst(str(self.campaign))


class CampaignView(OfCampaign):
    """One campaign: who is of it, how near their text comes; on POST, judge."""

    template_name = "submissions/campaigns/campaign.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """As the button says."""
        if not self.may_judge:
            raise PermissionDenied
        match request.POST.get("act"):
            case "confirm":
                confirm(self.campaign, self.me)
                told = _("From now on the public reads that these contributions have one text.")
                messages.success(request, told)
            case "dismiss":
                dismiss(self.campaign, self.me)
                messages.success(request, _("Nothing is said of it."))
            case "out" | "in" as act:
                said = request.POST.get("member", "")
                members = self.campaign.members.filter(pk=int(said) if said.isdecimal() else 0)
                judge_member(get_object_or_404(members), self.me, of_it=act == "in")
                messages.success(request, _("It was noted."))
        return redirect("campaigns:campaign", self.campaign.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Its contributions, those to judge first."""
        members = self.campaign.members.select_related("contribution").order_by(
            "judgement", "-likeness", "pk"
        )
        for_page = list(members[:MEMBERS_SHOWN])
        for member in for_page:
            member.near = percent(member.likeness, self.language)
        return super().get_context_data(
            campaign=self.campaign,
            state=state_of(self.campaign),
            members=for_page,
            more=max(0, members.count() - MEMBERS_SHOWN),
            first=first_of(self.campaign),
            may_judge=self.may_judge,
            **kwargs,
        )


class CompareView(OfCampaign):
    """The text of one contribution beside that of the campaign's first, what differs marked."""

    template_name = "submissions/campaigns/compare.html"

    def steps(self) -> list[tuple[str, Any]]:
        """Below the campaign."""
        url = reverse("campaigns:campaign", args=[self.campaign.pk])
        return [*super().steps(), (url, capfirst(str(self.campaign)))]

    def get_page_title(self) -> str:
        """What it is."""
        return _("Two texts side by side")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Both texts, as pieces."""
        member = get_object_or_404(
            self.campaign.members.select_related("contribution"), pk=self.kwargs["member_pk"]
        )
        first = first_of(self.campaign, but=member)
        pair = nearest_answers(first.contribution, member.contribution) if first else None
        pieces = list(difference(pair[0].text, pair[1].text)) if pair else []
        return super().get_context_data(
            campaign=self.campaign,
            first=first,
            member=member,
            pair=pair,
            left=[piece for piece in pieces if piece.kind != "put"],
            right=[piece for piece in pieces if piece.kind != "taken"],
            near=percent(member.likeness, self.language),
            may_judge=self.may_judge,
            **kwargs,
        )


def first_of(campaign: Campaign, *, but: CampaignMember | None = None) -> CampaignMember | None:
    """The contribution that came first, to which others are compared."""
    members = campaign.members.exclude(judgement=Membership.NOT_OF_IT)
    if but is not None:
        members = members.exclude(pk=but.pk)
    return members.select_related("contribution").order_by("contribution__submitted_at").first()


def nearest_answers(one: Contribution, other: Contribution) -> tuple[Answer, Answer] | None:
    """The answers of the two that have most in common; None where one has no long answer."""

    def long_answers(of: Contribution) -> list[Answer]:
        found = of.answers.filter(sketch__isnull=False).exclude(sketch__hashes=b"")
        return list(found.select_related("sketch"))

    pairs = [
        (likeness(bytes(mine.sketch.hashes), bytes(theirs.sketch.hashes)), -mine.pk, mine, theirs)
        for mine in long_answers(one)
        for theirs in long_answers(other)
    ]
    if not pairs:
        return None
    _share, _pk, mine, theirs = max(pairs, key=lambda pair: pair[:2])
    return mine, theirs
