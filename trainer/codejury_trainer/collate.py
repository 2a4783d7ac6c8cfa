"""Rows to batches."""

from __future__ import annotations

from typing import Any

import torch
from datasets import Dataset

from .rows import Row

IGNORED = -100


def to_dataset(rows: list[Row]) -> Dataset:
    """The columns that batches are made of; `row` names a row for who keeps what a frozen part of the model makes of it."""
    return Dataset.from_dict(
        {
            "row": list(range(len(rows))),
            "input_ids": [row.tokens for row in rows],
            "start": [row.start for row in rows],
            "weights": [row.weights for row in rows],
            "class": [IGNORED if row.label is None else row.label for row in rows],
            "length": [len(row.tokens) for row in rows],
        }
    )


class Collator:
    """
    Pads at the end. No attention mask: under a causal model nothing before the padding sees it, and without a mask attention
    takes its fast path.
    """

    def __init__(self, pad_token: int) -> None:
        self._pad = pad_token

    def __call__(self, rows: list[dict[str, Any]]) -> dict[str, torch.Tensor]:
        width = max(len(row["input_ids"]) for row in rows)
        tokens = torch.full((len(rows), width), self._pad, dtype=torch.long)
        labels = torch.full((len(rows), width), IGNORED, dtype=torch.long)
        weights = torch.zeros((len(rows), width))
        for index, row in enumerate(rows):
            ids, start = torch.tensor(row["input_ids"]), row["start"]
            tokens[index, : len(ids)] = ids
            labels[index, start : len(ids)] = ids[start:]
            weights[index, start : len(ids)] = torch.tensor(row["weights"])
        return {
            "input_ids": tokens,
            "labels": labels,
            "weights": weights,
            "classes": torch.tensor([row["class"] for row in rows]),
            "rows": torch.tensor([row["row"] for row in rows]),
        }
