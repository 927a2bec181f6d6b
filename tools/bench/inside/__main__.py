"""``python -m tools.bench.inside NAME NUMBER…``: with Django set up, that module's ``main``."""

import importlib
import sys

import django

if __name__ == "__main__":
    django.setup()
    importlib.import_module(f"tools.bench.inside.{sys.argv[1]}").main(*map(int, sys.argv[2:]))
