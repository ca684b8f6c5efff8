"""The confidence of positions is fitted on annotated articles, and measured on others."""

import json
import shutil

import pytest

from communique.positions.model.network import SHIPPED
from communique.settings import Settings
from communique.training.corpora import is_held_out
from communique.training.positions import calibration
from communique.training.positions.calibration import calibrate
from communique.training.positions.readings import Reading, hash_of

TEXT = (
    "Ukraine's president Volodymyr Zelensky urged the United States on Monday to send more "
    "weapons to Ukraine.\n\n"
    "Defense Minister Boris Pistorius of Germany said that he opposes sending weapons to Ukraine."
)
HELD = {
    "holder": "Volodymyr Zelensky",
    "on_behalf_of": None,
    "proposition_id": "arm_ukraine",
    "position": "support",
    "expression": "self",
}


NAMES = [f"article-{number}" for number in range(12)]


def annotate(data, texts):
    folder = data / "annotated"
    folder.mkdir(parents=True)
    articles = [
        {"doc_id": name, "title": "Kyiv asks", "text": text, "url": f"https://a.example/{name}"}
        for name, text in texts.items()
    ]
    gold = [{"doc_id": name, "stances": [HELD]} for name in texts]
    (folder / "articles.jsonl").write_text("\n".join(map(json.dumps, articles)), "utf8")
    (folder / "gold.json").write_text(json.dumps(gold), "utf8")


@pytest.fixture
def weights(tmp_path):
    return shutil.copytree(SHIPPED, tmp_path / "weights")


def test_what_is_found_in_articles_kept_apart_is_counted_against_their_annotation(
    tmp_path, weights
):
    annotate(tmp_path / "data", dict.fromkeys(NAMES, TEXT))

    report = calibrate(Settings.from_environment({}), tmp_path / "data", weights)

    kept_apart = sum(map(is_held_out, NAMES))
    assert report["articles"] == kept_apart > 0
    assert report["best"]["recall"] == 1
    assert report["confusion"]["support as support"] == kept_apart
    fitted = json.loads((weights / "confidence.json").read_text("utf8"))
    assert len(fitted["names"]) == len(fitted["weights"])


def test_an_article_of_which_a_sentence_was_read_for_training_measures_nothing(
    tmp_path, weights, monkeypatch
):
    kept_apart = [name for name in NAMES if is_held_out(name)]
    sentence = "The ferry left in the afternoon."
    texts = dict.fromkeys(NAMES, TEXT) | {kept_apart[0]: f"{TEXT}\n\n{sentence}"}
    annotate(tmp_path / "data", texts)
    reading = Reading(hash_of(sentence), "elsewhere", None, [], ["arm_ukraine"], [])
    monkeypatch.setattr(calibration, "read_readings", lambda: [reading])

    report = calibrate(Settings.from_environment({}), tmp_path / "data", weights)

    assert report["articles"] == len(kept_apart) - 1
