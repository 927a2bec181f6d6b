"""The columns themselves. Each shows what ``facts_of`` found and asks nothing of the database."""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language, ngettext, pgettext_lazy
from wagtail.admin.ui.tables import BaseColumn
from wagtail.admin.utils import get_user_display_name
from wagtail.models import Page

from core.alternates import own_name
from core.numbers import number
from home.explorer.facts import Facts


class FactColumn(BaseColumn):
    """One that a phone has no room for: its template is named after it."""

    def __init__(self, name: str, label: Any, *, widest: bool = False) -> None:
        classname = "wide-only widest-only" if widest else "wide-only"
        super().__init__(name, label=label, classname=classname)

    @property
    def cell_template_name(self) -> str:
        """One template a column."""
        return f"home/explorer/{self.name}.html"

    def get_cell_context_data(self, instance: Page, parent_context: Any) -> dict[str, Any]:
        """With the facts of the page."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        facts: Facts = instance.explorer_facts
        return context | {"facts": facts, "said": self.said(instance, facts)}

    def said(self, page: Page, facts: Facts) -> Any:
        """What the template can't say from the facts alone."""
        return None


class LanguageColumn(FactColumn):
    """The language in its own name."""

    def said(self, page: Page, facts: Facts) -> str:
        """As its readers write it."""
        return own_name(facts.language)


class TranslationColumn(FactColumn):
    """The state of the page's own translation, or of each that is made from it."""

    def said(self, page: Page, facts: Facts) -> list[tuple[Any, str]]:
        """Each with the name of its language."""
        return [(stand, own_name(stand.language)) for stand in facts.stands]


class OwnerColumn(FactColumn):
    """Who made the page."""

    def said(self, page: Page, facts: Facts) -> str:
        """Their name as the admin writes it everywhere."""
        return get_user_display_name(page.owner) if page.owner else ""


class SubmissionsColumn(FactColumn):
    """How much was sent through the forms on the page: numbers, no words of anybody."""

    def said(self, page: Page, facts: Facts) -> list[str]:
        """A line for each kind of form that stands there."""
        language = get_language() or settings.LANGUAGE_CODE
        lines = []
        if (n := facts.ideas) is not None:
            line = ngettext("%(count)s idea", "%(count)s ideas", n)
            lines.append(line % {"count": number(n, language)})
        if (n := facts.contributions) is not None:
            line = ngettext("%(count)s contribution", "%(count)s contributions", n)
            lines.append(line % {"count": number(n, language)})
        return lines


COLUMNS = (
    FactColumn("theme", pgettext_lazy("explorer", "Theme"), widest=True),
    LanguageColumn("language", pgettext_lazy("explorer", "Language"), widest=True),
    TranslationColumn("translation", pgettext_lazy("explorer", "Translation")),
    OwnerColumn("owner", pgettext_lazy("explorer", "Owner"), widest=True),
    SubmissionsColumn("submissions", pgettext_lazy("explorer", "Submissions")),
)
