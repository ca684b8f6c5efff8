"""Annotated articles name words; training needs places."""

import json

import pytest

from communique.training.corpora import is_held_out, read_annotated, read_gum, read_polnear

TEXT = (
    "Minister Aino Kallela spoke in Oslo. “We wait,” she said, “until the ice has gone.”\n\n"
    "Norway and Finland urged Oslo to wait. The ministry said that Norway wanted peace."
)


def statement(spans, cue, surface, actor=None, descriptor=None):
    return {
        "spans": spans,
        "cue": cue,
        "speaker": {"surface": surface, "actor": actor, "descriptor": descriptor},
    }


@pytest.fixture
def read(tmp_path):
    def read_gold(statements, actors=(), text=TEXT):
        articles = tmp_path / "articles.jsonl"
        articles.write_text(json.dumps({"doc_id": "one", "text": text}) + "\n", "utf8")
        gold = tmp_path / "gold.json"
        gold.write_text(
            json.dumps([{"doc_id": "one", "statements": statements, "actors": list(actors)}]),
            "utf8",
        )
        (document,) = read_annotated(articles, gold)
        return document

    return read_gold


def test_a_split_quotation_has_its_parts_in_order(read):
    document = read([statement(["We wait", "until the ice has gone."], "said", "she")])

    (one,) = document.attributions
    assert [TEXT[a:b] for a, b in one.content] == ["We wait", "until the ice has gone."]
    assert one.cue == ((TEXT.index("said"), TEXT.index("said") + 4),)
    assert one.source == ((TEXT.index("she"), TEXT.index("she") + 3),)


def test_words_that_stand_twice_are_taken_where_they_stand_nearest(read):
    document = read([statement(["that Norway wanted peace"], "said", "The ministry")])

    (one,) = document.attributions
    assert one.cue[0][0] == TEXT.rindex("said")


def test_a_name_inside_a_longer_word_is_not_that_name(read):
    document = read(
        [statement(["wait here"], "said", "he")], text="She left. Then he said wait here."
    )

    (one,) = document.attributions
    assert one.source == ((15, 17),)


def test_joint_speakers_are_one_attribution_with_two_sources(read):
    content = ["Oslo to wait"]
    document = read([statement(content, "urged", "Norway"), statement(content, "urged", "Finland")])

    (one,) = document.attributions
    assert [TEXT[a:b] for a, b in one.source] == ["Norway", "Finland"]


def test_a_pronoun_takes_up_the_nearest_name_before_it(read):
    kallela = {"name": "Aino Kallela", "type": "person", "surfaces": ["Aino Kallela", "Kallela"]}
    document = read([statement(["We wait"], "said", "she", actor="Aino Kallela")], actors=[kallela])

    assert document.antecedents == ((TEXT.index("she"), TEXT.index("Aino")),)
    assert document.mentions == (((TEXT.index("Aino"), TEXT.index("Aino") + 12), "person"),)


def test_whoever_speaks_first_takes_up_nobody(read):
    document = read([statement(["We wait"], "said", "she", descriptor="a sailor")])

    assert document.antecedents == ((TEXT.index("she"), None),)


def test_lines_are_read_one_by_one(read):
    document = read([])

    assert [TEXT[a:b] for a, b in document.stretches] == TEXT.split("\n\n")


def test_about_one_article_in_five_is_held_out():
    held = sum(is_held_out(f"article {number}") for number in range(1000))

    assert 150 < held < 250


def test_corpora_are_read_by_their_own_guides(tmp_path):
    folder = tmp_path / "attribution"
    line = {
        "doc_id": "GUM_news_one",
        "genre": "news",
        "text": "He waits, he said.",
        "attributions": [
            {"source": [[10, 12]], "cue": [[13, 17]], "content": [[0, 8]]},
            {"source": [], "cue": [], "content": []},
        ],
    }
    essay = line | {"doc_id": "GUM_essay_one", "genre": "essay"}
    for name, lines in (("polnear", [line]), ("gum_attribution", [line, essay])):
        (folder / name).mkdir(parents=True)
        content = "".join(json.dumps(one) + "\n" for one in lines)
        (folder / name / "train.jsonl").write_text(content, "utf8")
    entities = tmp_path / "entities" / "gum"
    entities.mkdir(parents=True)
    mentions = [
        {"start": 0, "end": 2, "type": "person", "coref_id": "1"},
        {"start": 10, "end": 12, "type": "person", "coref_id": "1"},
    ]
    (entities / "train.jsonl").write_text(json.dumps(line | {"mentions": mentions}) + "\n", "utf8")

    (polnear,) = read_polnear(tmp_path, "train")
    (gum,) = read_gum(tmp_path, "train")

    assert (polnear.guideline, gum.guideline) == ("polnear", "gum")
    assert len(polnear.attributions) == len(gum.attributions) == 1
    assert gum.antecedents == ((0, None), (10, None))
