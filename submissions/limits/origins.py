"""Where participants came from when they began: a hash, so that many of one network can be seen."""

from django.db import connection
from django.http import HttpRequest

from submissions.limits.failing import out_of_the_way
from submissions.limits.keys import keyed_hash
from submissions.limits.networks import network_of
from submissions.models import Origin, Participant

NOTE = """
INSERT INTO {origin} (participant_id, origin_hash) VALUES (%s, %s)
ON CONFLICT (participant_id) DO NOTHING
"""


def began(request: HttpRequest, participant: Participant) -> None:
    """Note the network that ``participant`` began from, once; nobody is kept out if it fails."""
    network = network_of(request)
    if network is None:
        return
    with out_of_the_way(), connection.cursor() as cursor:
        origin = keyed_hash(b"origin", network)
        cursor.execute(NOTE.format(origin=Origin._meta.db_table), [participant.pk, origin])
