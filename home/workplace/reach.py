"""Where a member of staff can do something about what is missing: nobody is led to a refusal."""

from functools import cached_property
from typing import Any

from wagtail.models import GroupPagePermission, Page

from core.models import InterfaceWording
from home.roles import SUBMIT
from home.workplace.standing import Behind
from submissions.idea_translations.access import languages_into as ideas_into
from submissions.models import Consultation
from submissions.staff_access import may

CHANGE = "change_page"


class Reach:
    """Of one account: which pages, ideas and wordings it may change. Two queries."""

    def __init__(self, user: Any) -> None:
        self.user = user

    @cached_property
    def trees(self) -> list[str]:
        """The paths below which pages may be changed."""
        if self.user.is_superuser:
            return [""]
        held = GroupPagePermission.objects.filter(
            group__user=self.user, permission__codename=CHANGE
        )
        return list(held.values_list("page__path", flat=True).distinct())

    def page(self, page: Page) -> bool:
        """Whether the words of ``page`` may be changed."""
        return page.path.startswith(tuple(self.trees))

    def behind(self, one: Behind) -> bool:
        """Whether something may be done where ``one`` leads to."""
        if one.target is not None:
            return self.page(one.target)
        return one.below is not None and self.page(one.below) and self.user.has_perm(SUBMIT)

    @cached_property
    def accounts(self) -> bool:
        """Whether people may be named: accounts, and the groups that they are in."""
        return bool(self.user.has_perm("auth.change_user"))

    def holds(self, permission: str, consultation: Consultation) -> bool:
        """Whether a permission of the submissions is held on ``consultation``."""
        return may(self.user, permission, consultation)

    @cached_property
    def ideas(self) -> frozenset[str]:
        """The languages into which ideas may be translated."""
        return frozenset(code for code, _name in ideas_into(self.user))

    @cached_property
    def wordings(self) -> bool:
        """Whether words of the interface may be mended."""
        model = InterfaceWording._meta
        return bool(self.user.has_perm(f"{model.app_label}.change_{model.model_name}"))
