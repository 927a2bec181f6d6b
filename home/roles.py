"""Who may do what: groups with permissions, made by a command and kept exact.

A role holds what is listed here and nothing else: running ``manage.py prepare_site`` again takes
away what was added by hand. What it may do with submissions, it may on one site
(``GroupSitePermission``), and with pages below that site's home pages. Each site has groups of its
own: the default one's bear plain names, those of a further one its address as well.

Editors write in every tree, and submit what they wrote. Publishers, translators and moderators are
one group a language: the first two on that language's tree (translators for ideas into it, too),
the last for ideas written in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Model
from django.utils import translation
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    GroupSitePermission,
    Page,
    Site,
)

from submissions.models import ModeratedLanguage, TranslatedLanguage

ADMIN = "wagtailadmin.access_admin"
SUBMIT = "wagtail_localize.submit_translation"  # which pages, the guards of translations ask
GLOSSARY = ("core.add_term", "core.change_term", "core.delete_term")

EDITORS = "Editors"
ORGANISERS = "Organisers"
REVIEWERS = "Reviewers"
# Once the moderators of every language. Wagtail makes a group of that name in a new database, too.
MODERATORS_OF_ALL = "Moderators"

# What a contribution is read with: it is shared out, read, coded, and noted on.
READING = (
    "submissions.view_contribution",
    "submissions.change_reading",
    "submissions.add_passage",
    "submissions.add_note",
)


def publishers_of(language_name: str) -> str:
    """The name of the publishers' group of a language: ``Publishers: French``."""
    return f"Publishers: {language_name}"


def translators_of(language_name: str) -> str:
    """The name of the translators' group of a language: ``Translators: French``."""
    return f"Translators: {language_name}"


def moderators_of(language_name: str) -> str:
    """The name of the moderators' group of a language: ``Moderators: French``."""
    return f"Moderators: {language_name}"


@dataclass(frozen=True)
class Role:
    """One group: permissions everywhere, on the site, on its pages, and on the library."""

    name: str
    permissions: tuple[str, ...] = (ADMIN,)
    on_site: tuple[str, ...] = ()
    on_pages: tuple[str, ...] = ()
    on_library: tuple[str, ...] = ()
    language: str | None = None  # page permissions on this language's tree only; None: each tree
    moderates: str | None = None  # ideas written in this language
    translates: str | None = None  # published ideas into this language


def roles() -> list[Role]:
    """Every role of a site; publishers, translators and moderators are one for each language."""
    publishers = [
        Role(
            publishers_of(name),
            permissions=(ADMIN, *GLOSSARY),
            on_pages=("change_page", "publish_page", "lock_page", "unlock_page"),
            on_library=("wagtailimages.choose_image", "wagtaildocs.choose_document"),
            language=code,
        )
        for code, name in languages_in_english()
    ]
    translators = [
        Role(
            translators_of(name),
            permissions=(ADMIN, SUBMIT, *GLOSSARY),
            on_site=("submissions.translate_idea",),
            on_pages=("change_page",),
            on_library=("wagtailimages.choose_image", "wagtaildocs.choose_document"),
            language=code,
            translates=code,
        )
        for code, name in languages_in_english()
    ]
    moderators = [
        Role(moderators_of(name), on_site=("submissions.moderate_idea",), moderates=code)
        for code, name in languages_in_english()
    ]
    return [
        Role(
            EDITORS,
            permissions=(ADMIN, SUBMIT, *GLOSSARY),
            on_site=(
                "submissions.view_debate",
                "submissions.change_debate",
                "submissions.open_debate",
                "submissions.view_questionnaire",
                "submissions.change_questionnaire",
                "submissions.open_questionnaire",
                "submissions.view_question",
                "submissions.change_question",
            ),
            on_pages=("add_page", "change_page"),
            on_library=(
                "wagtailimages.add_image",
                "wagtailimages.change_image",
                "wagtailimages.choose_image",
                "wagtaildocs.add_document",
                "wagtaildocs.change_document",
                "wagtaildocs.choose_document",
            ),
        ),
        *publishers,
        *translators,
        *moderators,
        # They take words out and show it to the author; organisers publish.
        Role(REVIEWERS, on_site=(*READING, "submissions.add_redaction")),
        Role(
            ORGANISERS,
            on_site=(
                *READING,
                "submissions.change_scheme",
                "submissions.add_redaction",
                "submissions.publish_contribution",
                "submissions.change_consultation",
                "submissions.open_consultation",
                "submissions.view_debate",
                "submissions.open_debate",
                "submissions.view_questionnaire",
                "submissions.open_questionnaire",
                "submissions.view_contactdetails",
                "submissions.export_contribution",
                "submissions.view_mail",
                "submissions.judge_participant",
            ),
        ),
    ]


def languages_in_english() -> list[tuple[str, str]]:
    """Each language by its code, and the name by which groups are called."""
    with translation.override("en"):
        return [(code, str(name)) for code, name in settings.LANGUAGES]


def group_name(role: str, site: Site) -> str:
    """The group of a role on ``site``: the default one's bear the role's name and nothing else."""
    return role if site.is_default_site else f"{role} ({site.hostname}:{site.port})"


