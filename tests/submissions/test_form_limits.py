"""The limits that an editor sets on a form make sense together, whoever writes them."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from core.clock import database_now
from submissions.models import Debate, FormBlock, Questionnaire
from tests.factories import bilingual_site, bilingual_theme

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [Debate, Questionnaire])
def test_a_form_closes_after_it_opens(model: type[FormBlock]) -> None:
    bilingual_theme(bilingual_site())
    now = database_now()
    with pytest.raises(IntegrityError, match="closes_after_it_opens"):
        model.objects.update(opens_at=now, closes_at=now)


def test_a_form_may_close_without_a_time_of_opening() -> None:
    bilingual_theme(bilingual_site())
    assert Debate.objects.update(opens_at=None, closes_at=database_now()) == 1


def test_an_editor_is_told_that_nobody_could_write_an_idea(admin_client: Any) -> None:
    bilingual_theme(bilingual_site())
    debate = Debate.objects.get()
    limits = {"sequence_length": 12, "shortest_idea": 141, "longest_idea": 140}
    answer = admin_client.post(f"/admin/debates/edit/{debate.pk}/", limits)
    assert "nobody could write one" in answer.content.decode()
    debate.refresh_from_db()
    assert debate.shortest_idea < debate.longest_idea


def test_an_editor_is_told_that_a_form_closes_before_it_opens(admin_client: Any) -> None:
    bilingual_theme(bilingual_site())
    questionnaire = Questionnaire.objects.get()
    now = database_now()
    dates = {
        "opens_at": f"{now:%Y-%m-%d %H:%M}",
        "closes_at": f"{now - timedelta(days=1):%Y-%m-%d %H:%M}",
    }
    answer = admin_client.post(f"/admin/questionnaires/edit/{questionnaire.pk}/", dates)
    assert "The closing time must come after the opening time." in answer.content.decode()
