"""How rows become batches: packs where the model takes them, and what frozen layers make of them where that is kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable

import torch

from .collate import IGNORED, Collator, PackCollator, group_of, to_dataset
from .events import Events
from .faults import TrainerFault
from .head import pooled_states
from .kept_states import StatesFile, digest_of_inputs, keep_states
from .lower_layers import LowerLayers
from .packing import use_packed_attention
from .processes import of_main, process_count
from .rows import Row
from .run_config import RunConfig

#: Largest mean difference of log-probabilities between a pack and its rows alone; of states, in units of their mean size.
MOST_DIFFERENCE = {torch.bfloat16: 0.1, torch.float32: 1e-3}
CHECKED_ROWS = 4


@dataclass(frozen=True)
class Batches:
    """Makes batches, says whether they are packs, and whose states come with them."""

    collator: Collator
    packed: bool
    lower: LowerLayers | None


class BatchMaker:
    """Decides once a run what batches are, by config and model."""

    def __init__(self, config: RunConfig, model: Any, pad_token: int, bfloat16: bool, events: Events) -> None:
        self._config = config
        self._model = model
        self._pad = pad_token
        self._dtype = torch.bfloat16 if bfloat16 else torch.float32
        self._events = events
        self._device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self._packed: bool | None = None
        self._lower = LowerLayers(model, first_layer(model, config)) if config.cache_lower_layers else None

    def prepare(
        self, rows: list[Row], validation: list[Row], folder: Path, asked_to_stop: Callable[[], bool]
    ) -> Batches | None:
        """None when it was asked to stop before the states of all rows were computed."""
        if self._device.type == "cuda" and self._config.method != "qlora":
            self._model.to(self._device)
        if self._packed is None:
            self._packed = self._takes_packs(rows)
        kind = PackCollator if self._packed else Collator
        if self._lower is None:
            return Batches(kind(self._pad), self._packed, None)
        every = [*rows, *validation]
        file = StatesFile(folder, every, self._model.config.get_text_config().hidden_size, self._dtype)
        self._lower.restore()
        self._model.eval()
        with self.autocast():
            done = keep_states(
                file,
                list(to_dataset(every)),
                kind(self._pad),
                self._lower,
                digest_of_inputs(
                    every,
                    base=self._config.raw["base"],
                    layers=first_layer(self._model, self._config),
                    dtype=str(self._dtype),
                ),
                self._config.micro_batch_size,
                self._device,
                lambda what: self._events.emit("preparing", what=what),
                asked_to_stop,
            )
        self._lower.replace()
        return Batches(kind(self._pad, file), self._packed, self._lower) if done else None

    def autocast(self) -> Any:
        """A context in which the model computes as it does in training."""
        return torch.autocast(self._device.type, torch.bfloat16, enabled=self._dtype == torch.bfloat16)

    def _takes_packs(self, rows: list[Row]) -> bool:
        if self._config.packing == "none":
            return False
        parallel = torch.cuda.device_count() > 1 and process_count() == 1
        most = MOST_DIFFERENCE[self._dtype]
        if not parallel and use_packed_attention(self._model) and of_main(self._difference(rows)) <= most:
            return True
        if self._config.pairwise > 0:
            raise TrainerFault(
                "capability", "rows of a task cannot be computed together on this model", "train without --pairwise"
            )
        self._events.emit("notice", text="rows of a task are computed one by one: this model cannot take them together")
        return False

    def _difference(self, rows: list[Row]) -> float:
        """
        Between log-probabilities of completions, or what a head reads, in a pack and alone, mean over some rows: no model is
        trusted untried.
        """
        groups: dict[Any, list[Row]] = {}
        for row in rows:
            groups.setdefault(group_of(row), []).append(row)
        some = max(groups.values(), key=len)[:CHECKED_ROWS]
        self._model.eval()
        with torch.no_grad(), self.autocast():
            alone, packed = (self._said(kind(self._pad)(list(to_dataset(some)))) for kind in (Collator, PackCollator))
        return float((alone - packed).abs().mean())

    def _said(self, batch: dict[str, Any]) -> torch.Tensor:
        more = {name: batch[name] for name in ("packs", "position_ids") if "packs" in batch}
        if "position_ids" in more:
            more["position_ids"] = more["position_ids"].to(self._device)
        input_ids = batch["input_ids"].to(self._device)
        if self._config.head is not None:
            states = pooled_states(self._model, {**batch, **more, "input_ids": input_ids}, None)
            return states / states.abs().mean()
        logits = self._model(input_ids=input_ids, use_cache=False, **more).logits
        targets = batch["labels"][:, 1:].to(self._device)
        said = logits[:, :-1].float().log_softmax(-1).gather(2, targets.clamp(min=0)[:, :, None])[:, :, 0]
        return said[targets != IGNORED]


def first_layer(model: Any, config: RunConfig) -> int:
    """Index of the first layer that is trained, where some below it are not."""
    count = model.config.get_text_config().num_hidden_layers
    if config.layers is None or config.layers >= count:
        raise TrainerFault(
            "usage", "--cache-lower-layers: all layers are trained, so none stays as it is", "set --layers"
        )
    return count - config.layers
