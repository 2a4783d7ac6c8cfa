"""Where a head begins: the logistic regression on what the model makes of the training rows before it is trained."""

from __future__ import annotations

import time
from collections import Counter
from typing import Any, Callable, Sequence

import torch
import torch.nn.functional as F

from .batches import Batches
from .collate import to_dataset
from .head import LogisticHead, pooled_states
from .rows import Row

TELL_SECONDS = 2.0
#: Keeps what never varies from being divided by nothing.
LEAST_SCALE = 1e-6
MOST_STEPS = 2000


def states_of_rows(
    model: Any,
    rows: Sequence[Row],
    batches: Batches,
    at_once: int,
    tell: Callable[[str], None],
    asked_to_stop: Callable[[], bool],
) -> torch.Tensor | None:
    """Pooled states of all rows, in their order, on the processor: rows x width. None when it was asked to stop before the end."""
    device = next(model.parameters()).device
    examples = list(to_dataset(list(rows)))
    # Rows of a task share what they have in common.
    order = sorted(range(len(rows)), key=lambda index: (rows[index].task, len(rows[index].tokens)))
    found: list[torch.Tensor] = [torch.empty(0)] * len(rows)
    told = 0.0
    model.eval()
    for start in range(0, len(order), at_once):
        if asked_to_stop():
            return None
        if time.monotonic() - told > TELL_SECONDS:
            told = time.monotonic()
            tell(f"fitting the head on the model as it is, row {start + 1} of {len(order)}")
        chunk = order[start : start + at_once]
        batch = batches.collator([examples[index] for index in chunk])
        batch = {name: value.to(device) if isinstance(value, torch.Tensor) else value for name, value in batch.items()}
        with torch.no_grad():
            states = pooled_states(model, batch, batches.lower).cpu()
        for index, state in zip(chunk, states):
            found[index] = state
    return torch.stack(found)


def fit_head(head: LogisticHead, states: torch.Tensor, rows: Sequence[Row], correct: int, strength: float) -> None:
    """
    Sets mean and scale to those of `states` (rows x width, in the order of `rows`), weight and bias to the optimum of
    `fit_logistic` with classes as targets. A row weighs as much as in the loss (see `weigh`), times 1 / sqrt(rows of its task):
    tasks with many rows say much the same.
    """
    states = states.double()
    mean, scale = states.mean(dim=0), states.std(dim=0, correction=0) + LEAST_SCALE
    counts = Counter(row.task for row in rows)
    weights = torch.tensor([row.weights[0] * counts[row.task] ** -0.5 for row in rows], dtype=torch.float64)
    right = torch.tensor([row.label == correct for row in rows], dtype=torch.float64)
    weight, bias = fit_logistic((states - mean) / scale, right, weights / weights.mean(), strength)
    with torch.no_grad():
        for place, values in ((head.mean, mean), (head.scale, scale), (head.weight, weight), (head.bias, bias)):
            place.copy_(values)


def fit_logistic(
    values: torch.Tensor, right: torch.Tensor, weights: torch.Tensor, strength: float
) -> tuple[torch.Tensor, torch.Tensor]:
    """
    Weight and bias that minimise the weighted sum of log losses + ||weight||² / (2 · strength), by L-BFGS in float64 from
    zero. `values` is rows x columns; `right` is 0 or 1, `weights` positive, one a row.
    """
    weight = torch.zeros(values.shape[1], dtype=torch.float64, requires_grad=True)
    bias = torch.zeros((), dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS(
        [weight, bias], max_iter=MOST_STEPS, tolerance_grad=1e-6, tolerance_change=1e-12, line_search_fn="strong_wolfe"
    )

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        losses = F.binary_cross_entropy_with_logits(values @ weight + bias, right, weights, reduction="sum")
        total = losses + weight @ weight / (2 * strength)
        total.backward()
        return total

    optimizer.step(loss)
    return weight.detach(), bias.detach()
