"""The shipped network: pairs of texts to the chances of a position."""

import hashlib
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Encoding, Tokenizer

from communique.extraction.model.decoding import softmax
from communique.extraction.model.session import open_session
from communique.positions.model.pairs import LONGEST, as_pair
from communique.positions.questions import Answer, Question

SHIPPED = Path(__file__).parent / "weights"
_BATCH_PIECES = 512
_FILES = ("confidence.json", "gate.npz", "judge.onnx", "tokenizer.json")


class PairNetwork:
    """Answers questions with the weights in a folder; a `Respondent`."""

    notes: tuple[str, ...] = ()

    def __init__(self, folder: Path = SHIPPED) -> None:
        self.folder = folder

    @cached_property
    def version(self) -> str:
        """Identify the weights: a hash of the files that make up the model.

        While it is being trained some of them are not there yet.
        """
        whole = hashlib.sha256()
        for name in _FILES:
            if (self.folder / name).exists():
                whole.update((self.folder / name).read_bytes())
        return whole.hexdigest()[:16]

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        tokenizer = Tokenizer.from_file(str(self.folder / "tokenizer.json"))
        tokenizer.no_padding()
        # The second text is the longer one, unless a name or a proposition is out of all measure.
        tokenizer.enable_truncation(LONGEST, strategy="longest_first")
        return tokenizer

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        return open_session(self.folder / "judge.onnx")

    def answer(self, questions: Sequence[Question]) -> list[Answer]:
        """Answer each question, in order."""
        pairs = self._tokenizer.encode_batch([as_pair(one) for one in questions])
        answers: list[Answer] = [Answer(0.0, 0.0, 0.0)] * len(pairs)
        for numbers in _batches(pairs):
            scores = self._session.run(None, _pad([pairs[number] for number in numbers]))[0]
            for number, (_, *chances) in zip(numbers, softmax(scores), strict=True):
                answers[number] = Answer(*map(float, chances))
        return answers


def _batches(pairs: Sequence[Encoding]) -> Iterator[list[int]]:
    batch: list[int] = []
    for number in sorted(range(len(pairs)), key=lambda n: len(pairs[n].ids)):
        if batch and (len(batch) + 1) * len(pairs[number].ids) > _BATCH_PIECES:
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch


def _pad(pairs: Sequence[Encoding]) -> dict[str, np.ndarray]:
    shape = (len(pairs), max(len(pair.ids) for pair in pairs))
    pieces, mask, types = (np.zeros(shape, np.int64) for _ in range(3))
    for row, pair in enumerate(pairs):
        length = len(pair.ids)
        pieces[row, :length] = pair.ids
        mask[row, :length] = 1
        types[row, :length] = pair.type_ids
    return {"pieces": pieces, "mask": mask, "types": types}
