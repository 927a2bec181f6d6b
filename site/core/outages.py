"""Telling an outage from a fault: whether the database can't be reached at the moment."""

from django.db import DatabaseError, InterfaceError, InternalError, OperationalError

# SQLSTATE, by PostgreSQL's appendix A: classes for connections and for resources that are used up
# (connections, disk, memory); a server that stops, crashed or starts; a replica after a failover.
OUTAGE_CLASSES = ("08", "53")
OUTAGE_STATES = {"57P01", "57P02", "57P03", "25006"}


def is_outage(error: BaseException | None) -> bool:
    """Whether ``error``, or what it came from, is a lost or refused connection.

    Faults of ours (a wrong column, a statement that takes too long) are none.
    """
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if isinstance(error, DatabaseError | InterfaceError) and _says_outage(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def _says_outage(error: BaseException) -> bool:
    state = getattr(error.__cause__, "sqlstate", None)
    if state is None:  # nobody answered, or the connection is gone: libpq's own words
        gone = isinstance(error, InterfaceError) and "connection" in str(error)
        return gone or isinstance(error, OperationalError)
    known = state in OUTAGE_STATES or state.startswith(OUTAGE_CLASSES)
    return known and isinstance(error, OperationalError | InternalError | InterfaceError)
