"""Log lines that cannot be forged (case 56 of the project's reliability cases)."""

import logging
import re

CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")


class OneLineFormatter(logging.Formatter):
    """One record, one line: control characters of a path or a user agent are written escaped."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:
        """Escape what would break the line; a traceback, which is ours, keeps its lines."""
        line = super().formatMessage(record)
        return CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), line)
