"""The order of rows: rows of similar length in one batch, batches in random order, the same after a resume."""

from __future__ import annotations

import random
from typing import Callable, Iterator, Sequence

from torch.utils.data import Sampler

#: Batches that are sorted by length together: more would pad less and shuffle less.
POOL_BATCHES = 32


class LengthGroupedSampler(Sampler[int]):
    """
    Draws an order for each epoch from seed and epoch alone, so that a training that goes on in the middle of an epoch sees the
    rest of it, and no row twice.
    """

    def __init__(self, lengths: Sequence[int], batch: int, seed: int, epoch: Callable[[], int]) -> None:
        super().__init__()
        self._lengths = lengths
        self._batch = batch
        self._seed = seed
        self._epoch = epoch

    def __len__(self) -> int:
        return len(self._lengths)

    def __iter__(self) -> Iterator[int]:
        draw = random.Random(f"{self._seed}/{self._epoch()}")
        rows = list(range(len(self._lengths)))
        draw.shuffle(rows)
        size = self._batch * POOL_BATCHES
        batches: list[list[int]] = []
        for start in range(0, len(rows), size):
            pool = sorted(rows[start : start + size], key=lambda row: self._lengths[row])
            batches += [pool[at : at + self._batch] for at in range(0, len(pool), self._batch)]
        # A short batch goes last: in the middle it would shift the borders of all that follow.
        whole = [batch for batch in batches if len(batch) == self._batch]
        short = [batch for batch in batches if len(batch) < self._batch]
        draw.shuffle(whole)
        return iter([row for batch in whole + short for row in batch])
