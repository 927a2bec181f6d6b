"""``python3 -m tools.bootstrap PURPOSE``: find a Python that suits and prepare its environment.

Starts under whatever ``python3`` is there, even one too old for the project, to say so in words.
"""

from __future__ import annotations

import os
import sys

from tools import interpreter


def main(arguments: list[str]) -> int:
    """Hand over to a suitable Python when this one isn't, then prepare the environment."""
    purpose = arguments[0]
    current = (sys.version_info[0], sys.version_info[1])
    chosen = interpreter.choose(current, newest=purpose == "next")
    if chosen is None:
        found = ".".join(str(part) for part in sys.version_info[:3])
        print(interpreter.MISSING.format(found=found), file=sys.stderr)
        return 1
    if os.path.realpath(chosen) != os.path.realpath(sys.executable):
        os.execv(chosen, [chosen, "-m", "tools.bootstrap", *arguments])  # noqa: S606
    from tools import console, environment  # noqa: PLC0415 (their syntax needs the right Python)

    def prepare() -> int:
        if purpose == "next":
            environment.newest_requirements()
        environment.prepare(environment.PURPOSES[purpose])
        return 0

    return console.speak(prepare)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
