"""Who may do what: groups with permissions, made by a command and kept exact.

A role holds what is listed here and nothing else: running ``manage.py prepare_site`` again takes
away what was added by hand. Translators are one group a language, on that language's tree only.
"""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils import translation
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page, Site

ADMIN = "wagtailadmin.access_admin"

EDITORS = "Editors"
MODERATORS = "Moderators"
ORGANISERS = "Organisers"


def translators_of(language_name: str) -> str:
    """The name of the translators' group of a language: ``Translators: French``."""
    return f"Translators: {language_name}"


@dataclass(frozen=True)
class Role:
    """One group: permissions on models, on pages of some trees, and on the library."""

    name: str
    permissions: tuple[str, ...]
    on_pages: tuple[str, ...] = ()
    on_library: tuple[str, ...] = ()
    language: str | None = None  # page permissions on this language's tree only; None: every tree


def roles() -> list[Role]:
    """Every role of the site; one of translators for each language."""
    translators = [
        Role(
            translators_of(str(name)),
            permissions=(ADMIN, "wagtail_localize.submit_translation"),
            on_pages=("change_page",),
            on_library=("choose_image", "choose_document"),
            language=code,
        )
        for code, name in _languages_in_english()
    ]
    return [
        Role(
            EDITORS,
            permissions=(
                ADMIN,
                "wagtail_localize.submit_translation",
                "submissions.view_debate",
                "submissions.change_debate",
                "submissions.open_debate",
                "submissions.view_questionnaire",
                "submissions.change_questionnaire",
                "submissions.open_questionnaire",
                "submissions.view_question",
                "submissions.change_question",
            ),
            on_pages=("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
            on_library=(
                "add_image",
                "change_image",
                "choose_image",
                "add_document",
                "change_document",
                "choose_document",
            ),
        ),
        *translators,
        Role(MODERATORS, permissions=(ADMIN, "submissions.moderate_idea")),
        Role(
            ORGANISERS,
            permissions=(
                ADMIN,
                "submissions.change_consultation",
                "submissions.view_debate",
                "submissions.open_debate",
                "submissions.view_questionnaire",
                "submissions.open_questionnaire",
                "submissions.view_contribution",
                "submissions.view_contactdetails",
                "submissions.export_contribution",
            ),
        ),
    ]


def _languages_in_english() -> list[tuple[str, str]]:
    with translation.override("en"):
        return [(code, str(name)) for code, name in settings.LANGUAGES]


@transaction.atomic
def grant_roles() -> list[str]:
    """Make every role hold exactly what is listed; return the names of the groups.

    Wagtail's own two groups, which may publish anywhere, are made ours by their names. Raises
    ``Permission.DoesNotExist`` for a permission that is listed and does not exist.
    """
    own = roles()
    for role in own:
        group, _created = Group.objects.get_or_create(name=role.name)
        group.permissions.set([_permission(dotted) for dotted in role.permissions])
        _grant_pages(group, role)
        _grant_library(group, role)
    return [role.name for role in own]


def _permission(dotted: str) -> Permission:
    app_label, codename = dotted.split(".")
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)


def _grant_pages(group: Group, role: Role) -> None:
    """Exactly these permissions, on the home page of each language of the role on every site."""
    wanted = {
        (page.pk, permission.pk)
        for page in _homes(role.language)
        for permission in Permission.objects.filter(
            content_type__app_label="wagtailcore",
            content_type__model="page",
            codename__in=role.on_pages,
        )
    }
    held = {
        (g.page_id, g.permission_id): g for g in GroupPagePermission.objects.filter(group=group)
    }
    for key in held.keys() - wanted:
        held[key].delete()
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=group, page_id=page, permission_id=permission)
        for page, permission in wanted - held.keys()
    )


def _homes(language: str | None) -> list[Page]:
    """The home pages of every site: all their languages, or one."""
    homes: list[Page] = []
    for site in Site.objects.select_related("root_page"):
        pages = site.root_page.get_translations(inclusive=True).select_related("locale")
        homes.extend(p for p in pages if language in {None, p.locale.language_code})
    return homes


def _grant_library(group: Group, role: Role) -> None:
    """Exactly these permissions on pictures and documents, in the whole library."""
    root = Collection.get_first_root_node()
    wanted = set(
        Permission.objects.filter(
            content_type__app_label__in=("wagtailimages", "wagtaildocs"),
            codename__in=role.on_library,
        ).values_list("pk", flat=True)
    )
    GroupCollectionPermission.objects.filter(group=group).exclude(
        permission__in=wanted, collection=root
    ).delete()
    for permission in wanted:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root, permission_id=permission
        )
