"""One world for all questions of a worker; each question leaves it as it was."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.test import override_settings

from home.roles import grant_roles
from tests.factories import bilingual_site
from tests.security.world import ELSEWHERE, Rows, every_row


@pytest.fixture(scope="module")
def rows(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Rows]:
    """Every row that an address can be asked with, and the files that they name."""
    stores: dict[str, Any] = settings.STORAGES
    contributed = stores["contributions"]
    place = {"location": tmp_path_factory.mktemp("contributed")}
    contributed = contributed | {"OPTIONS": contributed.get("OPTIONS", {}) | place}
    files = override_settings(
        MEDIA_ROOT=tmp_path_factory.mktemp("media"),
        STORAGES=stores | {"contributions": contributed},
    )
    with files, django_db_blocker.unblock(), transaction.atomic():
        where = bilingual_site()
        bilingual_site(ELSEWHERE)
        grant_roles()
        yield every_row(where, User.objects.create_superuser("maker"))
        transaction.set_rollback(True)
