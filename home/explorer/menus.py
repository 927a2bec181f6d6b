"""What the menus of a list's rows ask, looked up for all of them at once."""

from collections.abc import Collection
from typing import Any

from wagtail.models import Page

from core.page_rights import look_below
from core.translating import offered


class MenusMixin:
    """A list of pages whose number of queries doesn't grow with its rows."""

    request: Any

    def get_table(self, object_list: Any) -> Any:
        """The rows are those that ``object_list`` keeps: walking it fetches them once."""
        pages = list(object_list)
        offered.look_up(pages, self.request.user)
        look_below(pages)
        _share_tasks(pages)
        return super().get_table(object_list)  # type: ignore[misc]


def _share_tasks(pages: Collection[Page]) -> None:
    """Pages that wait for the same step of a workflow ask one task what kind it is."""
    tasks: dict[int, Any] = {}
    for page in pages:
        for state in page._current_workflow_states:
            if (step := state.current_task_state) is not None:
                step.task = tasks.setdefault(step.task_id, step.task)
