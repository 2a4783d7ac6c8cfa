"""The settings of a run: `config.json`, written and checked by the driver."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .faults import TrainerFault

FORMAT = 1


@dataclass(frozen=True)
class Label:
    """A class: its name, the strings that count as it, whether it is the correct one, and its tokens where they are known."""

    name: str
    forms: list[str]
    correct: bool
    tokens: list[int] | None


@dataclass(frozen=True)
class Lora:
    rank: int
    alpha: float
    dropout: float


@dataclass(frozen=True)
class Head:
    """A logistic head on the states after so many layers; `strength` is that of its first fit, larger = less bound to zero."""

    layer: int
    strength: float


@dataclass(frozen=True)
class RunConfig:
    folder: Path
    objective: str
    method: str
    architecture: str
    base_kind: str
    base_path: str
    prompt_kind: str
    labels: list[Label] | None
    train_file: str
    validation_file: str
    first_stage_file: str | None
    epochs: int
    first_stage_epochs: int
    learning_rate: float
    weight_decay: float
    warmup: float
    schedule: str
    batch_size: int
    micro_batch_size: int
    lora: Lora | None
    head: Head | None
    layers: int | None
    max_length: int
    class_weights: bool
    label_smoothing: float
    label_share: float | None
    packing: str
    pairwise: float
    seed: int
    precision: str
    gradient_checkpointing: bool
    cache_lower_layers: bool
    checkpoint_seconds: float
    raw: dict[str, Any]

    @property
    def base(self) -> str:
        """The base model: a path from here, or a name that transformers knows."""
        inside = self.folder / self.base_path
        return str(inside) if inside.exists() else self.base_path


def read_run_config(folder: Path) -> RunConfig:
    """Reads `config.json`; a `TrainerFault` where it is none of this version."""
    try:
        raw = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise TrainerFault("usage", f"{folder} is no run folder: {error}") from error
    if raw.get("format") != FORMAT:
        raise TrainerFault("usage", f"{folder}: expected a config of format {FORMAT}, received {raw.get('format')}")
    labels = raw["labels"]
    return RunConfig(
        folder=folder,
        objective=raw["objective"],
        method=raw["method"],
        architecture=raw["architecture"],
        base_kind=raw["base"]["kind"],
        base_path=raw["base"]["path"],
        prompt_kind=raw["prompt"]["kind"],
        labels=None
        if labels is None
        else [Label(item["name"], item["forms"], item["correct"], item["tokens"]) for item in labels],
        train_file=raw["files"]["train"],
        validation_file=raw["files"]["validation"],
        first_stage_file=raw["files"]["firstStage"],
        epochs=raw["epochs"],
        first_stage_epochs=raw["firstStageEpochs"],
        learning_rate=raw["learningRate"],
        weight_decay=raw["weightDecay"],
        warmup=raw["warmup"],
        schedule=raw["schedule"],
        batch_size=raw["batchSize"],
        micro_batch_size=raw["microBatchSize"],
        lora=None if raw["lora"] is None else Lora(**raw["lora"]),
        # Not there in folders from before there were heads.
        head=None if raw.get("head") is None else Head(raw["head"]["layer"], raw["head"]["strength"]),
        layers=raw["layers"],
        max_length=raw["maxLength"],
        class_weights=raw["classWeights"],
        label_smoothing=raw["labelSmoothing"],
        label_share=raw["labelShare"],
        packing=raw["packing"],
        pairwise=raw["pairwise"],
        seed=raw["seed"],
        precision=raw["precision"],
        gradient_checkpointing=raw["gradientCheckpointing"],
        cache_lower_layers=raw["cacheLowerLayers"],
        checkpoint_seconds=raw["checkpointSeconds"],
        raw=raw,
    )
