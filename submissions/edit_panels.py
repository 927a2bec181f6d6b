"""What a page's editor sees of its form blocks: state, parity, and where their rules are."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from submissions.models import FormBlock
from submissions.registry import Difference, differences, form_blocks, rows_of


@dataclass(frozen=True)
class FormBlockState:
    """One form block of the page, as it stands since the last publication."""

    row: FormBlock
    differences: list[Difference]


class FormBlocksPanel(Panel):
    """Debates and questionnaires of the page: open or not and why, and what translations lack."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("Debates and questionnaires"))
        kwargs.setdefault("help_text", _("Whether they are open, and what translations lack."))
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        """The panel for one page."""

        template_name = "submissions/admin/form_blocks_panel.html"

        def is_shown(self) -> bool:
            """Once the page has been saved: before, there is nothing to tell."""
            return bool(self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """``states`` of registered blocks; ``unregistered``: how many live ones have no row."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            rows = rows_of(self.instance)
            context["states"] = [
                FormBlockState(row, [] if row.retired_at else differences(row))
                for row in rows.values()
            ]
            placed = list(form_blocks(self.instance)) if self.instance.live else []
            context["unregistered"] = sum(str(block.block_id) not in rows for block in placed)
            return context
