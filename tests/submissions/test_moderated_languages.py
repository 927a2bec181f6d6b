"""Who moderates one language sees, finds, counts and decides nothing of another (case 46)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from submissions.models import Debate, Decision, DecisionKind, Idea, IdeaStatus, RefusalReason
from submissions.moderation.hooks import ModerationViewSet
from submissions.moderation.services import decide
from tests.factories import idea, participant
from tests.submissions.desk import QUEUE, decide_on, desk_of, moderator_of, staff

pytestmark = pytest.mark.django_db
SECRET = "We should keep the heron a secret."  # case 47


@pytest.fixture
def english(debate: Debate) -> Idea:
    author = participant(debate.consultation)
    return idea(debate, SECRET, "en", IdeaStatus.AWAITING, author=author)


@pytest.fixture
def desk() -> Client:
    """Of somebody who moderates French."""
    return desk_of(moderator_of("fred", "fr"))


def posts(kind: str, **more: Any) -> Callable[[Client, Idea], Any]:
    return lambda desk, one: decide_on(desk, one, kind, "off_topic", **more)


# Every address of moderation, by name: a new one without a line here fails.
ADDRESSES: dict[str, list[Callable[[Client, Idea], Any]]] = {
    "index": [
        lambda desk, one: desk.get(QUEUE, {"queue": one.status}),
        lambda desk, one: desk.get(QUEUE, {"q": "heron"}),
        lambda desk, one: desk.get(QUEUE, {"language": "en"}),
        lambda desk, one: desk.get(QUEUE, {"after": Decision.objects.get().pk}),
    ],
    "index_results": [lambda desk, one: desk.get(f"{QUEUE}results/", {"q": "heron"})],
    "spam": [
        lambda desk, one: desk.get(f"{QUEUE}spam/", {"id": one.pk}),
        lambda desk, one: desk.post(f"{QUEUE}spam/", {"id": one.pk, "reason": "advertising"}),
    ],
    "decide": [
        lambda desk, one: desk.get(f"{QUEUE}{one.pk}/"),
        *(posts(kind, note="Why", text=SECRET, seen=SECRET) for kind in DecisionKind.values),
        lambda desk, one: decide_on(desk, one, "undo", decision=Decision.objects.get().pk),
        lambda desk, one: decide_on(desk, one, "nonsense"),
    ],
}


def test_every_address_is_in_the_table():
    names = {pattern.name for pattern in ModerationViewSet().get_urlpatterns()}
    assert names == set(ADDRESSES)


@pytest.mark.parametrize("status", ["awaiting", "refused", "published"])
@pytest.mark.parametrize("name", ADDRESSES)
def test_an_idea_of_another_language_is_nowhere(
    desk: Client, english: Idea, name: str, status: str
):
    kinds = {"refused": DecisionKind.REFUSE, "published": DecisionKind.PUBLISH}
    colleague = moderator_of("eve", "en")
    if status in kinds:
        reason = RefusalReason.OFF_TOPIC if status == "refused" else None
        decide(english, kinds[status], colleague, reason)
    else:
        other = idea(english.debate, status=IdeaStatus.AWAITING)
        decide(other, DecisionKind.PUBLISH, colleague)
    rows = Decision.objects.count()
    for ask in ADDRESSES[name]:
        answer = ask(desk, english)
        assert "heron" not in answer.content.decode().replace('value="heron"', "").replace(
            "q=heron", ""
        )
        assert name != "decide" or answer.status_code == 404
    english.refresh_from_db()
    assert english.status == status
    assert Decision.objects.count() == rows
    assert english.original and english.original.text == SECRET


def test_tabs_and_menu_count_ones_own_only(desk: Client, english: Idea):
    page = desk.get(QUEUE)
    assert [tab["count"] for tab in page.context["tabs"]] == [0] * 7
    assert "Moderation (" not in desk.get(reverse("wagtailadmin_home")).content.decode()
    idea(english.debate, "Il faut ouvrir les données.", "fr", IdeaStatus.AWAITING)
    assert "Moderation (1)" in desk.get(reverse("wagtailadmin_home")).content.decode()


def test_who_moderates_both_sees_both_and_an_administrator_all(english: Idea):
    both = moderator_of("ada", "en", "fr")
    admin = staff("root")
    admin.is_superuser = True
    admin.save()
    english.language = "br"  # no language of the site any more
    english.save()
    idea(english.debate, language="en", status=IdeaStatus.AWAITING)
    idea(english.debate, language="fr", status=IdeaStatus.AWAITING)
    assert len(desk_of(both).get(QUEUE).context["object_list"]) == 2
    assert len(desk_of(admin).get(QUEUE).context["object_list"]) == 3


def test_the_permission_alone_opens_an_empty_queue(english: Idea):
    desk = desk_of(staff("nobody", "moderate_idea"))
    assert not desk.get(QUEUE).context["object_list"]
    assert desk.get(f"{QUEUE}{english.pk}/").status_code == 404


def test_what_its_author_has_not_confirmed_is_nobodys_to_read(english: Idea):
    english.status = IdeaStatus.UNCONFIRMED
    english.save()
    desk = desk_of(moderator_of("ada", "en"))
    assert desk.get(f"{QUEUE}{english.pk}/").status_code == 404
    assert not desk.get(QUEUE).context["object_list"]
