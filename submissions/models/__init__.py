"""Fields and invariants of what people send. Reads are in querysets, writes in services."""

from submissions.models.consultation import Consultation, Phase
from submissions.models.contribution import (
    Answer,
    AnswerChoice,
    ContactDetails,
    Contribution,
    RespondentType,
)
from submissions.models.debate import Debate, DebateLabel
from submissions.models.decision import Decision, DecisionKind, RefusalReason
from submissions.models.form_block import FormBlock, FormBlockLabel, open_condition
from submissions.models.idea import Idea, IdeaStatus, IdeaText, TextOrigin
from submissions.models.participant import Consent, Participant
from submissions.models.questionnaire import (
    WITH_CHOICES,
    Choice,
    ChoiceLabel,
    Question,
    QuestionKind,
    Questionnaire,
    QuestionnaireLabel,
    QuestionWording,
)
from submissions.models.tally import Tally
from submissions.models.vote import Vote, VoteChoice, VoteEvent, VoteEventKind

__all__ = [
    "WITH_CHOICES",
    "Answer",
    "AnswerChoice",
    "Choice",
    "ChoiceLabel",
    "Consent",
    "Consultation",
    "ContactDetails",
    "Contribution",
    "Debate",
    "DebateLabel",
    "Decision",
    "DecisionKind",
    "FormBlock",
    "FormBlockLabel",
    "Idea",
    "IdeaStatus",
    "IdeaText",
    "Participant",
    "Phase",
    "Question",
    "QuestionKind",
    "QuestionWording",
    "Questionnaire",
    "QuestionnaireLabel",
    "RefusalReason",
    "RespondentType",
    "Tally",
    "TextOrigin",
    "Vote",
    "VoteChoice",
    "VoteEvent",
    "VoteEventKind",
    "open_condition",
]
