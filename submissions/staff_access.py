"""On which consultations a member of staff holds a permission of the submissions.

A permission that an account or one of its groups has as Django's holds for every consultation; one
that a group has on a site (Wagtail's ``GroupSitePermission``, as the roles of ``home.roles`` do),
for that site's. Every list and every address of a desk asks here.
"""

from collections import defaultdict
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from wagtail.models import GroupSitePermission

from submissions.models import Consultation

_KEPT = "_sites_by_permission"
_BACKEND = "django.contrib.auth.backends.ModelBackend"


def sites_of(user: Any, permission: str) -> frozenset[int]:
    """The sites on which a group of ``user`` holds ``permission``, those of everywhere apart.

    One query a request: the account of a request keeps what was read for it.
    """
    if not (user.is_authenticated and user.is_active):
        return frozenset()
    if not hasattr(user, _KEPT):
        held: dict[str, set[int]] = defaultdict(set)
        rows = GroupSitePermission.objects.filter(group__user=user).values_list(
            "permission__content_type__app_label", "permission__codename", "site"
        )
        for app_label, codename, site in rows:
            held[f"{app_label}.{codename}"].add(site)
        setattr(user, _KEPT, held)
    return frozenset(getattr(user, _KEPT).get(permission, ()))


def on_their_site(permission: str, site: Any) -> Q:
    """Of rows that belong to a group: those whose group holds ``permission`` on ``site``."""
    app_label, codename = permission.split(".")
    return Q(
        group__site_permissions__site=site,
        group__site_permissions__permission__codename=codename,
        group__site_permissions__permission__content_type__app_label=app_label,
    )


def consultations_of(user: Any, permission: str) -> QuerySet[Consultation]:
    """Those on which ``user`` holds ``permission``."""
    if user.has_perm(permission):
        return Consultation.objects.all()
    return Consultation.objects.filter(site__in=sites_of(user, permission))


def may(user: Any, permission: str, consultation: Consultation | int | None = None) -> bool:
    """Whether ``user`` holds ``permission`` on ``consultation``; None: on any."""
    if user.has_perm(permission):
        return True
    own = sites_of(user, permission)
    if consultation is None or not own:
        return bool(own)
    if isinstance(consultation, Consultation):
        return consultation.site_id in own
    return Consultation.objects.filter(pk=consultation, site__in=own).exists()


def holders_of(permission: str, consultation: Consultation | int) -> QuerySet[User]:
    """Active accounts that hold ``permission`` on ``consultation``; administrators are left out."""
    pk = consultation if isinstance(consultation, int) else consultation.pk
    app_label, codename = permission.split(".")
    named = {"codename": codename, "content_type__app_label": app_label}
    holds = (
        Q(**{f"user_permissions__{key}": value for key, value in named.items()})
        | Q(**{f"groups__permissions__{key}": value for key, value in named.items()})
        | Q(
            groups__site_permissions__site__consultation=pk,
            **{f"groups__site_permissions__permission__{key}": v for key, v in named.items()},
        )
    )
    found = User.objects.filter(is_active=True, is_superuser=False).filter(holds).values("pk")
    return User.objects.filter(pk__in=found)


def holders_in(rows: QuerySet[Any], permission: str, consultation: Consultation) -> QuerySet[User]:
    """Of ``holders_of``: those whose group does there what ``rows`` of groups say.

    The group holds ``permission`` on that site; a language of another site's group counts for who
    holds it everywhere alone.
    """
    everywhere = User.objects.with_perm(permission, include_superusers=False, backend=_BACKEND)
    of_the_site = rows.filter(on_their_site(permission, consultation.site_id))
    named = Q(groups__in=of_the_site.values("group")) | Q(
        groups__in=rows.values("group"), pk__in=everywhere.values("pk")
    )
    return User.objects.filter(named, is_active=True, is_superuser=False).distinct()
