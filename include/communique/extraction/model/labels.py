"""The labels of the network's heads, and which may follow which."""

import numpy as np

GUIDELINES = ("house", "polnear", "gum")
"""Annotation guides the tagger knows; each has a head of its own over one shared encoder."""
LEVELS = 2
"""Attributions, and attributions inside the content of another."""
TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "J-content", "I-content")
"""`J-content` starts a further part of the statement before it: "A," he said, "B."."""
MENTIONS = (
    "O",
    *(f"{place}-{kind}" for kind in ("person", "government", "organisation", "group")
      for place in "BI"),
)  # fmt: skip
NAMES = (
    "O",
    *(f"{place}-{kind}" for kind in ("person", "organisation", "party", "place", "other")
      for place in "BI"),
)  # fmt: skip
LINKS = ("source", "cue", "antecedent")
"""What a word points to: a content's first word to its source and cue, a source's to whom it
takes up."""
LINK_SIZE = 64
DISTANCES = 32


def allowed(tags: tuple[str, ...]) -> np.ndarray:
    """Give which tag may follow which: booleans of shape (tags, tags), from row to column."""
    table = np.ones((len(tags), len(tags)), bool)
    for column, tag in enumerate(tags):
        if tag.startswith("I-"):
            table[:, column] = [before[1:] == tag[1:] for before in tags]
    return table


def may_start(tags: tuple[str, ...]) -> np.ndarray:
    """Give which tag may come first: booleans of shape (tags,)."""
    return np.array([not tag.startswith("I-") for tag in tags])


def distance(steps: np.ndarray) -> np.ndarray:
    """Give the bucket of a signed distance in words: int64, exact when near, logarithmic when far.

    Buckets 0 to 15 lie to the left, 16 to 31 to the right.
    """
    size = np.abs(steps)
    near = np.minimum(size, 8)
    far = np.minimum(15, 8 + np.floor(np.log2(np.maximum(size, 8) / 8) * 1.6).astype(np.int64))
    bucket = np.where(size < 8, near, far)
    return np.where(steps < 0, bucket, 16 + bucket).astype(np.int64)
