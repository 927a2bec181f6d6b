"""Runs the benches that are named, all of them without a name; 1 when a goal is missed."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from typing import TYPE_CHECKING

from tools import bench
from tools.bench.rows import missed, table
from tools.console import Trouble, speak

if TYPE_CHECKING:
    from types import ModuleType


def benches() -> dict[str, ModuleType]:
    """The modules of this package that measure something, by name."""
    names = [module.name for module in pkgutil.iter_modules(bench.__path__)]
    modules = {name: importlib.import_module(f"tools.bench.{name}") for name in names}
    return {name: module for name, module in modules.items() if hasattr(module, "run")}


def chosen(names: list[str], known: dict[str, ModuleType]) -> dict[str, ModuleType]:
    """Those that are named, or all. ``Trouble`` names the ones there are."""
    unknown = [name for name in names if name not in known]
    if unknown:
        raise Trouble(f"No bench is named {', '.join(unknown)}. There are: {', '.join(known)}.")
    return {name: known[name] for name in names} if names else known


def main() -> int:
    """Run them one after the other, each to its end, whatever the others miss."""
    short = []
    for name, module in chosen(sys.argv[1:], benches()).items():
        print(f"\n{name}: {(module.__doc__ or '').partition(chr(10))[0]}\n")
        rows = module.run()
        print(f"\n{table(rows)}")
        short += [f"{name}: {goal}" for goal in missed(rows)]
    if short:
        print("\n".join(["\nGoals that are missed:", *(f"  {line}" for line in short)]))
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(speak(main))
