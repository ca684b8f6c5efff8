"""The confidence of positions is fitted on annotated articles, and measured on others."""

import json
import shutil

from communique.positions.model.network import SHIPPED
from communique.settings import Settings
from communique.training.corpora import is_held_out
from communique.training.positions.calibration import calibrate

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


def test_what_is_found_in_articles_kept_apart_is_counted_against_their_annotation(tmp_path):
    names = [f"article-{number}" for number in range(12)]
    folder = tmp_path / "data" / "annotated"
    folder.mkdir(parents=True)
    articles = [
        {"doc_id": name, "title": "Kyiv asks", "text": TEXT, "url": f"https://a.example/{name}"}
        for name in names
    ]
    gold = [{"doc_id": name, "stances": [HELD]} for name in names]
    (folder / "articles.jsonl").write_text("\n".join(map(json.dumps, articles)), "utf8")
    (folder / "gold.json").write_text(json.dumps(gold), "utf8")
    weights = tmp_path / "weights"
    shutil.copytree(SHIPPED, weights)

    report = calibrate(Settings.from_environment({}), tmp_path / "data", weights)

    kept_apart = sum(map(is_held_out, names))
    assert report["articles"] == kept_apart > 0
    assert report["best"]["recall"] == 1
    assert report["confusion"]["support as support"] == kept_apart
    fitted = json.loads((weights / "confidence.json").read_text("utf8"))
    assert len(fitted["names"]) == len(fitted["weights"])
