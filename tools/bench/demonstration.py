"""The demonstration on a database of its own, served as production serves it; gone afterwards."""

from __future__ import annotations

import contextlib
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tools.console import step
from tools.postgres import discard, throw_away_cluster
from tools.production import collect_static, free_port, manage, production_environment, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

WORKERS = 2


@dataclass(frozen=True)
class Demonstration:
    """Where the site answers, and what a program needs to work on its database."""

    address: str
    environment: dict[str, str]


@contextlib.contextmanager
def demonstration() -> Iterator[Demonstration]:
    """Start all of it, and leave nothing behind."""
    with contextlib.ExitStack() as leaving, step("The demonstration, served as in production"):
        place = Path(leaving.enter_context(tempfile.TemporaryDirectory(prefix="polyphony-bench-")))
        cluster = throw_away_cluster()
        leaving.callback(discard, cluster)
        cluster.create_database("bench")
        port = free_port()
        environment = production_environment(cluster.url("bench"), place, port)
        environment["DEMO_PASSWORD"] = secrets.token_urlsafe(12)
        manage(environment, "migrate", "--no-input")
        manage(environment, "compile_catalogues")
        manage(environment, "prepare_site")
        manage(environment, "load_demo")
        collect_static(environment)
        address = leaving.enter_context(serving(environment, port, workers=WORKERS))
        kept = leaving.pop_all()
    with kept:
        yield Demonstration(address, environment)
