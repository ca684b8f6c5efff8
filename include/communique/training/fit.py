"""The training loop: stages over corpora, seeded, with checkpoints and progress."""

import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from communique.extraction.model.encoding import Encoder, batches, pad
from communique.extraction.model.labels import LEVELS, TAGS
from communique.training.corpora import Document
from communique.training.distillation import Advice, Teachers
from communique.training.network import Tagger, chain_totals
from communique.training.targets import Example, examples

_WARM_UP = 0.06
_HEAD_RATE = 4.0
_HEADS = ("tags", "mentions", "links", "near", "elsewhere", "transitions", "starts", "features")
_MENTION_WEIGHT = 0.5
_LINK_WEIGHT = 0.3
_HEAD_WEIGHTS = (0.5, 0.35, 0.15)
"""How much a student listens to its teachers on each guide; the house's own counts most."""
_MASK, _LAST_SPECIAL = 103, 998
_SAVE_EVERY = 100
_TELL_EVERY = 20


@dataclass(frozen=True, slots=True)
class Stage:
    """Some passes over the corpora: `shares` says how much of each a pass reads."""

    name: str
    passes: int
    rate: float
    shares: Mapping[str, float]
    gold_share: float = 1.0
    """How much the annotation counts; the rest is what teachers say."""
    masked: float = 0.0
    """The share of word pieces that are hidden, so that names are not learned by heart."""
    batch_pieces: int = 4096


def fit(
    network: Tagger,
    encoder: Encoder,
    corpora: Mapping[str, Sequence[Document]],
    stages: Sequence[Stage],
    seed: int,
    checkpoint: Path,
    tell: Callable[[str], None],
    teachers: Teachers | None = None,
) -> None:
    """Train through all stages; goes on from `checkpoint` where one lies."""
    state = {"stage": 0, "pass": 0, "batch": 0}
    if checkpoint.exists():
        state = torch.load(checkpoint, map_location="cpu")
    if "network" in state:
        network.load_state_dict(state["network"])
        tell(f"going on at stage {state['stage'] + 1}, pass {state['pass'] + 1}")
    for number, stage in enumerate(stages):
        if number >= state["stage"]:
            at = state if number == state["stage"] else {"pass": 0, "batch": 0}
            _run(network, encoder, corpora, stage, number, seed, at, checkpoint, tell, teachers)


def _run(
    network: Tagger,
    encoder: Encoder,
    corpora: Mapping[str, Sequence[Document]],
    stage: Stage,
    number: int,
    seed: int,
    at: dict,
    checkpoint: Path,
    tell: Callable[[str], None],
    teachers: Teachers | None,
) -> None:
    plan = _batches(encoder, corpora, stage, f"{seed}:{number}:{at['pass']}")
    steps = len(plan) * stage.passes
    heads = [p for n, p in network.named_parameters() if n.split(".")[0] in _HEADS]
    body = [p for n, p in network.named_parameters() if n.split(".")[0] not in _HEADS]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": stage.rate}, {"params": heads, "lr": stage.rate * _HEAD_RATE}],
        weight_decay=0.01,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, steps))
    if "optimizer" in at:
        optimizer.load_state_dict(at["optimizer"])
        schedule.load_state_dict(at["schedule"])
        torch.set_rng_state(at["chance"])
    else:
        torch.manual_seed(seed + number)
    network.train()
    done = len(plan) * at["pass"] + at["batch"]
    began, pieces, losses = time.monotonic(), 0, []
    for turn in range(at["pass"], stage.passes):
        if turn > at["pass"]:
            plan = _batches(encoder, corpora, stage, f"{seed}:{number}:{turn}")
        for place in range(at["batch"] if turn == at["pass"] else 0, len(plan)):
            batch = plan[place]
            loss = _loss(network, batch, teachers, stage)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            done += 1
            pieces += sum(len(one.window.pieces) for one in batch)
            losses.append(loss.item())
            if done % _TELL_EVERY == 0:
                speed = pieces / (time.monotonic() - began)
                mean = sum(losses[-50:]) / len(losses[-50:])
                left = (steps - done) * (time.monotonic() - began) / max(1, len(losses))
                tell(f"{stage.name}: step {done}/{steps}, loss {mean:.4f}, "
                     f"{speed:.0f} pieces/s, {left / 60:.0f} min left")  # fmt: skip
            if done % _SAVE_EVERY == 0:
                _save(checkpoint, network, number, turn, place + 1, optimizer, schedule)
    _save(checkpoint, network, number + 1, 0, 0, None, None)


def _save(
    path: Path,
    network: Tagger,
    stage: int,
    turn: int,
    batch: int,
    optimizer: torch.optim.Optimizer | None,
    schedule: torch.optim.lr_scheduler.LambdaLR | None,
) -> None:
    state = {"network": network.state_dict(), "stage": stage, "pass": turn, "batch": batch}
    if optimizer and schedule:
        state |= {
            "optimizer": optimizer.state_dict(),
            "schedule": schedule.state_dict(),
            "chance": torch.get_rng_state(),
        }
    partial = path.with_suffix(".partial")
    torch.save(state, partial)
    partial.replace(path)


def _rate(step: int, steps: int) -> float:
    warm = max(1, int(_WARM_UP * steps))
    return step / warm if step < warm else max(0.0, (steps - step) / max(1, steps - warm))


