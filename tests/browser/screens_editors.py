"""Screens of questionnaires on paper."""

from tests.browser.screens import SCREENS, at

SCREENS |= {
    "questionnaire: on paper": at("submissions:questionnaire_print", "questionnaire"),
}
