"""Public addresses of debates, ideas and questionnaires, in each language's words."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from submissions.calendar_file import calendar_file
from submissions.contributions.drafts import views as filling
from submissions.contributions.files.page import draft_files
from submissions.contributions.files.serving import own_file, published_file
from submissions.contributions.library import views as library
from submissions.contributions.own import authors as writing
from submissions.contributions.own import checking, linked, sent
from submissions.contributions.publishing import preview
from submissions.debate import views as debate
from submissions.idea_translations.reporting import report_translation
from submissions.moderation.register import views as register
from submissions.questionnaires.printing import questionnaire_print

app_name = "submissions"

urlpatterns = [
    # First what is sent most: each address is tried in turn.
    path(pgettext_lazy("url", "ideas/<int:idea_id>/vote/"), debate.cast, name="cast"),
    path(pgettext_lazy("url", "ideas/<int:idea_id>/undo/"), debate.undo, name="undo"),
    path(pgettext_lazy("url", "ideas/<int:idea_id>/qualify/"), debate.qualify, name="qualify"),
    path(pgettext_lazy("url", "debates/<int:debate_id>/ideas/"), debate.ideas, name="ideas"),
    path(pgettext_lazy("url", "debates/<int:debate_id>/write/"), debate.write, name="write"),
    path(pgettext_lazy("url", "debates/<int:debate_id>/written/"), debate.written, name="written"),
    path(pgettext_lazy("url", "debates/<int:debate_id>/start/"), debate.start, name="start"),
    path(pgettext_lazy("url", "debates/<int:debate_id>/vote/"), debate.vote, name="vote"),
    path(
        pgettext_lazy("url", "debates/<int:debate_id>/languages/"),
        debate.languages,
        name="languages",
    ),
    path(pgettext_lazy("url", "my-participation/"), debate.participation, name="participation"),
    path(pgettext_lazy("url", "my-participation/data.json"), debate.own_data, name="own_data"),
    path(pgettext_lazy("url", "my-participation/votes/"), debate.own_votes, name="own_votes"),
    path(
        pgettext_lazy("url", "my-participation/languages/"),
        debate.own_languages,
        name="own_languages",
    ),
    path(pgettext_lazy("url", "my-participation/erase/"), debate.erase_all, name="erase"),
    path(pgettext_lazy("url", "my-participation/find/"), debate.come_back, name="come_back"),
    path(pgettext_lazy("url", "link/"), debate.mailed_link, name="mailed_link"),
    path(pgettext_lazy("url", "ideas/<int:idea_id>/confirm/"), debate.confirm, name="confirm"),
    path(pgettext_lazy("url", "ideas/<int:idea_id>/appeal/"), debate.appeal, name="appeal"),
    path(pgettext_lazy("url", "ideas/<int:idea_id>/withdraw/"), debate.withdraw, name="withdraw"),
    path(pgettext_lazy("url", "ideas/<int:idea_id>/"), debate.idea, name="idea"),
    path(
        pgettext_lazy("url", "ideas/<int:idea_id>/report-translation/"),
        report_translation,
        name="report_translation",
    ),
    path(
        pgettext_lazy("url", "share/idea/<int:idea_id>-<slug:version>.png"),
        debate.idea_picture,
        name="idea_picture",
    ),
    path(
        pgettext_lazy("url", "questionnaires/<int:questionnaire_id>/"),
        filling.questionnaire,
        name="questionnaire",
    ),
    path(
        pgettext_lazy("url", "questionnaires/<int:questionnaire_id>/print/"),
        questionnaire_print,
        name="questionnaire_print",
    ),
    path(pgettext_lazy("url", "calendar.ics"), calendar_file, name="calendar"),
    path(pgettext_lazy("url", "library/"), library.library, name="library"),
    path(pgettext_lazy("url", "library/<str:reference>/"), library.publication, name="publication"),
    path(
        pgettext_lazy("url", "library/preview/<int:pk>/"),
        preview.staff_preview,
        name="publication_preview",
    ),
    path(
        pgettext_lazy("url", "drafts/<uuid:draft_id>/preview/"),
        preview.author_preview,
        name="contribution_preview",
    ),
    path(
        pgettext_lazy("url", "library/<str:reference>/cite.<str:form>"),
        library.cite,
        name="publication_cite",
    ),
    path(
        pgettext_lazy("url", "library/<str:reference>/contribution.json"),
        library.data,
        name="publication_data",
    ),
    path(
        pgettext_lazy("url", "library/<str:reference>/contribution.txt"),
        library.text,
        name="publication_text",
    ),
    # Contributions that are written: where they begin, their tasks.
    path(pgettext_lazy("url", "contribute/"), filling.contribute, name="contribute"),
    path(pgettext_lazy("url", "drafts/<uuid:draft_id>/"), filling.task_list, name="draft"),
    path(
        pgettext_lazy("url", "drafts/<uuid:draft_id>/themes/"), filling.themes, name="draft_themes"
    ),
    path(
        pgettext_lazy("url", "drafts/<uuid:draft_id>/<int:questionnaire_id>/<int:section>/"),
        filling.section,
        name="draft_section",
    ),
    path(
        pgettext_lazy("url", "drafts/<uuid:draft_id>/about-you/"), filling.about, name="draft_about"
    ),
    path(
        pgettext_lazy("url", "drafts/<uuid:draft_id>/consents/"),
        filling.consents,
        name="draft_consents",
    ),
    # Their links, authors, sending; what was sent.
    path(pgettext_lazy("url", "drafts/<uuid:draft_id>/leave/"), linked.leave, name="draft_leave"),
    path(
        pgettext_lazy("url", "drafts/<uuid:draft_id>/authors/"),
        writing.authors,
        name="draft_authors",
    ),
    path(pgettext_lazy("url", "drafts/<uuid:draft_id>/files/"), draft_files, name="draft_files"),
    path(
        pgettext_lazy("url", "drafts/<uuid:draft_id>/files/<uuid:attachment_id>/"),
        own_file,
        name="own_file",
    ),
    path(
        pgettext_lazy("url", "library/files/<uuid:attachment_id>/"),
        published_file,
        name="published_file",
    ),
    path(pgettext_lazy("url", "drafts/<uuid:draft_id>/check/"), checking.check, name="draft_check"),
    path(pgettext_lazy("url", "drafts/<uuid:draft_id>/send/"), checking.send, name="draft_send"),
    path(
        pgettext_lazy("url", "my-contributions/<uuid:draft_id>/"),
        sent.contribution,
        name="contribution",
    ),
    path(
        pgettext_lazy("url", "my-contributions/<uuid:draft_id>/receipt/"),
        sent.receipt,
        name="contribution_receipt",
    ),
    path(
        pgettext_lazy("url", "my-contributions/<uuid:draft_id>/change/"),
        sent.change,
        name="contribution_change",
    ),
    path(
        pgettext_lazy("url", "my-contributions/<uuid:draft_id>/withdraw/"),
        sent.withdraw,
        name="contribution_withdraw",
    ),
    path(
        pgettext_lazy("url", "my-contributions/<uuid:draft_id>/data.json"),
        sent.data,
        name="contribution_data",
    ),
    path(
        pgettext_lazy("url", "my-contributions/withdrawn/"),
        sent.withdrawn,
        name="contribution_withdrawn",
    ),
    path(pgettext_lazy("url", "drafts/find/"), linked.find, name="draft_find"),
    path(pgettext_lazy("url", "drafts/link/"), linked.link, name="draft_link"),
    path(pgettext_lazy("url", "moderation/"), register.register, name="register"),
    path(
        pgettext_lazy("url", "moderation/decisions.csv"),
        register.decisions,
        name="register_decisions",
    ),
]
