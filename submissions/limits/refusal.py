"""What is said when something was done too often."""


class TooMany(Exception):
    """It was done too often. Nothing was kept; it may be tried again in ``retry_after`` seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = max(1, retry_after)
