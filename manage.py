#!/usr/bin/env python
"""Puts site/ on the path (it is a source root, not a package), then runs Django."""

import os
import sys
from pathlib import Path


def main() -> None:
    root = Path(__file__).resolve().parent
    sys.path[:0] = [str(root), str(root / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 (path comes first)

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
