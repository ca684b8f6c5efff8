"""Fitting a reader to pairs whose answers are known as chances, and reading pairs with it."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from communique.training.positions.reader import Encoded, Reader

_CHUNK = 64
"""Batches within which pairs of one length are gathered, so that little is padding."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast to learn: `rate` at its peak, `pieces` of a batch with padding."""

    passes: float
    rate: float
    pieces: int = 8192
    seed: int = 11
    decay: float = 1.0
    """The rate of each layer as a share of the one above it."""


def fit(
    reader: Reader,
    encoded: Encoded,
    targets: Tensor,
    weights: Tensor,
    plan: Plan,
    tell: Callable[[str], None],
    seconds: float = float("inf"),
) -> None:
    """Fit to float targets (pairs, ANSWERS) with a weight each; stops early after `seconds`.

    The rate falls linearly with the share of the work or of the time that is done, whichever is
    more, so that a stopped run ends as a finished one does.
    """
    device = next(reader.parameters()).device.type
    chance = random.Random(plan.seed)
    torch.manual_seed(plan.seed)
    optimizer = torch.optim.AdamW(_groups(reader, plan), lr=plan.rate, weight_decay=0.01)
    peaks = [group["lr"] for group in optimizer.param_groups]
    total = plan.passes * sum(map(encoded.length, range(len(encoded))))
    reader.train()
    started, done, steps, loss_sum = time.monotonic(), 0, 0, 0.0
    while done < total:
        for numbers in _batches(encoded, plan.pieces, chance):
            spent = max(done / total, (time.monotonic() - started) / seconds)
            if spent >= 1:
                return
            for group, peak in zip(optimizer.param_groups, peaks, strict=True):
                group["lr"] = peak * min(1.0, spent / 0.06 + 0.02) * (1 - spent)
            with torch.autocast(device, torch.bfloat16, enabled=_halves(device)):
                scores = reader(encoded.batch(numbers, device))
            wanted = targets[numbers].to(device)
            losses = -(wanted * functional.log_softmax(scores.float(), 1)).sum(1)
            share = weights[numbers].to(device)
            loss = (losses * share).sum() / share.sum().clamp(min=1e-6)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimizer.step()
            done += sum(map(encoded.length, numbers))
            steps += 1
            loss_sum += loss.detach()
            if steps % 200 == 0:
                tell(f"{spent:.0%}, loss {float(loss_sum) / 200:.3f}")
                loss_sum = 0.0


@torch.inference_mode()
def read(reader: Reader, encoded: Encoded, pieces: int = 65536) -> Tensor:
    """Give the chances of each answer, float32 (pairs, ANSWERS) on the CPU."""
    device = next(reader.parameters()).device.type
    reader.eval()
    chances = torch.empty(len(encoded), 4)
    order = sorted(range(len(encoded)), key=encoded.length)
    for numbers in _filled(encoded, order, pieces):
        with torch.autocast(device, torch.bfloat16, enabled=_halves(device)):
            scores = reader(encoded.batch(numbers, device))
        chances[numbers] = scores.float().softmax(1).cpu()
    return chances


def _halves(device: str) -> bool:
    """Say whether a device multiplies numbers of half the length faster."""
    return device == "cuda" or torch.ops.mkldnn._is_mkldnn_bf16_supported()


def _groups(reader: Reader, plan: Plan) -> list[dict]:
    layers = reader.encoder.encoder.layer
    groups = [{"params": list(reader.answers.parameters()), "lr": plan.rate * 5}]
    for depth, layer in enumerate(reversed(layers)):
        groups.append({"params": list(layer.parameters()), "lr": plan.rate * plan.decay**depth})
    taken = {id(parameter) for group in groups for parameter in group["params"]}
    rest = [one for one in reader.parameters() if id(one) not in taken]
    groups.append({"params": rest, "lr": plan.rate * plan.decay ** len(layers)})
    return groups


def _batches(encoded: Encoded, pieces: int, chance: random.Random) -> Iterator[list[int]]:
    numbers = list(range(len(encoded)))
    chance.shuffle(numbers)
    size = max(1, _CHUNK * pieces // 80)
    for start in range(0, len(numbers), size):
        chunk = sorted(numbers[start : start + size], key=encoded.length)
        batches = list(_filled(encoded, chunk, pieces))
        chance.shuffle(batches)
        yield from batches


def _filled(encoded: Encoded, order: Sequence[int], pieces: int) -> Iterator[list[int]]:
    """Cut an order, shortest first, into batches of at most `pieces` with padding."""
    batch: list[int] = []
    for number in order:
        if batch and (len(batch) + 1) * encoded.length(number) > pieces:
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch
