"""What the suite's own database promises."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection


def test_a_worker_uses_a_clone_of_the_runs_template(db: None) -> None:
    assert connection.settings_dict["NAME"].startswith("test_polyphony_")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_test_that_commits_leaves_no_trace(turn: str) -> None:
    assert not Group.objects.filter(name="left behind").exists()
    assert Group.objects.filter(name="Editors").exists()  # written by Wagtail's migrations
    Group.objects.create(name="left behind")
    Group.objects.filter(name="Editors").delete()
