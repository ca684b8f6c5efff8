"""Scores of words to spans: the best chain of tags, and what it spells."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class TagSpan:
    """Consecutive words with one role: `first` to `last`, both inside.

    `joins` marks a further part of the statement before. `confidence` (0..1) is the geometric mean
    of the probabilities of its first and last word's tags.
    """

    role: str
    first: int
    last: int
    joins: bool
    confidence: float


def best_chains(
    scores: np.ndarray, lengths: np.ndarray, transitions: np.ndarray, starts: np.ndarray
) -> np.ndarray:
    """Find the best tag chain of each row (Viterbi).

    `scores` is float32 (rows, words, tags), `lengths` (rows,), `transitions` (tags, tags) from row
    to column or one such table a row, `starts` (tags,) or one a row. Gives int64 (rows, words);
    what lies behind a row's length is 0.
    """
    rows, words, tags = scores.shape
    steps = np.broadcast_to(transitions, (rows, tags, tags))
    best = np.zeros((words, rows, tags), np.float32)
    best[0] = starts + scores[:, 0]
    for word in range(1, words):
        best[word] = (best[word - 1][:, :, None] + steps).max(1) + scores[:, word]
    chains = np.zeros((rows, words), np.int64)
    every = np.arange(rows)
    at = best[lengths - 1, every].argmax(1)
    for word in range(words - 1, -1, -1):
        inside = word < lengths
        chains[inside, word] = at[inside]
        if word:
            before = (best[word - 1] + steps[every, :, at]).argmax(1)
            at = np.where(inside, before, at)
    return chains


def spell(chain: np.ndarray, probabilities: np.ndarray, tags: tuple[str, ...]) -> Iterator[TagSpan]:
    """Read the spans of one chain: `chain` is (words,), `probabilities` (words, tags)."""
    first = None
    for word, number in enumerate([*chain.tolist(), 0]):
        tag = tags[number]
        if first is not None and not tag.startswith("I-"):
            start, _, role = tags[chain[first]].partition("-")
            both = probabilities[first, chain[first]] * probabilities[word - 1, chain[word - 1]]
            yield TagSpan(role, first, word - 1, start == "J", float(np.sqrt(both)))
            first = None
        if tag[:2] in ("B-", "J-"):
            first = word


def softmax(scores: np.ndarray) -> np.ndarray:
    """Turn scores into probabilities along the last axis."""
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    return raised / raised.sum(-1, keepdims=True)
