"""Rows to batches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol, Sequence

import torch
from datasets import Dataset

from .packing import Pack, shared_length
from .rows import Row

IGNORED = -100


class KeptStates(Protocol):
    """What frozen layers make of rows."""

    def read(self, row: int, begin: int, end: int) -> torch.Tensor:
        """States of the tokens from `begin` to `end` of a row: tokens x width."""
        ...


def to_dataset(rows: list[Row], first: int = 0) -> Dataset:
    """The columns that batches are made of; `row` counts from `first` and names a row for who keeps what frozen layers make of it."""
    groups = {group: index for index, group in enumerate(dict.fromkeys(map(group_of, rows)))}
    return Dataset.from_dict(
        {
            "row": list(range(first, first + len(rows))),
            "group": [groups[group_of(row)] for row in rows],
            "input_ids": [row.tokens for row in rows],
            "start": [row.start for row in rows],
            "most_shared": [row.most_shared for row in rows],
            "own": [None if row.own is None else list(row.own) for row in rows],
            "weights": [row.weights for row in rows],
            "class": [IGNORED if row.label is None else row.label for row in rows],
            "length": [len(row.tokens) for row in rows],
        }
    )


def group_of(row: Row) -> tuple[str, bool]:
    """Rows of one group begin alike: those of a task that ask for the same."""
    return row.task, row.label is None


@dataclass(frozen=True)
class Piece:
    """Tokens `begin` to `end` of a row of the batch, at `at` of the sequence `line`."""

    row: int
    begin: int
    end: int
    line: int
    at: int


class Collator:
    """
    A sequence for each row, padded at the end. No attention mask: under a causal model nothing before the padding sees it, and
    without a mask attention takes its fast path.
    """

    def __init__(self, pad_token: int, states: KeptStates | None = None) -> None:
        self._pad = pad_token
        self._states = states

    def __call__(self, rows: list[dict[str, Any]]) -> dict[str, Any]:
        pieces, packs = self.lay_out(rows)
        return {**self._fill(rows, pieces), **({} if packs is None else {"packs": packs})}

    def lay_out(self, rows: Sequence[dict[str, Any]]) -> tuple[list[Piece], list[Pack] | None]:
        """Which tokens of which row go where."""
        return [Piece(index, 0, len(row["input_ids"]), index, 0) for index, row in enumerate(rows)], None

    def _fill(self, rows: list[dict[str, Any]], pieces: Sequence[Piece]) -> dict[str, Any]:
        shape = (max(piece.line for piece in pieces) + 1, max(piece.at + piece.end - piece.begin for piece in pieces))
        tokens = torch.full(shape, self._pad, dtype=torch.long)
        positions = torch.zeros(shape, dtype=torch.long)
        for piece in pieces:
            to = piece.at + piece.end - piece.begin
            tokens[piece.line, piece.at : to] = torch.tensor(rows[piece.row]["input_ids"][piece.begin : piece.end])
            positions[piece.line, piece.at : to] = torch.arange(piece.begin, piece.end)
        last = [piece for piece in pieces if piece.end == len(rows[piece.row]["input_ids"])]
        # transformers' trainer takes the first of them for the number of rows.
        batch = {
            "classes": torch.tensor([row["class"] for row in rows]),
            "groups": torch.tensor([row["group"] for row in rows]),
            "input_ids": tokens,
            "position_ids": positions,
            **(_completions(rows, last, shape) if rows[0]["own"] is None else _candidates(rows, last)),
        }
        if self._states is None:
            return batch
        read = [self._states.read(rows[piece.row]["row"], piece.begin, piece.end) for piece in pieces]
        states = torch.zeros((*shape, read[0].shape[1]), dtype=read[0].dtype)
        for piece, values in zip(pieces, read):
            states[piece.line, piece.at : piece.at + len(values)] = values
        return {**batch, "states": states}


def _completions(rows: Sequence[dict[str, Any]], last: list[Piece], shape: tuple[int, int]) -> dict[str, Any]:
    """What is predicted, with which weight, and where each row's first of it is; `last` is the piece each row ends with."""
    labels = torch.full(shape, IGNORED, dtype=torch.long)
    weights = torch.zeros(shape)
    asks = torch.zeros((len(rows), 2), dtype=torch.long)
    for piece in last:
        row = rows[piece.row]
        begin, to = piece.at + row["start"] - piece.begin, piece.at + piece.end - piece.begin
        labels[piece.line, begin:to] = torch.tensor(row["input_ids"][row["start"] :])
        weights[piece.line, begin:to] = torch.tensor(row["weights"])
        asks[piece.row] = torch.tensor((piece.line, begin - 1))
    return {"asks": asks, "labels": labels, "weights": weights}


def _candidates(rows: Sequence[dict[str, Any]], last: list[Piece]) -> dict[str, Any]:
    """Where a head reads each row: sequence, begin and end; and what it is to say of it, with which weight."""
    owns = [(0, 0, 0)] * len(rows)
    for piece in last:
        begin, end = rows[piece.row]["own"]
        owns[piece.row] = (piece.line, piece.at + begin - piece.begin, piece.at + end - piece.begin)
    # transformers' trainer counts labels, the first of each line apart, to know how much a step is the mean of.
    labels = torch.tensor([(IGNORED, row["class"]) for row in rows])
    return {"owns": owns, "labels": labels, "weights": torch.tensor([row["weights"][0] for row in rows])}


class PackCollator(Collator):
    """One sequence without padding: for each group of the batch what its rows share, then what each has of its own."""

    def lay_out(self, rows: Sequence[dict[str, Any]]) -> tuple[list[Piece], list[Pack] | None]:
        groups: dict[int, list[int]] = {}
        for index, row in enumerate(rows):
            groups.setdefault(row["group"], []).append(index)
        pieces: list[Piece] = []
        packs: list[Pack] = []
        at = 0
        for members in groups.values():
            shared = shared_length([(rows[index]["input_ids"], rows[index]["most_shared"]) for index in members])
            if shared > 0:
                pieces.append(Piece(members[0], 0, shared, 0, at))
                at += shared
            own = []
            for index in members:
                length = len(rows[index]["input_ids"])
                pieces.append(Piece(index, shared, length, 0, at))
                at += length - shared
                own.append(length - shared)
            packs.append((shared, tuple(own)))
        return pieces, packs
