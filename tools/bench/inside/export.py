"""One export of all contributions, from asking to the stored bytes, and what it took: JSON."""

import json
import resource
import time

from django.contrib.auth.models import User

from submissions.contributions.exports.formats import FORMATS
from submissions.contributions.exports.making import ask, make_file
from submissions.models import Consultation, Export


def main(number: int) -> None:
    """That of the ``number``-th format, by an administrator; nothing is left of it."""
    user = User.objects.filter(is_superuser=True).order_by("pk")[0]
    consultation = Consultation.objects.order_by("pk")[0]
    begun, before = time.perf_counter(), time.process_time()
    asked = ask(consultation, user, format=list(FORMATS)[number], language="en", query="")
    make_file.call(str(asked.pk))
    seconds, processor = time.perf_counter() - begun, time.process_time() - before
    export = Export.objects.get(pk=asked.pk)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # KiB on Linux
    told = {"seconds": seconds, "processor": processor, "peak": peak}
    print(json.dumps({**told, "size": export.size, "done": export.done}))
    export.delete()
