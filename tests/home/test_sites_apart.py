"""Staff of one site see nothing of another's submissions, at any desk; nor does its public.

Whoever looks is in every group of a site. What is looked at, for the first site, says HERON.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse
from wagtail.models import Site

from core.clock import database_now
from home.approval.workflows import keep_workflows
from home.opening.checklist import checklist
from home.roles import grant_roles, group_name, moderators_of, roles, translators_of
from submissions.contributions.staff import passages, readings
from submissions.contributions.staff.places import Place
from submissions.models import (
    Campaign,
    Cluster,
    Consultation,
    DailyFigure,
    Debate,
    Export,
    ExportState,
    FigureKind,
    Idea,
    IdeaStatus,
    Mail,
    MailKind,
    MailStatus,
    Question,
)
from tests.factories import bilingual_site, debate_row, idea
from tests.submissions.libraries import Room, member_of_staff, room
from tests.submissions.readers import a_code, addresses

pytestmark = pytest.mark.django_db

HERON = "heron"
LISTS = (
    "/admin/",
    "/admin/moderation/",
    "/admin/idea-translations/?into=fr",
    "/admin/workplace/?into=fr",
    "/admin/workplace/?into=en",
    "/admin/workplace/languages/",
    "/admin/debates/",
    "/admin/questionnaires/",
    "/admin/contributions/",
    "/admin/contributions/codes/",
    "/admin/contributions/codes/scheme.csv",
    "/admin/contribution-exports/",
    "/admin/campaigns/",
    "/admin/suspects/",
    "/admin/mail/",
    "/admin/opening/",
    "/admin/reports/workflow/",
    "/admin/pages/",
)


@pytest.fixture
def first() -> Room:
    """The default site, with something at each desk."""
    here = room()
    consultation = here.where.consultation
    debate = debate_row(consultation)
    idea(debate, f"We should keep the {HERON}.")
    idea(debate, f"We should count each {HERON}.", status=IdeaStatus.AWAITING)
    one = here.contribution(f"Every {HERON} counts.", organisation=f"{HERON} house")
    here.published(f"The {HERON} is back.", organisation=f"{HERON} friends")
    boss = member_of_staff("boss", "view_contribution", "change_scheme", "change_reading")
    code = a_code(here, HERON, boss)
    answer = one.answers.first()
    assert answer is not None
    passages.mark(answer, Place(0, 5), [code], boss, quote=answer.text[:5])
    readings.mark_read(one, boss, version=1)
    Campaign.objects.create(consultation=consultation)
    now = database_now()
    Cluster.objects.create(
        consultation=consultation, kind="newcomers", mark=b"m", began_at=now, ended_at=now
    )
    failed = {"kind": MailKind.TEST, "language": "en", "status": MailStatus.FAILED}
    Mail.objects.create(consultation=consultation, trouble=f"550 {HERON}", **failed)
    for days in range(3):
        DailyFigure.objects.create(
            consultation=consultation,
            kind=FigureKind.VOTES,
            day=now.date() - timedelta(days=days),
            language="en",
            count=77123,
        )
    Export.objects.create(
        consultation=consultation,
        by=boss,
        format="csv",
        language="en",
        state=ExportState.READY,
        key="x",
    )
    return here


@pytest.fixture
def other(first: Room) -> Site:
    site = bilingual_site("water.example.org").site
    grant_roles()
    keep_workflows()
    return site


def everybody_of(site: Site) -> Client:
    """Somebody in every group of ``site``, administrators aside."""
    user = User.objects.create_user(f"all of {site.hostname}")
    names = [group_name(role.name, site) for role in roles()]
    user.groups.set(Group.objects.filter(name__in=names))
    assert user.groups.count() == len(names)
    client = Client()
    client.force_login(user)
    return client


def own(first: Room) -> list[str]:
    """The address of each row of the first site."""
    consultation = first.where.consultation
    debate = Debate.objects.filter(consultation=consultation).latest("pk")
    waiting = Idea.objects.get(status=IdeaStatus.AWAITING)
    shown = Idea.objects.exclude(pk=waiting.pk).get()
    contributions = list(consultation.contributions.order_by("pk"))
    rows = addresses(contributions[0])
    form = first.questionnaire.pk
    question = Question.objects.filter(questionnaire=form).first()
    export = Export.objects.get()
    assert question is not None
    return [
        f"/admin/moderation/{waiting.pk}/",
        f"/admin/idea-translations/{shown.pk}/fr/",
        f"/admin/debates/edit/{debate.pk}/",
        f"/admin/questionnaires/edit/{form}/",
        f"/admin/questionnaires/languages/{form}/",
        f"/admin/questionnaires/preview/{form}/en/",
        f"/admin/questionnaires/print/{form}/en/",
        f"/admin/questions/edit/{question.pk}/",
        f"/admin/publishing/{contributions[1].pk}/",
        f"/admin/campaigns/{Campaign.objects.get().pk}/",
        f"/admin/suspects/{Cluster.objects.get().pk}/",
        f"/admin/contribution-exports/{export.pk}/",
        *(rows[name] for name in ("inspect", "history", "versions", "code", "code_csv")),
        f"/admin/pages/{first.where.home.pk}/",
        f"/admin/pages/{first.page.pk}/edit/" if first.page else "",
        f"/admin/pages/{first.page.pk}/history/" if first.page else "",
        f"/admin/settings/submissions/consultation/{first.where.site.pk}/",
    ]


def reached(client: Client, address: str, host: str) -> bool:
    """Whether the address shows its own page: not a refusal, nor the way elsewhere."""
    status: int = client.get(address, headers={"host": host}).status_code
    assert status in {200, 302, 403, 404}, (address, status)
    return status == 200


def test_the_lists_of_a_site_show_its_own(first: Room, other: Site) -> None:
    theirs, foreign = everybody_of(first.where.site), everybody_of(other)
    seen = set()
    for address in LISTS:
        shown = theirs.get(address, headers={"host": "localhost"})
        seen |= {address} if HERON in shown.getvalue().decode().lower() else set()
        shown = foreign.get(address, headers={"host": other.hostname})
        assert shown.status_code == 200, address
        words = shown.getvalue().decode().lower()
        assert HERON not in words, address
        assert "77,123" not in words
        assert f"/{first.questionnaire.pk}/" not in words or "questionnaires" not in address
    assert {
        "/admin/moderation/",
        "/admin/idea-translations/?into=fr",
        "/admin/contributions/",
    } <= seen
    assert {"/admin/mail/", "/admin/contributions/codes/"} <= seen


def test_nor_on_the_address_of_the_other_site(first: Room, other: Site) -> None:
    foreign = everybody_of(other)
    for address in LISTS:
        answer = foreign.get(address, headers={"host": "localhost"})
        words = answer.getvalue().decode().lower()
        assert HERON not in words, address
        assert "77,123" not in words, address
    for address in ("/admin/opening/", "/admin/workplace/languages/"):
        assert foreign.get(address, headers={"host": "localhost"}).status_code == 302


def test_what_belongs_to_another_site_is_not_reached(first: Room, other: Site) -> None:
    theirs, foreign = everybody_of(first.where.site), everybody_of(other)
    for address in own(first):
        assert reached(theirs, address, "localhost"), address
        for host in ("localhost", other.hostname):
            assert not reached(foreign, address, host), (address, host)


def test_nothing_of_another_site_is_changed(first: Room, other: Site) -> None:
    foreign = everybody_of(other)
    waiting = Idea.objects.get(status=IdeaStatus.AWAITING)
    debate = Debate.objects.filter(consultation=first.where.consultation).latest("pk")
    one = first.where.consultation.contributions.order_by("pk")[0]
    cluster, campaign = Cluster.objects.get(), Campaign.objects.get()
    sent: list[tuple[str, dict[str, Any]]] = [
        (f"/admin/moderation/{waiting.pk}/", {"act": "publish", "decision": "publish"}),
        ("/admin/moderation/spam/", {"idea": waiting.pk, "ideas": waiting.pk, "reason": "spam"}),
        (f"/admin/debates/open/{debate.pk}/", {}),
        (f"/admin/questionnaires/open/{first.questionnaire.pk}/", {}),
        (reverse("contributions:assign"), {"ids": one.pk, "contributions": one.pk, "to": "me"}),
        (f"/admin/contributions/{one.pk}/", {"act": "take"}),
        (f"/admin/publishing/{one.pk}/", {"act": "publish"}),
        (f"/admin/suspects/{cluster.pk}/", {"judgement": "set_aside", "reason": "Bots."}),
        (f"/admin/campaigns/{campaign.pk}/", {"act": "confirm", "title": "x"}),
        (f"/admin/contribution-exports/{Export.objects.get().pk}/again/", {}),
        (f"/admin/pages/{first.where.home.pk}/unpublish/", {}),
    ]
    for address, data in sent:
        answer = foreign.post(address, data, headers={"host": other.hostname})
        assert answer.status_code in {302, 403, 404, 405, 422}, (address, answer.status_code)
    waiting.refresh_from_db()
    campaign.refresh_from_db()
    assert waiting.status == IdeaStatus.AWAITING
    assert not waiting.decisions.exists()
    assert campaign.confirmed_at is None
    assert not cluster.members.filter(participant__suspect=True).exists()
    assert Export.objects.count() == 1
    assert type(first.where.home).objects.get(pk=first.where.home.pk).live


def test_the_public_of_a_site_finds_its_own(first: Room, other: Site) -> None:
    shown = Idea.objects.get(status=IdeaStatus.PUBLISHED)
    reference = first.where.consultation.contributions.order_by("pk")[1].reference
    for address in (
        f"/en/ideas/{shown.pk}/",
        f"/en/debates/{shown.debate_id}/ideas/",
        f"/en/debates/{shown.debate_id}/vote/",
        f"/en/questionnaires/{first.questionnaire.pk}/print/",
        f"/en/library/{reference}/",
        f"/en/library/{reference}/contribution.json",
    ):
        assert Client().get(address, headers={"host": other.hostname}).status_code == 404, address
        assert Client().get(address, headers={"host": "localhost"}).status_code != 404, address
    for address in ("/en/library/", "/en/moderation/", "/en/search/?q=heron", "/en/calendar.ics"):
        answer = Client().get(address, headers={"host": other.hostname})
        words = answer.getvalue().decode().lower().replace("?q=heron", "").replace('"heron"', "")
        assert f"{HERON} " not in words, address
    answer = Client().get("/en/moderation/decisions.csv", headers={"host": other.hostname})
    assert answer.getvalue().decode().strip().count("\n") == 0


def lacking(consultation: Consultation) -> set[str]:
    """What the page “Opening” says is missing."""
    asked = Consultation.objects.with_clock().get(pk=consultation.pk)
    return {one.key for one in checklist(asked) if not one.met}


def test_the_checklist_of_a_site_asks_for_its_own_people(first: Room, other: Site) -> None:
    everybody_of(first.where.site)
    consultation = other.consultation
    debate_row(consultation)
    without = lacking(consultation)
    everybody_of(other)
    assert without - lacking(consultation) == {"moderators", "publishers", "translators"}


def named(*groups: str) -> User:
    user = User.objects.create_user(", ".join(groups))
    user.groups.set(Group.objects.filter(name__in=groups))
    assert user.groups.count() == len(groups)
    return user


def nobody_for(consultation: Consultation) -> set[tuple[str, str]]:
    """The work on ideas that the page “Opening” says nobody does, by language."""
    asked = Consultation.objects.with_clock().get(pk=consultation.pk)
    at_work = [one for one in checklist(asked) if one.key in {"moderators", "translators"}]
    return {(one.key, lack.language) for one in at_work for lack in one.lacks}


@pytest.mark.parametrize(
    ("work", "name_of", "permission"),
    [
        ("moderators", moderators_of, "moderate_idea"),
        ("translators", translators_of, "translate_idea"),
    ],
)
def test_who_works_in_a_language_of_one_site_does_not_on_another(
    first: Room, other: Site, work: str, name_of: Callable[[str], str], permission: str
) -> None:
    consultation = other.consultation
    debate_row(consultation)
    here, there = first.where.site, other
    two_jobs = named(group_name(name_of("English"), here), group_name(name_of("French"), there))
    assert (work, "en") in nobody_for(consultation)
    assert (work, "fr") not in nobody_for(consultation)
    # Whoever may do it everywhere does it in the languages of each of their groups, here too.
    two_jobs.user_permissions.add(Permission.objects.get(codename=permission))
    assert (work, "en") not in nobody_for(consultation)
    two_jobs.is_active = False
    two_jobs.save()
    assert {(work, "en"), (work, "fr")} <= nobody_for(consultation)


def test_pages_of_a_site_are_approved_by_its_own_publishers(first: Room, other: Site) -> None:
    foreign, theirs = everybody_of(other), everybody_of(first.where.site)
    page = first.page
    assert page is not None
    page.get_workflow().start(page, User.objects.get(username="boss"))
    state = page.current_workflow_task_state
    assert state is not None
    where = f"/admin/pages/workflow/action/{page.pk}/approve/{state.pk}/"
    foreign.post(where)
    assert type(page).objects.get(pk=page.pk).workflow_in_progress
    assert "to approve" not in foreign.get("/admin/").content.decode()
    assert "page to approve" in theirs.get("/admin/").content.decode()
    theirs.post(where)
    assert not type(page).objects.get(pk=page.pk).workflow_in_progress