def _batches(
    encoder: Encoder, corpora: Mapping[str, Sequence[Document]], stage: Stage, seed: str
) -> list[list[Example]]:
    chance = random.Random(seed)
    chosen: list[Example] = []
    for name, share in stage.shares.items():
        documents = list(corpora[name])
        whole = int(share)
        part = chance.sample(documents, round((share - whole) * len(documents)))
        for document in [*documents * whole, *part]:
            chosen += examples(document, encoder, chance)
    chance.shuffle(chosen)
    grouped = []
    for start in range(0, len(chosen), 200):
        here = chosen[start : start + 200]
        groups = batches([one.window for one in here], stage.batch_pieces, 64)
        grouped += [[here[i] for i in group] for group in groups]
    chance.shuffle(grouped)
    return grouped


def _loss(
    network: Tagger, batch: Sequence[Example], teachers: Teachers | None, stage: Stage
) -> Tensor:
    device = network.words.weight.device
    inputs = {
        name: torch.from_numpy(array).to(device)
        for name, array in pad([one.window for one in batch]).items()
    }
    lengths = torch.tensor([len(one.window.firsts) for one in batch], device=device)
    if stage.masked:
        hidden = torch.rand(inputs["pieces"].shape, device=device) < stage.masked
        hidden &= inputs["pieces"] > _LAST_SPECIAL
        inputs["pieces"] = inputs["pieces"].masked_fill(hidden, _MASK)
    tags, mentions, links = network(**inputs)
    steps = network.steps(tags, lengths)
    loss = stage.gold_share * _gold_loss(network, batch, lengths, steps, mentions, links)
    if teachers:
        advice = teachers.advise(inputs, lengths)
        loss = loss + (1 - stage.gold_share) * _advice_loss(
            network, advice, lengths, steps, mentions, links
        )
    return loss


def _gold_loss(
    network: Tagger,
    batch: Sequence[Example],
    lengths: Tensor,
    steps: Tensor,
    mentions: Tensor,
    links: Tensor,
) -> Tensor:
    device, words = steps.device, steps.shape[3]
    rows = [row for row, one in enumerate(batch) if one.is_annotated]
    if not rows:
        return links.sum() * 0
    tags = np.zeros((len(rows), LEVELS, words), np.int64)
    kinds = np.full((len(batch), words), -1, np.int64)
    for number, row in enumerate(rows):
        tags[number, :, : batch[row].tags.shape[1]] = batch[row].tags
        kinds[row, : len(batch[row].mentions)] = batch[row].mentions
    guidelines = [batch[row].guideline for row in rows]
    taken = taken_steps(torch.from_numpy(tags).to(device), lengths[rows])
    loss = _chain_loss(steps[rows, guidelines].flatten(0, 1), taken.flatten(0, 1), lengths[rows])
    if (kinds >= 0).any():
        loss = loss + _MENTION_WEIGHT * functional.cross_entropy(
            mentions.flatten(0, 1), torch.from_numpy(kinds).flatten().to(device), ignore_index=-1
        )
    wanted = [(row, *link) for row, one in enumerate(batch) for link in one.links]
    if wanted:
        row, link, here, there = torch.tensor(wanted, device=device).T
        pointers = network.pointers(links, lengths, torch.stack([row, link, here]))
        loss = loss + _LINK_WEIGHT * functional.cross_entropy(pointers, there)
    return loss


def _advice_loss(
    network: Tagger,
    advice: Advice,
    lengths: Tensor,
    steps: Tensor,
    mentions: Tensor,
    links: Tensor,
) -> Tensor:
    loss = sum(
        weight
        * _chain_loss(steps[:, head].flatten(0, 1), advice.steps[:, head].flatten(0, 1), lengths)
        for head, weight in enumerate(_HEAD_WEIGHTS)
    )
    words = torch.arange(mentions.shape[1], device=mentions.device)
    inside = words[None, :] < lengths[:, None]
    loss = loss + _MENTION_WEIGHT * functional.cross_entropy(
        mentions[inside], advice.mentions[inside]
    )
    if advice.asked.shape[1]:
        pointers = network.pointers(links, lengths, advice.asked)
        loss = loss + _LINK_WEIGHT * functional.cross_entropy(pointers, advice.pointers)
    return loss


def _chain_loss(steps: Tensor, taken: Tensor, lengths: Tensor) -> Tensor:
    """Give the cross-entropy of the tag chains, summed over levels, per word of the windows."""
    return (chain_totals(steps) - (steps * taken).flatten(1).sum(1)).sum() / lengths.sum()


def taken_steps(tags: Tensor, lengths: Tensor) -> Tensor:
    """Mark the steps that chains of tags take: 1 in (rows, LEVELS, words, TAGS, TAGS), else 0.

    `tags` is int64 (rows, LEVELS, words), `lengths` int64 (rows,).
    """
    before = torch.cat([torch.zeros_like(tags[:, :, :1]), tags[:, :, :-1]], 2)
    taken = functional.one_hot(before * len(TAGS) + tags, len(TAGS) ** 2).float()
    inside = torch.arange(tags.shape[2], device=tags.device)[None, :] < lengths[:, None]
    taken = taken * inside[:, None, :, None]
    return taken.view(*tags.shape, len(TAGS), len(TAGS))
