"""The lottery: it follows the published formula, starves no idea, and deals the same card again."""

import random
import threading
import time
from collections import Counter

import pytest

from submissions.debate import lottery
from submissions.debate.lottery import Entry, Pool, Remembered, priority
from submissions.debate.routing import is_for_the_fewest
from submissions.models import Debate


def pool_of(weights: list[float]) -> Pool:
    return Pool.of([Entry(number, weight, 0) for number, weight in enumerate(weights, start=1)])


def first(pool: Pool, lot: str, *, fewest: bool = False) -> int:
    return next(pool.batches(lot, fewest=fewest))[0]


def misfit(drawn_from: Pool, weights: list[float], draws: int) -> float:
    """Chi-square of who is drawn first against ``weights``, in deviations from what it should be.

    Chi-square with f degrees of freedom has the mean f and the variance 2 f.
    """
    drawn = Counter(first(drawn_from, f"somebody {number}") for number in range(draws))
    total = sum(weights)
    chi_square = sum(
        (drawn[number] - draws * weight / total) ** 2 / (draws * weight / total)
        for number, weight in enumerate(weights, start=1)
    )
    freedom = len(weights) - 1
    return float((chi_square - freedom) / (2 * freedom) ** 0.5)


WEIGHTS = {
    "in order": [priority(45, 40, 0, 0), priority(45, 5, 0, 0), priority(0, 0, 0, 0), 1.0, 0.3],
    "drawn": [priority(20, agree, 2, agree / 20) for agree in range(19)] * 8,
}


def test_the_formula_is_the_published_one():
    """Values worked out by hand from the formula of the debate's rules."""
    assert priority(0, 0, 0, 0) == pytest.approx(((1 - 1 / 2) * (1 / 2) * 9) ** 2)
    assert priority(10, 8, 1, 0.5) == pytest.approx(
        ((1 - 2 / 12) * 1.5 * (9 / 12) * (1 + 8 * 2**-2)) ** 2
    )


@pytest.mark.parametrize("weights", WEIGHTS.values(), ids=WEIGHTS.keys())
def test_observed_frequencies_follow_the_weights(weights: list[float]):
    assert misfit(pool_of(weights), weights, 20_000) < 4


@pytest.mark.parametrize("weights", WEIGHTS.values(), ids=WEIGHTS.keys())
def test_equal_weights_would_be_seen(weights: list[float]):
    """Polis once ran sixteen months with every weight equal, and nobody saw it."""
    assert misfit(pool_of([1.0] * len(weights)), weights, 20_000) > 40


@pytest.mark.parametrize("weights", WEIGHTS.values(), ids=WEIGHTS.keys())
def test_what_was_voted_on_leaves_the_others_their_odds(weights: list[float]):
    """To pass over what can't be shown is the lottery without replacement."""
    gone = 1
    drawn: Counter[int] = Counter()
    for number in range(20_000):
        batch = next(pool_of(weights).batches(f"somebody {number}", fewest=False))
        drawn[next(one for one in batch if one != gone)] += 1
    rest = sum(weights[1:])
    for number, weight in enumerate(weights[1:], start=2):
        expected = 20_000 * weight / rest
        assert abs(drawn[number] - expected) < 5 * expected**0.5 + 1


@pytest.mark.parametrize("size", [5, 60, 65, 500])
def test_a_draw_is_always_the_same_and_differs_between_people(size: int):
    pool = pool_of([1.0 + number % 7 for number in range(size)])
    assert len({first(pool, "somebody") for _number in range(3)}) == 1
    assert len({first(pool, f"somebody {number}") for number in range(40)}) > 3


@pytest.mark.parametrize("size", [60, 500])
def test_weights_that_move_a_little_leave_most_cards_where_they_were(size: int):
    dice = random.Random(3)
    weights = [dice.uniform(0.1, 0.9) for _number in range(size)]
    moved = [weight * dice.uniform(0.97, 1.03) for weight in weights]
    before, after = pool_of(weights), pool_of(moved)
    same = sum(first(before, f"p{number}") == first(after, f"p{number}") for number in range(500))
    assert same > 450


