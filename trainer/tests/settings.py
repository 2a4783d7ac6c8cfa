"""Settings of a run for tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from codejury_trainer.run_config import Label, RunConfig

LABELS = [Label("0", ["0"], False, [4]), Label("1", ["1"], True, [5])]


def run_config(**changes: Any) -> RunConfig:
    """Verdicts with a LoRA, small everything."""
    values: dict[str, Any] = {
        "folder": Path("."),
        "objective": "verdict",
        "method": "lora",
        "architecture": "decoder",
        "base_kind": "gguf",
        "base_path": "base.gguf",
        "prompt_kind": "text",
        "labels": LABELS,
        "train_file": "train.jsonl",
        "validation_file": "validation.jsonl",
        "first_stage_file": None,
        "epochs": 1,
        "first_stage_epochs": 1,
        "learning_rate": 1e-3,
        "weight_decay": 0.0,
        "warmup": 0.0,
        "schedule": "linear",
        "batch_size": 4,
        "micro_batch_size": 2,
        "lora": None,
        "head": None,
        "layers": None,
        "max_length": 64,
        "class_weights": False,
        "label_smoothing": 0.0,
        "label_share": None,
        "packing": "task",
        "pairwise": 0.0,
        "seed": 1,
        "precision": "float32",
        "gradient_checkpointing": False,
        "cache_lower_layers": False,
        "checkpoint_seconds": 600.0,
        "raw": {},
    }
    return RunConfig(**{**values, **changes})
