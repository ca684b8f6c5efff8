"""Corpora of names are read as spans of their texts, in the kinds that the tagger knows."""

import json

import pytest

from communique.training import names


@pytest.fixture
def write(tmp_path):
    def lines(path, *rows):
        file = tmp_path / "entities" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf8")
        return tmp_path

    return lines


def named(text):
    return [(text.text[start:end], kind) for (start, end), kind in text.names]


def test_words_with_labels_become_a_sentence_with_spans(write):
    data = write(
        "crossner_politics/dev.jsonl",
        {
            "tokens": ["Ada", "Lund", "left", "the", "Harbour", "Party", "(", "HP", ")", "."],
            "labels": ["B-politician", "I-politician", "O", "O", "B-politicalparty",
                       "I-politicalparty", "O", "B-politicalparty", "O", "O"],
        },
    )  # fmt: skip

    (text,) = names.read_crossner(data, "dev")

    assert text.text == "Ada Lund left the Harbour Party (HP)."
    assert named(text) == [("Ada Lund", "person"), ("Harbour Party", "party"), ("HP", "party")]


def test_a_mention_gives_its_name_without_title_and_clause(write):
    sentence = "Minister Ada Lund of Kotka, who is late, met the Council of Baltic Ports."
    council = sentence.index("the Council")
    data = write(
        "gum/train.jsonl",
        {
            "genre": "news",
            "text": sentence,
            "mentions": [
                {"type": "person", "start": 0, "end": council - 5, "head_span": [9, 12]},
                {
                    "type": "organization",
                    "start": council,
                    "end": len(sentence) - 1,
                    "head_span": [council + 4, council + 11],
                },
            ],
        },
    )

    (text,) = names.read_gum(data)

    assert named(text)[1] == ("Council of Baltic Ports", "organisation")
    assert named(text)[0][0].startswith("Ada Lund")


def test_what_may_not_be_shipped_is_not_read(write):
    row = {"text": "Ada Lund spoke.", "entities": [[0, 8, "Person", "Ada Lund"]]}
    data = write(
        "re3d/all.jsonl", row | {"subset": "BBC Online"}, row | {"subset": "UK Government"}
    )

    assert len(names.read_re3d(data)) == 1
