"""Settings of a run as TRL's trainer wants them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from trl import SFTConfig

from .faults import TrainerFault
from .processes import process_count
from .run_config import RunConfig


def training_arguments(
    config: RunConfig, folder: Path, epochs: int, validate: bool, loss_only: bool, bfloat16: bool
) -> SFTConfig:
    """Those of TRL's trainer; the rows are made before."""
    return SFTConfig(
        **common_arguments(config, folder, epochs, validate, loss_only, bfloat16),
        loss_type="nll",
        max_length=None,
        packing=False,
        dataset_kwargs={"skip_prepare_dataset": True},
    )


def common_arguments(
    config: RunConfig, folder: Path, epochs: int, validate: bool, loss_only: bool, bfloat16: bool
) -> dict[str, Any]:
    """A checkpoint and a validation after each epoch, everything seeded, nothing sent anywhere."""
    at_once, times = rows_at_once(config, process_count())
    return {
        "output_dir": str(folder),
        "num_train_epochs": epochs,
        "learning_rate": config.learning_rate,
        "weight_decay": config.weight_decay,
        "lr_scheduler_type": config.schedule,
        "warmup_steps": config.warmup,
        "per_device_train_batch_size": at_once,
        "per_device_eval_batch_size": config.micro_batch_size * 2,
        "gradient_accumulation_steps": times,
        "gradient_checkpointing": config.gradient_checkpointing,
        "remove_unused_columns": False,
        "eval_strategy": "epoch" if validate else "no",
        "prediction_loss_only": loss_only,
        "label_names": ["labels"],
        "save_strategy": "epoch",
        "save_total_limit": 2,
        "logging_steps": 1,
        "logging_nan_inf_filter": False,
        "disable_tqdm": True,
        "report_to": "none",
        "seed": config.seed,
        "data_seed": config.seed,
        "bf16": bfloat16,
        "use_cpu": not torch.cuda.is_available(),
        "dataloader_pin_memory": torch.cuda.is_available(),
    }


def rows_at_once(config: RunConfig, processes: int) -> tuple[int, int]:
    """
    How many rows each process computes at once, at most those of the config, and how often in a step, such that a step is of
    exactly `batch_size` rows; a fault where these cannot be divided.
    """
    each, left = divmod(config.batch_size, processes)
    if left > 0:
        raise TrainerFault(
            "usage",
            f"--batch-size: {config.batch_size} rows cannot be divided equally among {processes} processes",
            f"set a multiple of {processes}, or another number of processes",
        )
    at_once = max(count for count in range(1, min(each, config.micro_batch_size) + 1) if each % count == 0)
    return at_once, each // at_once
