"""Who may do what: groups with permissions, made by a command and kept exact.

A role holds what is listed here and nothing else: running ``manage.py prepare_site`` again takes
away what was added by hand. Translators and moderators are one group a language: the former on that
language's tree and for ideas into it, the latter for ideas written in it.
"""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils import translation
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page, Site

from submissions.models import ModeratedLanguage, TranslatedLanguage

ADMIN = "wagtailadmin.access_admin"

EDITORS = "Editors"
ORGANISERS = "Organisers"
# Once the moderators of every language. Wagtail makes a group of that name in a new database, too.
MODERATORS_OF_ALL = "Moderators"


def translators_of(language_name: str) -> str:
    """The name of the translators' group of a language: ``Translators: French``."""
    return f"Translators: {language_name}"


def moderators_of(language_name: str) -> str:
    """The name of the moderators' group of a language: ``Moderators: French``."""
    return f"Moderators: {language_name}"


@dataclass(frozen=True)
class Role:
    """One group: permissions on models, on pages of some trees, and on the library."""

    name: str
    permissions: tuple[str, ...]
    on_pages: tuple[str, ...] = ()
    on_library: tuple[str, ...] = ()
    language: str | None = None  # page permissions on this language's tree only; None: every tree
    moderates: str | None = None  # ideas written in this language
    translates: str | None = None  # published ideas into this language


def roles() -> list[Role]:
    """Every role of the site; one of translators and one of moderators for each language."""
    translators = [
        Role(
            translators_of(str(name)),
            permissions=(
                ADMIN,
                "wagtail_localize.submit_translation",
                "submissions.translate_idea",
            ),
            on_pages=("change_page",),
            on_library=("choose_image", "choose_document"),
            language=code,
            translates=code,
        )
        for code, name in _languages_in_english()
    ]
    moderators = [
        Role(moderators_of(name), permissions=(ADMIN, "submissions.moderate_idea"), moderates=code)
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
        *moderators,
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
                "submissions.view_mail",
                "submissions.judge_participant",
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
        _grant_languages(group, role)
    _part_moderators([role.name for role in own if role.moderates])
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


def _grant_languages(group: Group, role: Role) -> None:
    """Exactly the ideas of this language, and those into that one; or none."""
    group.moderated_languages.exclude(language=role.moderates or "").delete()
    if role.moderates:
        ModeratedLanguage.objects.get_or_create(group=group, language=role.moderates)
    group.translated_languages.exclude(language=role.translates or "").delete()
    if role.translates:
        TranslatedLanguage.objects.get_or_create(group=group, language=role.translates)


def _part_moderators(names: list[str]) -> None:
    """Who moderated every language goes on doing so, in each language's group; theirs goes."""
    whole = Group.objects.filter(name=MODERATORS_OF_ALL).first()
    if whole is None:
        return
    for group in Group.objects.filter(name__in=names):
        group.user_set.add(*whole.user_set.all())
    whole.delete()
