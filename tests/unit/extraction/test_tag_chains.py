"""From scores to spans: the best legal chain of tags, and what it spells."""

from itertools import product

import numpy as np
import pytest

from communique.extraction.model.decoding import best_chains, softmax, spell
from communique.extraction.model.labels import TAGS, allowed, distance, may_start

_FORBIDDEN = -1e4


def legal(tags):
    return np.where(allowed(tags), 0, _FORBIDDEN), np.where(may_start(tags), 0, _FORBIDDEN)


@pytest.mark.parametrize("seed", range(5))
def test_the_best_chain_is_the_best_of_all_chains(seed):
    chance = np.random.default_rng(seed)
    tags = ("O", "B-cue", "I-cue")
    steps, starts = legal(tags)
    steps = steps + chance.normal(size=steps.shape)
    scores = chance.normal(size=(1, 5, len(tags)))

    (found,) = best_chains(scores, np.array([5]), steps, starts)

    def worth(chain):
        total = starts[chain[0]] + scores[0, 0, chain[0]]
        for word in range(1, 5):
            total += steps[chain[word - 1], chain[word]] + scores[0, word, chain[word]]
        return total

    best = max(product(range(len(tags)), repeat=5), key=worth)
    assert tuple(found) == best


def test_a_chain_never_goes_on_with_what_did_not_begin():
    steps, starts = legal(TAGS)
    scores = np.random.default_rng(1).normal(size=(20, 40, len(TAGS))) * 5

    chains = best_chains(scores, np.full(20, 40), steps, starts)

    for chain in chains:
        before = "O"
        for tag in (TAGS[number] for number in chain):
            assert not tag.startswith("I-") or before[1:] == tag[1:]
            before = tag


def test_what_lies_behind_a_short_row_does_not_count():
    steps, starts = legal(TAGS)
    scores = np.random.default_rng(2).normal(size=(2, 9, len(TAGS)))
    scores[1, :4] = scores[0, :4]

    chains = best_chains(scores, np.array([4, 4]), steps, starts)

    assert (chains[0] == chains[1]).all()
    assert (chains[:, 4:] == 0).all()


def test_spans_are_spelled_with_their_role_and_what_they_join():
    tags = ["O", "B-content", "I-content", "B-source", "B-cue", "J-content", "I-content"]
    chain = np.array([TAGS.index(tag) for tag in tags])
    chances = softmax(np.eye(len(TAGS))[chain] * 50)

    spans = list(spell(chain, chances, TAGS))

    assert [(one.role, one.first, one.last, one.joins) for one in spans] == [
        ("content", 1, 2, False),
        ("source", 3, 3, False),
        ("cue", 4, 4, False),
        ("content", 5, 6, True),
    ]
    assert all(one.confidence == pytest.approx(1) for one in spans)


def test_distances_tell_left_from_right_and_near_from_far():
    steps = np.array([-200, -9, -1, 0, 1, 7, 8, 40, 5000])

    buckets = distance(steps)

    assert (buckets[:3] < 16).all()
    assert (buckets[3:] >= 16).all()
    assert len(set(buckets.tolist())) == len(steps)
