"""Fields and invariants of what people send. Reads are in querysets, writes in services."""

from submissions.models.address import Address, LinkPurpose, MailedLink
from submissions.models.cluster import Cluster, ClusterKind, ClusterMember
from submissions.models.consultation import Consultation, Phase
from submissions.models.contribution import (
    Answer,
    AnswerChoice,
    ContactDetails,
    Contribution,
    RespondentType,
)
from submissions.models.debate import Debate, DebateLabel
from submissions.models.decision import (
    Appeal,
    Decision,
    DecisionKind,
    ModeratedLanguage,
    Notice,
    Notified,
    RefusalReason,
)
from submissions.models.form_block import FormBlock, FormBlockLabel, open_condition
from submissions.models.idea import Idea, IdeaStatus, IdeaText, SpeaksFor, TextOrigin
from submissions.models.limits import DailyKey, Origin, Rate
from submissions.models.mail import Mail, MailKind, MailStatus
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
from submissions.models.translation import (
    MachineRequest,
    MachineTrouble,
    ReportOutcome,
    TranslatedLanguage,
    TranslationReport,
)
from submissions.models.vote import (
    QUALIFIES,
    Qualification,
    Vote,
    VoteChoice,
    VoteEvent,
    VoteEventKind,
)

__all__ = [
    "QUALIFIES",
    "WITH_CHOICES",
    "Address",
    "Answer",
    "AnswerChoice",
    "Appeal",
    "Choice",
    "ChoiceLabel",
    "Cluster",
    "ClusterKind",
    "ClusterMember",
    "Consent",
    "Consultation",
    "ContactDetails",
    "Contribution",
    "DailyKey",
    "Debate",
    "DebateLabel",
    "Decision",
    "DecisionKind",
    "FormBlock",
    "FormBlockLabel",
    "Idea",
    "IdeaStatus",
    "IdeaText",
    "LinkPurpose",
    "MachineRequest",
    "MachineTrouble",
    "Mail",
    "MailKind",
    "MailStatus",
    "MailedLink",
    "ModeratedLanguage",
    "Notice",
    "Notified",
    "Origin",
    "Participant",
    "Phase",
    "Qualification",
    "Question",
    "QuestionKind",
    "QuestionWording",
    "Questionnaire",
    "QuestionnaireLabel",
    "Rate",
    "RefusalReason",
    "ReportOutcome",
    "RespondentType",
    "SpeaksFor",
    "Tally",
    "TextOrigin",
    "TranslatedLanguage",
    "TranslationReport",
    "Vote",
    "VoteChoice",
    "VoteEvent",
    "VoteEventKind",
    "open_condition",
]
