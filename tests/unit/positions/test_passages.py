"""What a judge of positions is shown of an article: its sentences, who speaks, who is named."""

import pytest
from reading import build_article

from communique.dumps import label_blocks
from communique.positions.actors import Actors
from communique.positions.model.pairs import as_pair
from communique.positions.passages import read_passages
from communique.positions.questions import Question


@pytest.fixture
def passages_of(extractor):
    def read(text):
        article = build_article(text)
        blocks = label_blocks(article)
        actors = Actors(extractor.extract(article, blocks), extractor.gazetteer)
        return read_passages(article, blocks, actors)

    return read


def test_a_passage_names_who_speaks_and_who_is_spoken_of(passages_of):
    passages = passages_of(
        "The harbour was closed on Monday after a week of storms.\n"
        "Norwegian Foreign Minister Sigrid Aune said that Finnish Prime Minister Aino Kallela "
        "should open the bridge.\n"
    )
    said = next(one for one in passages if "the bridge" in one.text)

    assert said.speaker == "Sigrid Aune"
    assert {"Sigrid Aune", "Aino Kallela"} <= {one.entity_name for one in said.holders}


def test_narration_has_no_speaker_and_knows_the_sentence_before(passages_of):
    passages = passages_of(
        "The harbour was closed on Monday after a week of storms. It opened again on Friday.\n"
    )
    narrated = next(one for one in passages if one.text.startswith("It opened"))

    assert narrated.statement is None
    assert narrated.speaker is None
    assert narrated.before == "The harbour was closed on Monday after a week of storms."


def test_every_passage_is_what_the_text_says_there(passages_of):
    text = "The harbour was closed on Monday. “It was time,” Sigrid Aune said. Ships waited.\n"
    article = build_article(text)
    for passage in passages_of(text):
        assert article.body_text[passage.start : passage.end] == passage.text


def test_a_question_about_somebody_begins_with_the_name():
    asked, said = as_pair(
        Question("The bridge should be opened", "Finland", "Sigrid Aune", "A row", None, "Open it.")
    )

    assert asked == "Finland: The bridge should be opened"
    assert said.endswith("Sigrid Aune: Open it.")
    assert said.startswith("A row")


def test_a_question_stays_short_however_long_the_article_writes():
    long = "word " * 4000
    asked, said = as_pair(Question("The bridge should be opened", None, None, long, long, long))

    assert asked == "The bridge should be opened"
    assert len(said) < 800
