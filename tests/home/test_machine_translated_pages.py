"""A page's machine translation: a service that is away is told, and no page of trouble is shown."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from wagtail_localize.models import StringTranslation, Translation

from config.settings.machine_translator import chosen
from tests.factories import StandardPageFactory, bilingual_site, published, translate

pytestmark = pytest.mark.django_db


def press(client: Client, translation: Translation) -> Any:
    where = f"/admin/localize/translate/{translation.pk}/machine_translate/"
    return client.post(where, {"next": "/admin/pages/"}, follow=True)


def test_a_service_that_is_away_is_told(settings: Any):
    page = published(StandardPageFactory(parent=bilingual_site().home, title="About"))
    translate(page, publish=False)
    translation = Translation.objects.latest("pk")
    StringTranslation.objects.all().delete()
    client = Client()
    client.force_login(User.objects.create_superuser("admin"))
    assert press(client, translation).status_code == 404  # none is set
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = chosen(
        "libretranslate", url="http://127.0.0.1:9", key="", project=""
    )
    answer = press(client, translation)
    assert answer.status_code == 200
    assert "The machine translator gave nothing." in answer.content.decode()
    assert not StringTranslation.objects.exists()
