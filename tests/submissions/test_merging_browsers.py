"""Case 14, in browsers: whose cookie speaks for whom, before and after."""

import uuid

import pytest
from django.conf import settings

from submissions.models import (
    Address,
    Consultation,
    Debate,
    IdeaStatus,
    Participant,
    Vote,
)
from tests.factories import idea, open_consultation
from tests.submissions.conftest import Visitor, address
from tests.submissions.linking import (
    ask,
    ask_to_come_back,
    confirmed,
    mailed_key,
    press,
    write,
)

pytestmark = pytest.mark.django_db
COOKIE = settings.PARTICIPANT_COOKIE_NAME


@pytest.fixture
def asking(consultation: Consultation) -> Consultation:
    return open_consultation(consultation.site, confirm_addresses=True)


@pytest.fixture
def at_home(asking: Consultation, debate: Debate) -> Visitor:
    """A browser whose participant has a confirmed address."""
    browser = Visitor()
    confirmed(browser, debate)
    return browser


def who(browser: Visitor) -> Participant:
    """For whom a browser speaks."""
    return Participant.objects.get(pk=browser.get(address("own_data")).json()["number"])


def test_a_guest_who_comes_back_is_one_with_who_they_were(
    at_home: Visitor, debate: Debate
):  # case 14
    first, second = idea(debate, "We should sing."), idea(debate, "We should dance.")
    at_home.start(debate)
    at_home.vote(first, "agree")
    phone = Visitor()
    phone.start(debate)
    phone.vote(first, "disagree")
    phone.vote(second, "agree")
    assert address("come_back") in phone.get(address("participation")).content.decode()
    ask_to_come_back(phone)
    press(phone, mailed_key())
    ask_to_come_back(phone)
    again = phone.get(address("mailed_link"), {"key": mailed_key()}).content.decode()
    assert "another participation" not in again
    assert who(phone) == who(at_home) == Address.objects.get().participant
    choices = Vote.objects.order_by("idea").values_list("idea", "choice")
    assert list(choices) == [(first.pk, "disagree"), (second.pk, "agree")]
    for browser in (phone, at_home):
        page = browser.get(address("idea", first.pk)).content.decode()
        assert "You disagreed." in page


def test_confirmed_in_another_browser_the_idea_alone_is_handed_over(
    at_home: Visitor, debate: Debate
):  # case 14
    """Who wrote may be a stranger, who gave an address of somebody else's."""
    stranger = Visitor()
    stranger.start(debate)
    guest = who(stranger)
    voted_on = idea(debate)
    stranger.vote(voted_on, "agree")
    wrote = write(stranger, debate, "We should open the libraries at night.")
    ask(stranger, wrote)
    press(Visitor(), mailed_key())
    wrote.refresh_from_db()
    assert (wrote.status, wrote.author) == (IdeaStatus.AWAITING, who(at_home))
    assert who(stranger) == guest != who(at_home)
    assert Vote.objects.get(idea=voted_on).participant == guest
    assert "libraries" not in stranger.get(address("own_data")).content.decode()


def test_in_the_browser_of_the_idea_confirming_makes_one(at_home: Visitor, debate: Debate):
    """Other browsers that bring the guest's number follow."""  # case 14
    library = Visitor()
    library.start(debate)
    voted_on = idea(debate)
    library.vote(voted_on, "agree")
    before = library.cookies[COOKIE].value
    wrote = write(library, debate, "We should open the libraries at night.")
    ask(library, wrote)
    press(library, mailed_key())
    assert who(library) == who(at_home)
    library.cookies[COOKIE] = before
    library.vote(voted_on, "disagree")  # with the guest's cookie
    assert Vote.objects.get(idea=voted_on).participant == who(at_home)
    library.start(debate)
    assert library.cookies[COOKIE].value.startswith(str(who(at_home).pk))  # renewed


def test_two_browsers_with_two_addresses_stay_two(at_home: Visitor, debate: Debate):  # case 14
    """One participant has one address: the browser changes hands, and nothing is merged."""
    office = Visitor()
    confirmed(office, debate, "office@example.org")
    there = who(office)
    ask_to_come_back(office)
    page = office.get(address("mailed_link"), {"key": mailed_key()}).content.decode()
    assert "another participation" in page
    press(office, mailed_key())
    assert who(office) == who(at_home)
    there.refresh_from_db()
    assert there.became is None
    assert Address.objects.count() == 2
    ask_to_come_back(office, "office@example.org")
    press(office, mailed_key())
    assert who(office) == there


def test_who_asked_gets_nothing_when_another_presses(at_home: Visitor, debate: Debate):
    """A stranger who asks for somebody's link does not become them when they open it."""
    stranger = Visitor()
    stranger.start(debate)
    ask_to_come_back(stranger)
    press(at_home, mailed_key())
    assert who(stranger) != who(at_home)


def test_a_number_that_is_nobodys_speaks_for_nobody(debate: Debate):
    stranger = Visitor()
    stranger.start(debate)
    Participant.objects.all().delete()
    assert stranger.get(address("own_data")).status_code == 404
    assert uuid.UUID(stranger.cookies[COOKIE].value.split(":")[0])
