"""Texts that several contributions share, word for word or nearly: found by the worker, judged by
staff, said in public once they are confirmed. Nothing is hidden for it, nor counted as one."""
