"""``make bench``: figures about the site as production serves it, each against its goal.

A bench is a module of this package with ``run() -> list[Row]`` and a docstring that says what it
measures; it is found by its name. Durations depend on the machine, so a goal for one is a ratio to
something else measured in the same run.
"""
