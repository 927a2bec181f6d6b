"""A theme that needs no row: enough of one to be shown."""

from core.blocks.samples import SampleImage
from themes.models import ThemePage


def theme(title: str, summary: str, accent: str, picture: SampleImage | None) -> ThemePage:
    """A theme page as a card shows it, with an address and no row."""
    page = ThemePage(title=title, summary=summary, accent=accent)
    page.get_url = lambda request=None, current_site=None: "#theme-cards"
    ThemePage._meta.get_field("picture").set_cached_value(page, picture)
    return page
