"""What a vote is measured against: a view that does one upsert, behind the same middleware."""

from typing import Any

from django.conf.urls.i18n import i18n_patterns
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import urlpatterns as site_patterns

UPSERT = """
INSERT INTO submissions_vote (idea_id, participant_id, choice, read_in, key_valid)
VALUES (%s, %s, %s, %s, true)
ON CONFLICT ON CONSTRAINT one_vote_per_participant DO UPDATE SET choice = EXCLUDED.choice
"""


def vote(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Write what was sent, whoever sent it and wherever."""
    sent: Any = request.POST
    with connection.cursor() as cursor:
        cursor.execute(UPSERT, [idea_id, sent["who"], sent["choice"], sent["read_in"]])
    return HttpResponse(status=204)


urlpatterns = [*i18n_patterns(path("ideas/<int:idea_id>/vote/", vote)), *site_patterns]
