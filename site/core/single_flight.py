"""Figures that cost a query and are read by many: computed by one, read by all."""

import time
from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache

Value = TypeVar("Value")

STALE_FOR = 3600  # seconds that an old value may still be given while a new one is computed
LONGEST_FLIGHT = 15  # seconds after which whoever computes is taken for dead
LOOK_AGAIN = 0.05


def single_flight(key: str, seconds: int, compute: Callable[[], Value]) -> Value:
    """``compute()``, remembered for ``seconds``: of many who ask at once, one computes.

    Meanwhile the others get the old value; when there is none they wait for the new one.
    """
    deadline = time.monotonic() + LONGEST_FLIGHT
    while True:
        found: tuple[float, Value] | None = cache.get(key)
        if found is not None and time.time() < found[0]:
            return found[1]
        if cache.add(f"{key}:flight", True, LONGEST_FLIGHT):
            try:
                value = compute()
                cache.set(key, (time.time() + seconds, value), seconds + STALE_FOR)
            finally:
                cache.delete(f"{key}:flight")
            return value
        if found is not None:
            return found[1]
        if time.monotonic() > deadline:
            return compute()
        time.sleep(LOOK_AGAIN)
