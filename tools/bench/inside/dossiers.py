"""Contributions of many words to a questionnaire of ten questions: for the bench of exports."""

import json
import random
import uuid

from submissions.contributions.exports.formats import FORMATS
from submissions.models import (
    Answer,
    AnswerChoice,
    Choice,
    ChoiceLabel,
    Consultation,
    ContactDetails,
    Contribution,
    Question,
    Questionnaire,
    QuestionnaireLabel,
    QuestionWording,
)

KINDS = [*["long_text"] * 5, "short_text", "short_text", "one_choice", "several_choices", "scale"]
WORDS = [
    *("ville", "école", "modèle", "donnée", "open", "public", "health", "river", "climate", "être"),
    *("the", "of", "une", "des", "pour", "with", "citizen", "forêt", "algorithme", "research"),
    *("l’eau", "ouverture", "partage", "training", "night", "œuvre", "naïve", "cost", "où", "law"),
]
AT_ONCE = 500
PARAGRAPHS, WORDS_OF_ONE = 400, 100


def main(wanted: int, words: int) -> None:
    """Have ``wanted`` contributions of ``words`` words; print the formats there are."""
    chance = random.Random(2025)  # noqa: S311 (no secret)
    consultation = Consultation.objects.order_by("pk")[0]
    questions = _questions(consultation)
    paragraphs = [
        " ".join(chance.choices(WORDS, k=WORDS_OF_ONE)) + "." for _number in range(PARAGRAPHS)
    ]
    texts = sum(question.kind == "long_text" for question in questions)
    for begun in range(0, wanted, AT_ONCE):
        made = Contribution.objects.bulk_create(
            Contribution(
                consultation=consultation,
                language=chance.choice(["en", "fr"]),
                respondent_type="academic",
                name="Camille Noël",
                organisation="Institut d’étude",
                country="FR",
            )
            for _number in range(min(AT_ONCE, wanted - begun))
        )
        ContactDetails.objects.bulk_create(
            ContactDetails(contribution=one, email=f"bench-{one.pk}@example.org") for one in made
        )
        answers = Answer.objects.bulk_create(
            _answer(one, question, paragraphs, words // WORDS_OF_ONE // texts, chance)
            for one in made
            for question in questions
        )
        AnswerChoice.objects.bulk_create(
            AnswerChoice(answer=answer, choice=chance.choice(answer.question.choices.all()))
            for answer in answers
            if answer.question.kind in {"one_choice", "several_choices"}
        )
    print(json.dumps(list(FORMATS)))


def _answer(
    one: Contribution,
    question: Question,
    paragraphs: list[str],
    many: int,
    chance: random.Random,
) -> Answer:
    answer = Answer(contribution=one, question=question, version=1, language=one.language)
    if question.kind == "long_text":
        answer.text = "\n\n".join(chance.choices(paragraphs, k=many))
    elif question.kind == "short_text":
        answer.text = chance.choice(WORDS)
    elif question.kind == "scale":
        answer.number = chance.randint(1, 5)
    return answer


def _questions(consultation: Consultation) -> list[Question]:
    questionnaire = Questionnaire.objects.create(
        consultation=consultation, translation_key=uuid.uuid4(), block_id=uuid.uuid4()
    )
    for language in ("en", "fr"):
        QuestionnaireLabel.objects.create(
            questionnaire=questionnaire, language=language, page_title="Bench"
        )
    for place, kind in enumerate(KINDS):
        question = Question.objects.create(
            questionnaire=questionnaire, block_id=uuid.uuid4(), kind=kind, position=place
        )
        for language in ("en", "fr"):
            QuestionWording.objects.create(
                question=question, version=1, language=language, label=f"Question {place}"
            )
        for number in range(5 if "choice" in kind else 0):
            choice = Choice.objects.create(question=question, item_id=uuid.uuid4(), position=number)
            for language in ("en", "fr"):
                ChoiceLabel.objects.create(
                    choice=choice, language=language, text=f"Choice {number}"
                )
    return list(questionnaire.questions.with_words())
