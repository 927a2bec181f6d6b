"""Whose address a request comes from, and what forged headers change: nothing."""

import pytest

from submissions.limits import keys
from submissions.limits.networks import network_of
from submissions.models import Debate
from tests.submissions.conftest import Visitor
from tests.submissions.limiting import HOME, SCHOOL, no_key_is_remembered, request_from

__all__ = ["no_key_is_remembered"]

FORGED = {"x-forwarded-for": "192.0.2.66", "x-real-ip": "192.0.2.66", "forwarded": "for=192.0.2.66"}


def test_without_a_proxy_no_header_is_believed(settings):  # case 55
    settings.TRUSTED_PROXIES = 0
    assert network_of(request_from(HOME, **FORGED)) == network_of(request_from(HOME))


@pytest.mark.parametrize(
    ("proxies", "said"),
    [
        (1, f"192.0.2.66, 192.0.2.67, {HOME}"),
        (2, f"192.0.2.66, {HOME}, 10.0.0.3"),
        (1, HOME),
        (1, f"<script>, {HOME} "),
    ],
)
def test_behind_proxies_only_their_own_entries_are_believed(  # case 55
    settings, proxies: int, said: str
):
    settings.TRUSTED_PROXIES = proxies
    request = request_from("10.0.0.2", **{"x-forwarded-for": said})
    assert network_of(request) == bytes([203, 0, 113, 9])


@pytest.mark.parametrize("said", ["", "garbage", "203.0.113.9, ", "1.2.3.4.5", "203.0.113.9:80"])
def test_what_can_not_be_read_is_nobodys(settings, said: str):
    settings.TRUSTED_PROXIES = 1
    assert network_of(request_from(HOME, **{"x-forwarded-for": said})) is None


def test_fewer_entries_than_proxies_are_nobodys(settings):
    settings.TRUSTED_PROXIES = 2
    assert network_of(request_from(HOME, **{"x-forwarded-for": SCHOOL})) is None


@pytest.mark.parametrize("inside", ["127.0.0.1", "10.1.2.3", "172.18.0.4", "192.168.1.1", "::1"])
def test_an_address_from_inside_is_a_proxys_and_stands_for_nobody(inside: str):
    """As when a proxy was put in front and nobody counted it: not everybody is one visitor."""
    assert network_of(request_from(inside)) is None


@pytest.mark.django_db
def test_what_a_header_says_is_in_no_line_of_the_log(  # case 56
    settings, debate: Debate, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    caplog.set_level("DEBUG")
    settings.TRUSTED_PROXIES = 1
    monkeypatch.setattr(keys, "DRAW", "SELECT {key}.nothing")
    for said in (f"{HOME}\r\nERROR forged", f"\x1b[31mforged, {HOME}", f"{HOME}%forged"):
        visitor = Visitor(REMOTE_ADDR="10.0.0.2", HTTP_X_FORWARDED_FOR=said)
        assert visitor.start(debate).status_code == 302
    assert "nothing is limited" in caplog.text
    assert "forged" not in caplog.text


def test_of_ipv6_a_home_is_one_network():
    one, other = "2001:db8:1:2::1", "2001:db8:1:2:ffff::9"
    assert network_of(request_from(one)) == network_of(request_from(other))
    assert network_of(request_from("2001:db8:1:3::1")) != network_of(request_from(one))
    assert network_of(request_from(f"::ffff:{HOME}")) == network_of(request_from(HOME))
