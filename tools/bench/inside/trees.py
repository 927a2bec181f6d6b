"""A tree of so many pages, sent to translation as the worker does it: seconds a page, as JSON."""

import json
import time
from uuid import uuid4

from wagtail.models import Locale, Page

from core.models import BulkState
from core.translating.bulk import jobs
from tools.bench.inside.pages_to_translate import administrator, english_page, home

A_LEVEL = 10  # pages below one page


def main(pages: int, paragraphs: int) -> None:
    """Made first; measured is the sending, turn after turn."""
    tree = [english_page(home(), f"Tree {uuid4().hex[:8]}", paragraphs)]
    for number in range(1, pages):
        parent = tree[(number - 1) // A_LEVEL]
        tree.append(english_page(parent, f"Page {number}", paragraphs))
    french, user = Locale.objects.get(language_code="fr"), administrator()
    begun = time.perf_counter()
    job = jobs.ask(Page.objects.get(pk=tree[0].pk), french, user)
    asked = time.perf_counter() - begun
    turns, worked = 0, time.process_time()
    while job.state in {BulkState.WAITING, BulkState.RUNNING}:
        jobs.send_tree.call(str(job.pk))
        job.refresh_from_db()
        turns += 1
    spent = time.perf_counter() - begun - asked
    found = {
        "made": len(job.made),
        "state": job.state,
        "asked": asked,
        "seconds": spent,
        "processor": time.process_time() - worked,
        "turns": turns,
    }
    print(json.dumps(found))
