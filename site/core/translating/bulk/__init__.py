"""A page and all below it, sent to translation by the worker: parents first, one at a time."""
