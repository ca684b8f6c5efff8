"""Blocks as people read them, in plain texts of real dumps: the places, not the texts, are kept."""

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from communique.dumps import label_blocks, read_file
from communique.settings import CHECKOUT

DUMPS = CHECKOUT.parent / "shared" / "dumps"
ANNOTATED = json.loads(Path(__file__).with_name("annotated_blocks.json").read_text())

pytestmark = pytest.mark.skipif(not DUMPS.is_dir(), reason="needs the real dumps")


def test_nearly_all_blocks_of_annotated_texts_are_labelled_as_people_label_them():
    right, total = Counter(), Counter()
    for annotated in ANNOTATED:
        shape, _, name = annotated["file"].partition("/")
        (article,) = read_file(DUMPS / shape, name, dump_date=date(2026, 3, 8)).articles
        assert len(article.body_text) == annotated["length"]
        labels = [""] * annotated["length"]
        for block in label_blocks(article):
            labels[block.char_start : block.char_end] = [block.block_type] * (
                block.char_end - block.char_start
            )
        for start, end, block_type in annotated["blocks"]:
            ((labelled, _),) = Counter(labels[start:end]).most_common(1)
            kind = "body" if block_type == "body" else "furniture"
            total[kind] += 1
            right[kind] += labelled == block_type
    assert right["body"] >= 0.99 * total["body"]
    assert right["furniture"] >= 0.9 * total["furniture"]
