"""The private PostgreSQL: where it lives, how it starts, and that nothing of it stays behind."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.commands.processes import running
from tools.accounts import lent_account
from tools.console import ROOT, Trouble
from tools.postgres import Cluster, discard, throw_away_cluster, wait_until
from tools.postgres_files import kept_place, programs_for

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root lends an account")

LAUNCHER = """
import sys, time
from pathlib import Path
from tools.postgres import Cluster
cluster = Cluster(Path(sys.argv[1]), durable=False)
cluster.start()
print(cluster.child.process.pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    cluster = throw_away_cluster()
    yield cluster
    discard(cluster)


@pytest.fixture
def killed(cluster: Cluster) -> tuple[Cluster, int]:
    """A cluster whose launcher was killed, and the number its server had."""
    cluster.stop()
    with subprocess.Popen(
        [sys.executable, "-c", LAUNCHER, str(cluster.place)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as launcher:
        assert launcher.stdout is not None
        server = int(launcher.stdout.readline())
        launcher.kill()
    return cluster, server


def test_it_answers_on_a_socket_and_listens_on_no_port(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url("postgres")) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_what_was_committed_is_there_after_a_restart(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url("postgres")) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1")
    cluster.stop()
    cluster.start()
    with psycopg.connect(cluster.url("postgres")) as connection:
        assert connection.execute("SELECT * FROM kept").fetchone() == (1,)


def test_a_database_is_created_once(cluster: Cluster) -> None:
    cluster.create_database("polyphony")
    cluster.create_database("polyphony")
    psycopg.connect(cluster.url("polyphony")).close()


def test_it_stops_when_its_launcher_is_killed(killed: tuple[Cluster, int]) -> None:
    _, server = killed
    assert wait_until(lambda: not running(server), 60)


def test_it_starts_again_after_its_launcher_was_killed(killed: tuple[Cluster, int]) -> None:
    cluster, _ = killed
    cluster.start()
    psycopg.connect(cluster.url("postgres")).close()


def test_a_stale_record_of_another_programs_number_does_not_matter(cluster: Cluster) -> None:
    cluster.stop()
    (cluster.data / "postmaster.pid").write_text(f"{os.getpid()}\n")
    cluster.start()
    psycopg.connect(cluster.url("postgres")).close()


def test_stopping_leaves_no_socket(cluster: Cluster) -> None:
    folder = cluster.socket_folder
    assert folder is not None
    cluster.stop()
    assert not folder.exists()


def test_the_path_of_the_socket_fits_the_kernels_limit(cluster: Cluster) -> None:
    assert len(f"{cluster.socket_folder}/.s.PGSQL.5432") < 107


def test_a_throw_away_cluster_removes_one_whose_run_was_killed(
    killed: tuple[Cluster, int],
) -> None:
    cluster, _ = killed
    nobodys = cluster.place.with_name("polyphony-test-999999999-left")
    cluster.place.rename(nobodys)
    discard(throw_away_cluster())
    assert not nobodys.exists()


def test_a_throw_away_cluster_removes_nothing_that_is_no_cluster() -> None:
    """What a run of tests that goes on keeps beside its cluster, its uploads for one."""
    with tempfile.TemporaryDirectory(prefix="polyphony-test-files-", dir="/tmp") as folder:
        (Path(folder) / "picture.png").touch()
        discard(throw_away_cluster())
        assert list(Path(folder).iterdir())


def test_data_of_another_major_version_are_refused_in_words(cluster: Cluster) -> None:
    cluster.stop()
    (cluster.data / "PG_VERSION").write_text("12\n")
    with pytest.raises(Trouble, match="made by PostgreSQL 12"):
        cluster.start()


def test_a_server_that_does_not_start_is_quoted(cluster: Cluster) -> None:
    cluster.stop()
    (cluster.data / "postgresql.conf").write_text("no_such_setting = 1\n")
    with pytest.raises(Trouble, match="no_such_setting"):
        cluster.start()


def test_a_creation_that_was_broken_off_is_begun_anew(cluster: Cluster) -> None:
    cluster.stop()
    cluster.data.rename(cluster.place / "data.new")
    cluster.start()
    psycopg.connect(cluster.url("postgres")).close()


@as_root
def test_as_root_the_programs_are_copied_where_the_account_reaches_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = lent_account()
    assert account is not None
    monkeypatch.setattr(type(account), "reaches", lambda self, path: False)
    programs = programs_for(account, tmp_path)
    assert programs.is_relative_to(tmp_path)
    version = subprocess.run([programs / "psql", "--version"], capture_output=True, check=True)
    assert b"PostgreSQL" in version.stdout


@as_root
def test_as_root_an_unreachable_clone_links_to_a_place_that_is_reached(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    var = closed / "var"
    place = kept_place(var, elsewhere=tmp_path / "elsewhere")
    assert (var / "postgres").resolve() == place
    assert place.is_relative_to(tmp_path / "elsewhere")
    assert kept_place(var) == place


@as_root
def test_as_root_a_reachable_clone_keeps_its_database_in_var(cluster: Cluster) -> None:
    var = cluster.place / "var"
    assert kept_place(var) == var / "postgres"
