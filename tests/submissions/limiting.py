"""Requests from networks, and actions done often, for the tests of limits."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from submissions import limits
from submissions.limits import keys

SCHOOL, HOME = "198.51.100.7", "203.0.113.9"


@pytest.fixture(autouse=True)
def no_key_is_remembered() -> Iterator[None]:
    """Each test draws its own: another's was rolled back."""
    keys._remembered.clear()
    yield
    keys._remembered.clear()


def request_from(remote: str = HOME, **headers: str) -> HttpRequest:
    return RequestFactory(headers=headers).get("/", REMOTE_ADDR=remote)


def times(action: Any, most: int, request: HttpRequest, *said: Any, **how: Any) -> int:
    """How often ``action`` was let through, of ``most`` times."""
    for number in range(most):
        try:
            limits.check(request, action, *said, **how)
        except limits.TooMany:
            return number
    return most
