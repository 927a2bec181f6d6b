"""The public library of contributions: the list, one of them, how to cite it, what to download."""