def test_the_fewest_are_a_tenth_and_those_who_have_as_few():
    pool = Pool.of([Entry(number, 1.0, number) for number in range(1, 201)])
    drawn = Counter(first(pool, f"p{number}", fewest=True) for number in range(2_000))
    assert set(drawn) == set(range(1, 21))
    assert max(drawn.values()) < 200  # of a hundred each
    level = Pool.of([Entry(number, 1.0, 0) for number in range(1, 201)])
    assert len({first(level, f"p{number}", fewest=True) for number in range(2_000)}) > 190


@pytest.mark.parametrize("size", [0, 1, 4, 64])
def test_a_small_debate_is_put_in_order_whole(size: int):
    batches = list(pool_of([1.0] * size).batches("somebody", fewest=False))
    assert [sorted(batch) for batch in batches] == ([list(range(1, size + 1))] if size else [])


def test_no_idea_is_looked_up_twice():
    batches = list(pool_of([1.0] * 100).batches("somebody", fewest=False))
    tried = [one for batch in batches for one in batch]
    assert len(tried) == len(set(tried)) > 60


@pytest.mark.parametrize(
    ("share", "length", "cards"), [(33, 12, 4), (33, 3, 1), (0, 12, 0), (100, 5, 5), (50, 12, 6)]
)
def test_a_share_of_each_sequence_is_for_the_fewest(share: int, length: int, cards: int):
    debate = Debate(sequence_length=length, fewest_votes_share=share)
    for sequence in range(2):
        votes = range(sequence * length, (sequence + 1) * length)
        assert sum(is_for_the_fewest(debate, cast) for cast in votes) == cards


# --- No idea starves ----------------------------------------------------------------------------

VOTES_AN_IDEA = 50
SEQUENCE = 12


def simulate(size: int, *, share: int, votes_between_recounts: int) -> list[int]:
    """Votes of each idea once there are 50 an idea: people who vote on one sequence each.

    Ideas please more or less; tallies and pool are as late as on the site.
    """
    dice = random.Random(size)
    debate = Debate(sequence_length=SEQUENCE, fewest_votes_share=share)
    pleases = [dice.betavariate(2, 2) for _number in range(size)]
    agree, neutral, seen = [0] * size, [0] * size, [0] * size
    total, person = 0, 0
    pool = Pool.of([])
    counted = -votes_between_recounts
    while total < VOTES_AN_IDEA * size:
        person += 1
        own: set[int] = set()
        for cast in range(min(SEQUENCE, size)):
            if total - counted >= votes_between_recounts:
                weights = [priority(seen[one], agree[one], neutral[one], 0) for one in range(size)]
                pool = Pool.of([Entry(one, weights[one], seen[one]) for one in range(size)])
                counted = total
            batches = pool.batches(f"{person}:{cast}", fewest=is_for_the_fewest(debate, cast))
            shown = next(one for batch in batches for one in batch if one not in own)
            own.add(shown)
            seen[shown] += 1
            total += 1
            if dice.random() < 0.15:
                neutral[shown] += 1
            elif dice.random() < pleases[shown]:
                agree[shown] += 1
    return seen


@pytest.mark.parametrize("size", [12, 100, 500])
def test_no_idea_has_fewer_than_ten_votes_once_there_are_fifty_an_idea(size: int):
    seen = simulate(size, share=33, votes_between_recounts=140)  # fourteen seconds at ten a second
    assert min(seen) >= 10
    assert max(seen) > 55 or size == SEQUENCE  # and it is no equal share for all


def test_it_is_the_share_for_the_fewest_that_feeds_the_last():
    assert min(simulate(500, share=0, votes_between_recounts=140)) < 20


def test_many_who_find_nothing_remembered_wait_for_one_reading(monkeypatch):
    readings = []

    def read(*_arguments: object) -> list[Entry]:
        readings.append(1)
        time.sleep(0.2)
        return [Entry(1, 1.0, 0)]

    monkeypatch.setattr(lottery, "entries_of", read)
    remembered, found = Remembered(), []
    ask = [
        threading.Thread(target=lambda: found.append(remembered.pool(Debate(pk=1), ("en",))))
        for _one in range(4)
    ]
    for one in ask:
        one.start()
    for one in ask:
        one.join()
    assert len(found) == 4
    assert len(readings) == 1
