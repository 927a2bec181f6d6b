"""The migrated database is kept between runs, as long as nothing that it is made of changes."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.apps import apps

from tests.fixtures import kept_template
from tests.fixtures.kept_template import keep, made_of, put_back
from tools.postgres import Cluster, discard, throw_away_cluster


@pytest.fixture
def cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    monkeypatch.setattr(kept_template, "PLACE", tmp_path / "var")
    cluster = throw_away_cluster()
    yield cluster
    discard(cluster)


def test_what_was_kept_is_put_back_whole_under_its_own_recipe_only(cluster: Cluster) -> None:
    assert not put_back(cluster, "nothing", "a")
    cluster.create_database("made")
    with psycopg.connect(cluster.url("made")) as made:
        made.execute("CREATE TABLE idea (text text UNIQUE)")
        made.execute("INSERT INTO idea VALUES ('trees')")
    keep(cluster, "made", "old")
    keep(cluster, "made", "new")
    assert [file.name for file in kept_template.PLACE.iterdir()] == ["test-template-new.sql"]
    assert not put_back(cluster, "again", "old") and not cluster.has_database("again")
    assert put_back(cluster, "again", "new")
    with psycopg.connect(cluster.url("again")) as again:
        assert again.execute("SELECT text FROM idea").fetchall() == [("trees",)]
        with pytest.raises(psycopg.errors.UniqueViolation):
            again.execute("INSERT INTO idea VALUES ('trees')")


def test_migrations_and_the_server_are_its_recipe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster = Cluster(tmp_path, durable=False)
    cluster.data.mkdir(parents=True)
    version = cluster.data / "PG_VERSION"
    version.write_text("18")
    app = apps.get_app_config("home")
    monkeypatch.setattr(app, "path", str(tmp_path))
    (tmp_path / "migrations").mkdir()
    recipes = {made_of(cluster)}
    (tmp_path / "migrations" / "0001_first.py").write_text("1")
    recipes.add(made_of(cluster))
    (tmp_path / "migrations" / "0001_first.py").write_text("2")
    recipes.add(made_of(cluster))
    assert made_of(cluster) in recipes
    version.write_text("17")
    recipes.add(made_of(cluster))
    assert len(recipes) == 4
