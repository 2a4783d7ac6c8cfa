"""What frozen layers make of every row, computed once and kept in a file that is mapped into memory."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from pathlib import Path
from typing import Any, Callable, Sequence

import torch

from .collate import Collator, Piece, group_of
from .faults import TrainerFault
from .json_file import write_json
from .lower_layers import LowerLayers
from .packing import shared_length
from .rows import Row

STATES, INDEX = "states.bin", "index.json"

#: Left alone, as in codejury's own check.
MARGIN_BYTES = 16 * 1024 * 1024
TELL_SECONDS = 2.0


class StatesFile:
    """
    One state after another, group by group: those of what the rows of a group have in common, then those of the rest of each row.
    """

    def __init__(self, folder: Path, rows: Sequence[Row], width: int, dtype: torch.dtype) -> None:
        self.folder = folder
        self.width = width
        self.dtype = dtype
        groups: dict[Any, list[int]] = {}
        for index, row in enumerate(rows):
            groups.setdefault(group_of(row), []).append(index)
        #: Rows in the order of the file.
        self.order: list[int] = []
        #: Of each row: tokens it has in common with its group, and where those states and its own begin.
        self.places: dict[int, tuple[int, int, int]] = {}
        self.tokens = 0
        for members in groups.values():
            shared = shared_length([(rows[index].tokens, rows[index].most_shared) for index in members])
            begin = self.tokens
            self.tokens += shared
            for index in members:
                self.order.append(index)
                self.places[index] = (shared, begin, self.tokens)
                self.tokens += len(rows[index].tokens) - shared
        self._mapped: torch.Tensor | None = None

    @property
    def size_bytes(self) -> int:
        return self.tokens * self.width * self.dtype.itemsize

    def is_complete(self, digest: str) -> bool:
        """Whether the states of exactly these inputs are there."""
        index, states = self.folder / INDEX, self.folder / STATES
        if not index.exists() or not states.exists() or states.stat().st_size != self.size_bytes:
            return False
        return bool(json.loads(index.read_text(encoding="utf-8"))["digest"] == digest)

    def require_space(self, free: int) -> None:
        """A fault when the disk, of which so many bytes are free, has no room."""
        if free < self.size_bytes + MARGIN_BYTES:
            raise TrainerFault(
                "disk-full",
                f"what the lower layers make of the rows needs {self.need()}; {_megabytes(free)} are free",
                "free some space, or train without --cache-lower-layers",
            )

    def need(self) -> str:
        """The space it takes, and why."""
        return (
            f"{_megabytes(self.size_bytes)} ({self.tokens} tokens x {self.width} values x {self.dtype.itemsize} bytes)"
        )

    def open(self) -> None:
        count = self.tokens * self.width
        mapped = torch.from_file(str(self.folder / STATES), shared=False, size=count, dtype=self.dtype)
        self._mapped = mapped.view(self.tokens, self.width)

    def read(self, row: int, begin: int, end: int) -> torch.Tensor:
        """States of the tokens from `begin` to `end` of a row: tokens x width."""
        if self._mapped is None:
            raise RuntimeError("the file is not open")
        shared, of_group, own = self.places[row]
        parts = []
        if begin < shared:
            parts.append(self._mapped[of_group + begin : of_group + min(end, shared)])
        if end > shared:
            parts.append(self._mapped[own + max(begin, shared) - shared : own + end - shared])
        return torch.cat(parts)


def keep_states(
    file: StatesFile,
    examples: Sequence[dict[str, Any]],
    collator: Collator,
    lower: LowerLayers,
    inputs_digest: str,
    at_once: int,
    device: torch.device,
    tell: Callable[[str], None],
    asked_to_stop: Callable[[], bool],
) -> bool:
    """
    Fills the file, unless it is there already, and opens it. False when it was asked to stop before the end. `examples` are the
    rows of the file as datasets give them.
    """
    file.folder.mkdir(parents=True, exist_ok=True)
    if not file.is_complete(inputs_digest):
        for old in (INDEX, STATES):
            (file.folder / old).unlink(missing_ok=True)
        file.require_space(shutil.disk_usage(file.folder).free)
        told = 0.0
        written: set[int] = set()
        with (file.folder / f"{STATES}.new").open("wb") as stream:
            for start in range(0, len(file.order), at_once):
                if asked_to_stop():
                    return False
                if time.monotonic() - told > TELL_SECONDS:
                    told = time.monotonic()
                    tell(f"computing the lower layers once, row {start + 1} of {len(file.order)}, {file.need()}")
                chunk = file.order[start : start + at_once]
                rows = [examples[index] for index in chunk]
                batch, (pieces, packs) = collator(rows), collator.lay_out(rows)
                more = {} if packs is None else {"position_ids": batch["position_ids"].to(device), "packs": packs}
                states = lower.compute(input_ids=batch["input_ids"].to(device), **more)
                states = states.to("cpu", file.dtype)
                for place, index in enumerate(chunk):
                    shared, of_group, _ = file.places[index]
                    whole = _of_row(states, pieces, rows, place)
                    stream.write(_bytes(whole[shared:] if of_group in written else whole))
                    written.add(of_group)
        os.replace(file.folder / f"{STATES}.new", file.folder / STATES)
        write_json(
            file.folder / INDEX,
            {"digest": inputs_digest, "tokens": file.tokens, "width": file.width, "dtype": str(file.dtype)},
        )
    file.open()
    return True


def digest_of_inputs(rows: Sequence[Row], **more: Any) -> str:
    """Of all that states depend on."""
    value = [[row.tokens, row.most_shared, group_of(row)] for row in rows]
    return hashlib.sha256(json.dumps([value, more], sort_keys=True).encode()).hexdigest()


def _of_row(states: torch.Tensor, pieces: list[Piece], rows: list[dict[str, Any]], index: int) -> torch.Tensor:
    length, group = len(rows[index]["input_ids"]), rows[index]["group"]
    own = next(piece for piece in pieces if piece.row == index and piece.end == length)
    parts = [own]
    if own.begin > 0:
        parts.insert(0, next(piece for piece in pieces if piece.begin == 0 and rows[piece.row]["group"] == group))
    return torch.cat([states[piece.line, piece.at : piece.at + piece.end - piece.begin] for piece in parts])


def _bytes(values: torch.Tensor) -> bytes:
    return values.contiguous().view(torch.uint8).numpy().tobytes()


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.0f} MB"