# The tables that say what a group holds, and what a row of each says besides the group.
HELD_IN: dict[type[Model], tuple[str, ...]] = {
    Group.permissions.through: ("permission_id",),
    GroupSitePermission: ("site_id", "permission_id"),
    GroupPagePermission: ("page_id", "permission_id"),
    GroupCollectionPermission: ("collection_id", "permission_id"),
    ModeratedLanguage: ("language",),
    TranslatedLanguage: ("language",),
}
Rows = list[tuple[type[Model], tuple[Any, ...]]]


@transaction.atomic
def grant_roles() -> list[str]:
    """Make every role of every site hold exactly what is listed; return the names of the groups.

    Wagtail's own two groups, which may publish anywhere, are made ours by their names. Raises
    ``Permission.DoesNotExist`` for a permission that is listed and does not exist.
    """
    own, permissions = roles(), _permissions()
    wanted: dict[str, Rows] = {}
    for site in Site.objects.select_related("root_page").order_by("-is_default_site", "pk"):
        pages, library = homes(site, None), _library_of(site)
        for role in own:
            wanted[group_name(role.name, site)] = [
                *_everywhere(role, permissions),
                *_on_site(role, site, permissions),
                *_on_pages(role, pages, permissions),
                *_on_library(role, library, permissions),
            ]
    Group.objects.bulk_create([Group(name=name) for name in wanted], ignore_conflicts=True)
    _hold_exactly(wanted)
    _part_moderators([role.name for role in own if role.moderates])
    return list(wanted)


def _permissions() -> dict[str, int]:
    """The key of each permission by its name with dots."""
    every = Permission.objects.values_list("content_type__app_label", "codename", "pk")
    return {f"{app}.{codename}": key for app, codename, key in every}


def _keys(dotted: Iterable[str], permissions: dict[str, int]) -> list[int]:
    names = list(dotted)
    if missing := [name for name in names if name not in permissions]:
        raise Permission.DoesNotExist(", ".join(missing))
    return [permissions[name] for name in names]


def _everywhere(role: Role, permissions: dict[str, int]) -> Rows:
    """Permissions that hold anywhere; the languages of ideas, too."""
    table = Group.permissions.through
    rows: Rows = [(table, (key,)) for key in _keys(role.permissions, permissions)]
    if role.moderates:
        rows.append((ModeratedLanguage, (role.moderates,)))
    if role.translates:
        rows.append((TranslatedLanguage, (role.translates,)))
    return rows


def _on_site(role: Role, site: Site, permissions: dict[str, int]) -> Rows:
    """Permissions on this site's consultation, and on no other's."""
    keys = _keys(role.on_site, permissions)
    return [(GroupSitePermission, (site.pk, key)) for key in keys]


def _on_pages(role: Role, pages: list[Page], permissions: dict[str, int]) -> Rows:
    """Permissions on the home page of each language of the role."""
    keys = _keys((f"wagtailcore.{name}" for name in role.on_pages), permissions)
    own = [page for page in pages if role.language in {None, page.locale.language_code}]
    return [(GroupPagePermission, (page.pk, key)) for page in own for key in keys]


def _on_library(role: Role, library: Collection, permissions: dict[str, int]) -> Rows:
    """Permissions on pictures and documents, in the site's part of the library."""
    keys = _keys(role.on_library, permissions)
    return [(GroupCollectionPermission, (library.pk, key)) for key in keys]


def _hold_exactly(wanted: dict[str, Rows]) -> None:
    """Groups by these names hold these rows and no others."""
    groups = dict(Group.objects.filter(name__in=wanted).values_list("name", "pk"))
    for table, columns in HELD_IN.items():
        rows = {
            (groups[name], *row): None  # in order, each once
            for name, every in wanted.items()
            for of_table, row in every
            if of_table is table
        }
        manager = table._default_manager
        stand = manager.filter(group__in=groups.values())
        held = {tuple(row): key for key, *row in stand.values_list("pk", "group_id", *columns)}
        if gone := [key for row, key in held.items() if row not in rows]:
            manager.filter(pk__in=gone).delete()
        manager.bulk_create(
            table(**dict(zip(("group_id", *columns), row, strict=True)))
            for row in rows
            if row not in held
        )


def homes(site: Site, language: str | None) -> list[Page]:
    """The home pages of ``site``: all its languages, or one."""
    pages = site.root_page.get_translations(inclusive=True).select_related("locale")
    return [page for page in pages if language in {None, page.locale.language_code}]


def _library_of(site: Site) -> Collection:
    """The whole library for the default site; for a further one a collection of its own in it."""
    root: Collection = Collection.get_first_root_node()
    if site.is_default_site:
        return root
    name = f"{site.hostname}:{site.port}"
    found: Collection | None = root.get_children().filter(name=name).first()
    return found or root.add_child(name=name)


def _part_moderators(names: list[str]) -> None:
    """Who moderated every language goes on doing so, in each language's group; theirs goes."""
    whole = Group.objects.filter(name=MODERATORS_OF_ALL).first()
    if whole is None:
        return
    for group in Group.objects.filter(name__in=names):
        group.user_set.add(*whole.user_set.all())
    whole.delete()
