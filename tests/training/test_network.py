"""The network itself: it learns, goes on after a stop, and ships what it learned.

Needs the dependency group `train`: `make test-training` installs it and runs these.
"""

from dataclasses import replace

import numpy as np
import pytest

from communique.extraction import Network
from communique.extraction.linking import link
from communique.extraction.model.encoding import pad
from communique.extraction.model.network import SHIPPED
from communique.training.corpora import Attribution, Document

pytestmark = pytest.mark.torch

NAMES = ("Kallela", "Oslo", "Bergen", "Norway", "Finland", "Barlev", "Turku", "Vaasa")
VERBS = ("waits", "sleeps", "agrees", "leaves", "wins", "stays")


def document(number):
    name, verb = NAMES[number % len(NAMES)], VERBS[number % len(VERBS)]
    text = f"{name} said that everybody {verb}."
    content = text.index("everybody"), len(text) - 1
    said = text.index("said"), text.index("said") + 4
    one = Attribution(((0, len(name)),), (said,), (content,))
    return Document(f"text {number}", "house", text, (one,), mentions=((one.source[0], "person"),))


DOCUMENTS = tuple(document(number) for number in range(48))


@pytest.fixture(scope="module")
def encoder():
    return Network().encoder


@pytest.fixture(scope="module")
def small():
    import torch

    from communique.training.network import Tagger

    def build():
        torch.manual_seed(1)
        return Tagger(layers=1, size=24, heads=2, inner=48)

    return build


def fit(network, encoder, checkpoint, passes=150):
    from communique.training.fit import Stage
    from communique.training.fit import fit as run

    lines = []
    stage = Stage("house", passes, 5e-3, {"house": 1})
    run(network, encoder, {"house": DOCUMENTS}, (stage,), 7, checkpoint, lines.append)
    return lines


@pytest.fixture(scope="module")
def trained(small, encoder, tmp_path_factory):
    folder = tmp_path_factory.mktemp("trained")
    network = small()
    lines = fit(network, encoder, folder / "checkpoint.pt")
    return network, lines, folder


def test_progress_tells_steps_loss_speed_and_time_left(trained):
    _, lines, _ = trained

    assert "step 20/150" in lines[0]
    assert "pieces/s" in lines[0]
    assert "min left" in lines[0]


def test_the_shipped_graph_reads_what_the_network_learned(trained, encoder):
    from tokenizers import Tokenizer

    from communique.training.export import export

    network, _, folder = trained
    export(network, Tokenizer.from_file(str(SHIPPED / "tokenizer.json")), folder / "weights")

    reader = Network(folder / "weights")

    right = 0
    for one in DOCUMENTS:
        found = link(one.text, reader.read(one.text, one.stretches))
        wanted = one.attributions[0]
        right += [(f.source, f.cue, f.content) for f in found] == [
            (wanted.source[0], wanted.cue[0], wanted.content)
        ]
    assert right == len(DOCUMENTS)


def test_a_stopped_training_goes_on_where_it_stopped(small, encoder, tmp_path, monkeypatch):
    import torch

    from communique.training import fit as module

    monkeypatch.setattr(module, "_SAVE_EVERY", 5)
    whole = small()
    fit(whole, encoder, tmp_path / "whole.pt", passes=20)

    class StopError(Exception):
        pass

    save = module._save

    def save_and_stop(path, network, stage, turn, *rest):
        save(path, network, stage, turn, *rest)
        if turn >= 9:
            raise StopError

    monkeypatch.setattr(module, "_save", save_and_stop)
    with pytest.raises(StopError):
        fit(small(), encoder, tmp_path / "part.pt", passes=20)
    monkeypatch.setattr(module, "_save", save)
    resumed = small()
    lines = fit(resumed, encoder, tmp_path / "part.pt", passes=20)

    assert "going on" in lines[0]
    for one, other in zip(whole.parameters(), resumed.parameters(), strict=True):
        assert torch.allclose(one, other, atol=1e-5)


def test_the_total_of_all_chains_counts_every_chain():
    from itertools import product

    import torch

    from communique.training.network import chain_totals, potentials

    torch.manual_seed(3)
    scores, steps, starts = torch.randn(2, 3, 2), torch.randn(2, 2, 2), torch.randn(2, 2)

    def worth(row, chain):
        total = starts[row, chain[0]] + scores[row, 0, chain[0]]
        for word in range(1, len(chain)):
            step = steps[row, chain[word - 1], chain[word]]
            total = total + step + scores[row, word, chain[word]]
        return total

    totals = chain_totals(potentials(scores, torch.tensor([3, 2]), steps, starts))

    for row, words in ((0, 3), (1, 2)):
        every = [worth(row, chain) for chain in product((0, 1), repeat=words)]
        assert totals[row].item() == pytest.approx(
            torch.logsumexp(torch.stack(every), 0).item(), abs=1e-5
        )


def test_a_student_learns_from_its_teachers_where_nothing_is_annotated(
    trained, small, encoder, tmp_path
):
    import torch

    from communique.training.distillation import Teachers
    from communique.training.fit import Stage
    from communique.training.fit import fit as run

    teacher, _, _ = trained
    bare = tuple(replace(one, attributions=None, mentions=None) for one in DOCUMENTS)
    stage = Stage("study", 150, 5e-3, {"dumps": 1}, gold_share=0.0)
    student = small()
    run(student, encoder, {"dumps": bare}, (stage,), 7, tmp_path / "s.pt", lambda _: None,
        Teachers([teacher]))  # fmt: skip

    windows = [encoder.windows(one.text, one.stretches)[0] for one in DOCUMENTS]
    inputs = {name: torch.from_numpy(array) for name, array in pad(windows).items()}
    with torch.no_grad():
        lengths = torch.tensor([len(window.firsts) for window in windows])
        likely = [Teachers([one]).advise(inputs, lengths).steps[:, 0] for one in (teacher, student)]
    assert (likely[0] - likely[1]).abs().max() < 0.1


def test_padding_does_not_change_what_is_scored(small, encoder):
    import torch

    short, long = (encoder.windows(d.text, d.stretches)[0] for d in DOCUMENTS[:2])
    network = small().eval()

    def scores(windows):
        inputs = {name: torch.from_numpy(array) for name, array in pad(windows).items()}
        return network(**inputs)[0].detach().numpy()

    longer = encoder.windows(f"{DOCUMENTS[1].text} It is so.", [(0, len(DOCUMENTS[1].text) + 10)])
    alone, padded = scores([short]), scores([short, longer[0]])

    assert np.allclose(alone[0], padded[0, : alone.shape[1]], atol=1e-5)
    assert long.starts != longer[0].starts
