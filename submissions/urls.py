"""Public addresses of debates, ideas and questionnaires, in each language's words."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from submissions.calendar_file import calendar_file
from submissions.contributions import views as contributions
from submissions.debate import views as debate
from submissions.idea_translations.reporting import report_translation
from submissions.moderation.register import views as register

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
        contributions.fill_in,
        name="questionnaire",
    ),
    path(pgettext_lazy("url", "calendar.ics"), calendar_file, name="calendar"),
    path(pgettext_lazy("url", "contributions/received/"), contributions.received, name="received"),
    path(pgettext_lazy("url", "moderation/"), register.register, name="register"),
    path(
        pgettext_lazy("url", "moderation/decisions.csv"),
        register.decisions,
        name="register_decisions",
    ),
]
