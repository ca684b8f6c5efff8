"""The shipped network: ONNX weights, vocabulary and the numbers of its chains and links."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from communique.extraction.model.decoding import TagSpan, best_chains, softmax, spell
from communique.extraction.model.encoding import Encoder, Stretch, Window, batches, pad
from communique.extraction.model.heads import Heads
from communique.extraction.model.labels import (
    GUIDELINES,
    LEVELS,
    LINK_SIZE,
    LINKS,
    TAGS,
    distance,
)
from communique.extraction.model.session import open_session

SHIPPED = Path(__file__).parent / "weights"
_WINDOW = 192
"""Word pieces a window holds: half as fast again as those of training, at a point of sources."""
_BATCH_PIECES = 768
_BATCH_ROWS = 32
_OUTPUTS = ("tags", "links", "vectors")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the network says of one window.

    `levels` has the spans of attributions, then of attributions inside their content. `vectors`
    are float32 (words, VECTOR_SIZE): what the encoder makes of each word, for other heads.
    """

    window: Window
    levels: tuple[tuple[TagSpan, ...], ...]
    vectors: np.ndarray
    _links: np.ndarray
    _near: np.ndarray
    _elsewhere: np.ndarray

    def offsets(self, span: TagSpan) -> tuple[int, int]:
        """Give the characters of the text that a span stands on."""
        return self.window.starts[span.first], self.window.ends[span.last]

    def point(self, link: str, word: int, candidates: Sequence[int]) -> np.ndarray:
        """Say to which candidate word a word points: probabilities, the last for "elsewhere"."""
        number = LINKS.index(link)
        there = np.array([*candidates, 0])
        scores = self._links[there, 1, number] @ self._links[word, 0, number]
        scores = scores / np.sqrt(LINK_SIZE) + self._near[number, distance(there - word)]
        scores[-1] += self._elsewhere[number]
        return softmax(scores)


class Network:
    """Reads texts with the weights in a folder; `guideline` picks whose guide to follow."""

    def __init__(self, folder: Path = SHIPPED, guideline: str = "house") -> None:
        self.folder = folder
        self._guideline = GUIDELINES.index(guideline)
        self.encoder = Encoder(Tokenizer.from_file(str(folder / "tokenizer.json")))
        numbers = json.loads((folder / "chains.json").read_text("utf8"))
        self._transitions = np.array(numbers["transitions"], np.float32)[self._guideline]
        self._starts = np.array(numbers["starts"], np.float32)[self._guideline]
        self._near = np.array(numbers["near"], np.float32)
        self._elsewhere = np.array(numbers["elsewhere"], np.float32)

    @cached_property
    def version(self) -> str:
        """Identify the weights: a hash of the files that make up the model."""
        names = ("tagger.onnx", "tokenizer.json", "chains.json", "names.onnx", "heads.npz")
        whole = hashlib.sha256()
        for name in names:
            whole.update((self.folder / name).read_bytes())
        return whole.hexdigest()[:16]

    @cached_property
    def heads(self) -> Heads:
        """The small heads that were trained on the vectors of these weights."""
        return Heads(self.folder)

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        return open_session(self.folder / "tagger.onnx")

    def read(self, text: str, stretches: Sequence[Stretch]) -> list[Reading]:
        """Read the stretches of a text (paragraphs, by offsets), in windows, in order."""
        windows = self.encoder.windows(text, stretches, _WINDOW)
        readings: list[Reading | None] = [None] * len(windows)
        for group in batches(windows, _BATCH_PIECES, _BATCH_ROWS):
            chosen = [windows[i] for i in group]
            for i, reading in zip(group, self._read(chosen), strict=True):
                readings[i] = reading
        return [reading for reading in readings if reading is not None]

    def _read(self, windows: list[Window]) -> list[Reading]:
        tags, links, vectors = self._session.run(_OUTPUTS, pad(windows))
        rows, words = tags.shape[:2]
        lengths = np.array([len(window.firsts) for window in windows])
        scores = tags.reshape(rows, words, len(GUIDELINES), LEVELS, len(TAGS))[
            :, :, self._guideline
        ]
        chances = softmax(scores)
        chains = best_chains(
            scores.transpose(2, 0, 1, 3).reshape(LEVELS * rows, words, len(TAGS)),
            np.tile(lengths, LEVELS),
            np.repeat(self._transitions, rows, 0),
            np.repeat(self._starts, rows, 0),
        ).reshape(LEVELS, rows, words)
        sides = links.reshape(rows, words, 2, len(LINKS), LINK_SIZE)
        return [
            Reading(
                window,
                tuple(
                    tuple(spell(chains[n][row], chances[row, :, n], TAGS)) for n in range(LEVELS)
                ),
                vectors[row, : len(window.firsts)],
                sides[row],
                self._near,
                self._elsewhere,
            )
            for row, window in enumerate(windows)
        ]
