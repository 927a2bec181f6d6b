"""Which page of the guide tells how to do what a screen of the admin is for."""

from django.urls import ResolverMatch

# By the name of a view with its namespace, or its class if it has no name; else by the namespace.
PAGES = {
    "core.translating.guards.GuardedReportView": "follow-translations",
    "core.translating.guards.GuardedSubmitPageTranslationView": "translate-a-page",
    "contributions:code": "code-contributions",
    "contributions:code_edit": "code-contributions",
    "contributions:passage": "code-contributions",
    "contributions:scheme": "code-contributions",
    "contributions:scheme_add": "code-contributions",
    "contributions:scheme_load": "code-contributions",
    "translating:bulk": "send-many-pages",
    "translating:bulk_again": "send-many-pages",
    "translating:file": "use-po-files",
    "translating:po_import": "use-po-files",
    "translating:tree": "send-many-pages",
    "translating:tree_po_import": "use-po-files",
    "wagtailadmin_pages:add": "write-a-theme-page",
    "wagtailadmin_pages:add_subpage": "write-a-theme-page",
    "wagtailadmin_pages:confirm_workflow_cancellation": "submit-and-approve",
    "wagtailadmin_pages:edit": "write-a-theme-page",
    "wagtailadmin_pages:history": "preview-and-publish",
    "wagtailadmin_pages:revisions_compare": "preview-and-publish",
    "wagtailadmin_pages:unpublish": "preview-and-publish",
    "wagtailadmin_pages:workflow_history": "submit-and-approve",
    "wagtailadmin_reports:workflow": "submit-and-approve",
    "wagtailadmin_reports:workflow_tasks": "submit-and-approve",
    "workplace:language": "show-a-language",
    "workplace:languages": "show-a-language",
    "workplace:queue": "follow-translations",
    "workplace:whereabouts": "find-a-text",
    "add_page": "write-a-theme-page",
    "campaigns": "judge-campaigns",
    "contribution_export": "export-contributions",
    "contribution_exports": "export-contributions",
    "contributions": "read-contributions",
    "debates": "add-a-debate",
    "glossary": "keep-the-glossary",
    "idea_translations": "translate-ideas",
    "mail": "follow-the-mail",
    "moderation": "moderate-ideas",
    "opening": "open-the-consultation",
    "publishing": "redact-and-publish",
    "questionnaires": "add-a-questionnaire",
    "questions": "add-a-questionnaire",
    "suspects": "judge-suspicions",
    "translating": "translate-a-page",
    "wagtail_localize": "translate-a-page",
    "wagtailadmin_explore": "write-a-theme-page",
    "wagtailadmin_explore_root": "write-a-theme-page",
    "wagtailadmin_home": "follow-the-consultation",
    "wagtaildocs": "add-a-video",
    "wagtailimages": "add-pictures",
    "wagtailsettings": "open-the-consultation",
    "wagtailsites": "start-a-second-consultation",
    "wagtailusers_groups": "accounts-and-roles",
    "wagtailusers_users": "accounts-and-roles",
    "wordings": "mend-a-wording",
}


def page_for(match: ResolverMatch | None) -> str | None:
    """The name of the page that helps on this screen, if there is one."""
    if match is None:
        return None
    return PAGES.get(match.view_name) or PAGES.get(match.namespace)
