"""Which languages an installation can speak is a setting."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import override

from config.settings.languages import chosen_languages


def test_each_has_a_name_in_the_reader_s_language() -> None:
    with override("fr"):
        said = [(code, str(name).lower()) for code, name in chosen_languages(["en", "de"])]
    assert said == [("en", "anglais"), ("de", "allemand")]


@pytest.mark.parametrize("codes", [["en", "xx"], ["fr", "de"], ["en", "fr", "fr"], []])
def test_what_can_t_be_spoken_is_refused(codes: list[str]) -> None:
    with pytest.raises(ImproperlyConfigured):
        chosen_languages(codes)
