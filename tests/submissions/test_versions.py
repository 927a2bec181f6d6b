"""What a contribution said is written in one way, and its hash can be computed by anybody."""

import hashlib
import json
from datetime import date
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from submissions.contributions.sent import GivenAnswer, Sent, Tick
from submissions.contributions.services import AlreadyReceivedError, receive
from submissions.contributions.versions import canonical, content_of, sha256_of
from submissions.models import Contribution, ContributionVersion, Reading
from tests.factories import ONE_OF_EACH_KIND
from tests.submissions.sendable import ABOUT, CAMILLE, Sendable, blank, ready

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(db: None) -> Sendable:
    return blank(questions=ONE_OF_EACH_KIND)


def received(dossier: Sendable, *answers: GivenAnswer, **options: Any) -> Contribution:
    said = Sent(
        identity={name: values[0] for name, values in ABOUT.items() if name != "email"},
        email=CAMILLE,
        publication=None,
        answers=answers,
    )
    options.setdefault("form_key", dossier.draft.form_key)
    return receive(dossier.where.consultation, said, language="fr", **options)


def test_it_is_the_same_bytes_whatever_the_order():
    one = {"b": [1, "é"], "a": {"y": None, "x": True}}
    other = {"a": {"x": True, "y": None}, "b": [1, "é"]}
    assert canonical(one) == canonical(other) == '{"a":{"x":true,"y":null},"b":[1,"é"]}'.encode()
    assert sha256_of(one) == hashlib.sha256(canonical(other)).hexdigest()


def test_every_kind_of_answer_is_in_it(dossier: Sendable):
    several = dossier.question("several_choices")
    first, second, third = several.choices.all()
    sent = received(
        dossier,
        GivenAnswer(dossier.question("long_text").pk, 1, text="“Words”"),
        GivenAnswer(dossier.question("scale").pk, 1, number=3, may_publish=False),
        GivenAnswer(
            several.pk,
            1,
            text="other",
            amount=Decimal("12.50"),
            day=date(2026, 11, 23),
            ticks=frozenset({Tick(second.pk, place=1), Tick(first.pk, 2, third.pk)}),
        ),
    )
    answers = {one["question"]: one for one in sent.versions.get().content["answers"]}
    assert answers[several.pk] | {"question": 0, "questionnaire": 0} == {
        "question": 0,
        "questionnaire": 0,
        "kind": "several_choices",
        "version": 1,
        "language": "fr",
        "may_publish": True,
        "text": "other",
        "amount": "12.5",
        "day": "2026-11-23",
        "ticks": [
            {"choice": second.pk, "place": 1},
            {"choice": first.pk, "place": 2, "column": third.pk},
        ],
    }
    assert answers[dossier.question("scale").pk]["may_publish"] is False


def test_an_address_is_never_in_it(dossier: Sendable):
    sent = received(dossier, GivenAnswer(dossier.question("long_text").pk, 1, text="Words"))
    assert CAMILLE not in json.dumps(content_of(sent))


def test_the_hash_kept_is_that_of_what_is_kept(dossier: Sendable):
    received(dossier, GivenAnswer(dossier.question("long_text").pk, 1, text="é\u2028\U0001f600"))
    version = ContributionVersion.objects.get()
    assert version.sha256 == sha256_of(version.content)


def test_the_same_form_key_is_one_version(dossier: Sendable):
    answer = GivenAnswer(dossier.question("long_text").pk, 1, text="Words")
    sent = received(dossier, answer)
    with pytest.raises(AlreadyReceivedError) as again:
        received(dossier, answer, contribution=sent)
    assert again.value.contribution == sent
    assert sent.versions.count() == 1


def test_what_was_received_before_versions_has_its_first_one():
    sent = ready().send()
    written = sent.versions.get().sha256
    ContributionVersion.objects.all().delete()
    Reading.objects.all().delete()
    migration = import_module("submissions.migrations.0020_first_versions")
    migration.give_versions(apps, None)
    migration.give_versions(apps, None)
    version = ContributionVersion.objects.get()
    assert (version.sha256, version.sent_at) == (written, sent.submitted_at)
    assert Reading.objects.get().contribution == sent
