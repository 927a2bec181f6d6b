"""What the tests of this room share."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from hypothesis import settings

from core.models import InterfaceWording
from core.wordings.overlay import bring_in_step

# Properties are about what is true, not how fast: a busy machine must not fail them.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture
def administrator(admin_user: User) -> Iterator[User]:
    """One who mends wordings; nothing of what is mended outlives the test."""
    yield admin_user
    InterfaceWording.objects.all().delete()
    bring_in_step()
