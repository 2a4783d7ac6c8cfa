"""The order of rows: rows that belong together in one batch, batches in random order, the same after a resume."""

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
        return iter(_mixed(batches, self._batch, draw))


class PackSampler(Sampler[int]):
    """
    Rows of one group together, dealt anew each epoch such that every batch of it has the classes in the proportion of the group as
    nearly as can be. What is left of each group when whole batches are full shares batches with what is left of others.
    """

    def __init__(
        self, groups: Sequence[int], classes: Sequence[int], batch: int, seed: int, epoch: Callable[[], int]
    ) -> None:
        super().__init__()
        self._classes = classes
        self._batch = batch
        self._seed = seed
        self._epoch = epoch
        self._members: dict[int, list[int]] = {}
        for row, group in enumerate(groups):
            self._members.setdefault(group, []).append(row)

    def __len__(self) -> int:
        return len(self._classes)

    def __iter__(self) -> Iterator[int]:
        draw = random.Random(f"{self._seed}/{self._epoch()}")
        batches: list[list[int]] = []
        rest: list[list[int]] = []
        for members in self._members.values():
            dealt = self._deal(members, draw)
            whole = len(dealt) // self._batch * self._batch
            batches += [dealt[at : at + self._batch] for at in range(0, whole, self._batch)]
            rest.append(dealt[whole:])
        draw.shuffle(rest)
        left = [row for rows in rest for row in rows]
        batches += [left[at : at + self._batch] for at in range(0, len(left), self._batch)]
        return iter(_mixed(batches, self._batch, draw))

    def _deal(self, rows: list[int], draw: random.Random) -> list[int]:
        by_class: dict[int, list[int]] = {}
        for row in rows:
            by_class.setdefault(self._classes[row], []).append(row)
        places: list[tuple[float, float, int]] = []
        for members in by_class.values():
            draw.shuffle(members)
            places += [((index + 0.5) / len(members), draw.random(), row) for index, row in enumerate(members)]
        return [row for _, _, row in sorted(places)]


class FilledSampler(Sampler[int]):
    """
    Another order, and after it as often the row `filler` as makes the whole a multiple of `multiple`: processes that take turns
    by batches then have as many, and none gets rows a second time to make up for it.
    """

    def __init__(self, order: Sampler[int], multiple: int, filler: int) -> None:
        super().__init__()
        self._order = order
        self._multiple = multiple
        self._filler = filler

    def __len__(self) -> int:
        return -(-len(self._order) // self._multiple) * self._multiple

    def __iter__(self) -> Iterator[int]:
        yield from self._order
        yield from [self._filler] * (len(self) - len(self._order))


def _mixed(batches: list[list[int]], size: int, draw: random.Random) -> list[int]:
    # A short batch goes last: in the middle it would shift the borders of all that follow.
    whole = [batch for batch in batches if len(batch) == size]
    short = [batch for batch in batches if len(batch) < size]
    draw.shuffle(whole)
    return [row for batch in whole + short for row in batch]
