"""A limiter that fails locks nobody out."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from django.db import DatabaseError, connection, transaction

logger = logging.getLogger(__name__)


@contextmanager
def out_of_the_way() -> Iterator[None]:
    """What fails in here is logged, goes no further, and takes no transaction along."""
    try:
        with transaction.atomic() if connection.in_atomic_block else nullcontext():
            yield
    except DatabaseError:
        logger.exception("Nothing could be counted, so nothing is limited")
