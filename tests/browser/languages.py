"""The languages a long walk is made in: one by `make test`, the other by `make test-more`."""

import pytest

ONE_NOW = ["en", pytest.param("fr", marks=pytest.mark.more)]
