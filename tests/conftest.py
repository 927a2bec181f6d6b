"""What every test can ask for: a database, a browser, a server of several processes."""

pytest_plugins = [
    "tests.fixtures.database",
    "tests.fixtures.browser",
    "tests.fixtures.server",
]
