"""Who translates into French."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from home.roles import grant_roles
from tests.factories import bilingual_site


@pytest.fixture
def client() -> Client:
    bilingual_site()
    grant_roles()
    user = User.objects.create_user("fr", "fr@example.org", "a-password-for-tests")
    user.groups.set([Group.objects.get(name="Translators: French")])
    client = Client()
    client.force_login(user)
    return client
