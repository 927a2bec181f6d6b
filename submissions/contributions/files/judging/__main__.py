"""``python -m …judging < FILE``: one line of JSON, ``{"kind", "tells"}`` or ``{"refused"}``."""

import json
import sys
from typing import Any

from submissions.contributions.files.judging.limits import confine
from submissions.contributions.files.judging.verdict import RefusedError


def said_of(data: bytes) -> dict[str, Any]:
    """The verdict, as it is told to who asked; what can't be read is damaged, whatever the way."""
    from submissions.contributions.files.judging.kinds import judge  # noqa: PLC0415 (confined)

    try:
        verdict = judge(data)
    except RefusedError as refused:
        return {"refused": refused.reason}
    except MemoryError:
        return {"refused": "too_heavy"}
    except Exception as trouble:  # noqa: BLE001 (a file made to confuse may raise anything)
        return {"refused": "damaged", "trouble": type(trouble).__name__}
    return {"kind": verdict.kind, "tells": sorted(verdict.tells)}


if __name__ == "__main__":
    confine()
    json.dump(said_of(sys.stdin.buffer.read()), sys.stdout)
