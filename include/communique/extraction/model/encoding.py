"""Text to windows of word pieces: what the network sees of an article, and where it stood."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from tokenizers import Tokenizer

WINDOW = 256
"""Word pieces a window holds, with the marks at its start and after each stretch."""
CASES = 3
FEATURES = 2 * CASES
"""Kinds of word: lower, Capitalised or CAPITALS, outside or inside quotation marks."""
_CLS, _SEP = 101, 102
_MARK = re.compile(r"[\"“”]")

Stretch = tuple[int, int]


@dataclass(slots=True)
class Window:
    """Consecutive stretches of a text as the network reads them.

    `pieces` and `features` have one number a word piece; `firsts` gives the place of each word's
    first piece; `starts` and `ends` are the words' character offsets in the text. Word 0 is the
    mark at the start: it stands for "elsewhere".
    """

    pieces: list[int] = field(default_factory=lambda: [_CLS])
    features: list[int] = field(default_factory=lambda: [0])
    firsts: list[int] = field(default_factory=lambda: [0])
    starts: list[int] = field(default_factory=lambda: [-1])
    ends: list[int] = field(default_factory=lambda: [-1])


@dataclass(slots=True)
class _Word:
    start: int
    end: int
    feature: int
    pieces: list[int]


class Encoder:
    """Cuts texts into windows with one vocabulary."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer

    def windows(
        self, text: str, stretches: Sequence[Stretch], size: int = WINDOW, first: int | None = None
    ) -> list[Window]:
        """Cut the stretches (paragraphs, by offsets) into windows of at most `size` pieces.

        Whole stretches share a window while they fit, so that a quotation is read with what
        stands before it; the windows of one text are about equally full. `first` caps the first
        window only, which moves all boundaries behind it.
        """
        encoded = self._tokenizer.encode_batch(
            [text[start:end] for start, end in stretches], add_special_tokens=False
        )
        paragraphs = [
            self._words(text, start, encoding)
            for (start, _), encoding in zip(stretches, encoded, strict=True)
        ]
        parts = [part for words in paragraphs for part in _parts(words, size - 2)]
        lengths = [sum(len(word.pieces) for word in part) + 1 for part in parts]
        total = sum(lengths)
        room = size if total < size else max(1, -(-total // (size - 1)))
        target = size if room == size else min(size, total // room + 1 + max(lengths) // 2)
        built: list[Window] = []
        limit = first or target
        for part, length in zip(parts, lengths, strict=True):
            if not built or len(built[-1].pieces) + length > limit:
                if built:
                    limit = target
                built.append(Window())
            _append(built[-1], part)
        return built

    def _words(self, text: str, offset: int, encoding: object) -> list[_Word]:
        words: list[_Word] = []
        inside = False
        last = None
        for piece, number, (start, end) in zip(
            encoding.ids, encoding.word_ids, encoding.offsets, strict=True
        ):
            if number == last:
                words[-1].pieces.append(piece)
                words[-1].end = offset + end
                continue
            last = number
            word = text[offset + start : offset + end]
            if _MARK.match(word):
                inside = word == "“" or (word == '"' and not inside)
            words.append(_Word(offset + start, offset + end, CASES * inside, [piece]))
        for word in words:
            word.feature += _case(text[word.start : word.end])
        return words


def _case(word: str) -> int:
    if not word[:1].isupper():
        return 0
    return 2 if len(word) > 1 and word.isupper() else 1


def _parts(words: list[_Word], size: int) -> Iterable[list[_Word]]:
    """Cut a stretch that no window can hold, after the last full stop that fits."""
    while words:
        length, count, stop = 0, 0, 0
        for word in words:
            length += min(len(word.pieces), size)
            if length > size:
                break
            count += 1
            if word.end - word.start == 1 and len(word.pieces) == 1 and word.pieces[0] in _STOPS:
                stop = count
        cut = count if count == len(words) else stop or count
        yield words[:cut]
        words = words[cut:]


_STOPS = frozenset({1012, 1029, 999})
"""The word pieces of full stop, question mark and exclamation mark."""


def _append(window: Window, words: Sequence[_Word]) -> None:
    for word in words:
        window.firsts.append(len(window.pieces))
        window.starts.append(word.start)
        window.ends.append(word.end)
        pieces = word.pieces[: WINDOW - 2]
        window.pieces += pieces
        window.features += [word.feature] * len(pieces)
    window.pieces.append(_SEP)
    window.features.append(0)


def batches(windows: Sequence[Window], pieces: int, rows: int) -> list[list[int]]:
    """Group windows of like length: at most `pieces` with padding and at most `rows` a batch."""
    order = sorted(range(len(windows)), key=lambda i: len(windows[i].pieces))
    groups: list[list[int]] = []
    for i in order:
        longest = len(windows[i].pieces)
        if groups and len(groups[-1]) < rows and (len(groups[-1]) + 1) * longest <= pieces:
            groups[-1].append(i)
        else:
            groups.append([i])
    return groups


def pad(windows: Sequence[Window]) -> dict[str, np.ndarray]:
    """Stack windows into the network's inputs.

    `pieces`, `features` and `mask` are int64 of shape (windows, longest in pieces); `firsts` is
    int64 of shape (windows, longest in words), padded with 0.
    """
    longest = max(len(window.pieces) for window in windows)
    words = max(len(window.firsts) for window in windows)
    shape = (len(windows), longest)
    arrays = {name: np.zeros(shape, np.int64) for name in ("pieces", "features", "mask")}
    arrays["firsts"] = np.zeros((len(windows), words), np.int64)
    for row, window in enumerate(windows):
        size = len(window.pieces)
        arrays["pieces"][row, :size] = window.pieces
        arrays["features"][row, :size] = window.features
        arrays["mask"][row, :size] = 1
        arrays["firsts"][row, : len(window.firsts)] = window.firsts
    return arrays
