"""A page that was sent to be translated into French."""

import pytest
from wagtail.models import Page
from wagtail_localize.operations import translate_object

from home.roles import grant_roles
from tests.core.translating.desk import RICH
from tests.factories import BilingualSite, StandardPageFactory, bilingual_site, locale, published
from tests.recalled import recalled


@pytest.fixture
def site() -> BilingualSite:
    site = bilingual_site()
    grant_roles()
    return site


@pytest.fixture
def page(site: BilingualSite) -> Page:
    return recalled("a page sent into French", lambda: sent_into_french(site), after="site")


def sent_into_french(site: BilingualSite) -> Page:
    source = published(
        StandardPageFactory(
            parent=site.home, title="About us", introduction="", body=[("text", RICH)]
        )
    )
    translate_object(source, [locale("fr")])
    return source.get_translation(locale("fr"))
