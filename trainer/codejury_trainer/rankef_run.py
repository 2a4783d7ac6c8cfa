"""A run whose model is an encoder-decoder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Callable

import numpy as np
import torch
from datasets import Dataset
from transformers import AutoTokenizer, EvalPrediction, TrainingArguments, set_seed

from .arguments import common_arguments
from .callbacks import KeepBest, Progress, StopWhenAsked, TimedCheckpoints
from .checkpoints import WholeCheckpoints, checkpoint_to_resume
from .collate import IGNORED
from .events import Events
from .faults import TrainerFault
from .metrics import judge_metrics
from .processes import any_of, is_main_process
from .rankef_model import load_rankef
from .result import versions, write_result
from .rows import Row, Rows, check_classes
from .run_config import RunConfig
from .sampler import LengthGroupedSampler

#: RankEF's: longer targets are cut.
TARGET_TOKENS = 150


def train_rankef(config: RunConfig, events: Events, asked_to_stop: Callable[[], bool]) -> bool:
    """As `run.train`, for RankEF on an encoder-decoder."""
    if config.objective != "rankef" or config.method != "full" or config.base_kind != "transformers":
        raise TrainerFault(
            "usage",
            "an encoder-decoder is trained with --objective rankef --method full",
            "and with a base like --model transformers:Salesforce/codet5p-770m",
        )
    events.emit("preparing", what="reading rows")
    tokenizer = AutoTokenizer.from_pretrained(config.base)
    training = _read(config.folder / config.train_file, tokenizer, config)
    validation = _read(config.folder / config.validation_file, tokenizer, config)
    validation.kept.sort(key=lambda row: len(row.tokens))
    check_classes(training.kept, config.labels)
    counts = {
        "train": len(training.kept),
        "validation": len(validation.kept),
        "tooLong": training.too_long + validation.too_long,
    }
    events.emit("rows", **counts)
    events.emit("preparing", what="loading the model")
    set_seed(config.seed)
    model = load_rankef(config.base)
    trained = sum(parameter.numel() for parameter in model.parameters())
    events.emit("loaded", bfloat16=False, trained=trained, frozen=0, versions=versions())

    def save(saved: Any, folder: Path) -> None:
        saved.save_pretrained(str(folder), safe_serialization=True)
        tokenizer.save_pretrained(str(folder))

    def metrics(prediction: EvalPrediction) -> dict[str, float | None]:
        tasks = [row.task for row in validation.kept]
        correct = next(index for index, label in enumerate(config.labels or []) if label.correct)
        return judge_metrics(np.asarray(prediction.predictions), np.asarray(prediction.label_ids), correct, tasks)

    checkpoints = config.folder / "checkpoints"
    checkpoints.mkdir(exist_ok=True)
    trainer = RankefTrainer(
        model=model,
        args=TrainingArguments(**common_arguments(config, checkpoints, config.epochs, True, False, False)),
        train_dataset=_dataset(training.kept),
        eval_dataset=_dataset(validation.kept),
        data_collator=RankefCollator(tokenizer.pad_token_id or 0),
        compute_metrics=metrics,
        callbacks=[
            Progress(events, "main"),
            TimedCheckpoints(events, config.checkpoint_seconds),
            StopWhenAsked(asked_to_stop),
            KeepBest(config.folder, events, save),
        ],
    )
    trainer.train(resume_from_checkpoint=checkpoint_to_resume(checkpoints))
    if any_of(asked_to_stop()):
        return False
    if is_main_process():
        write_result(config, counts)
    return True


def _read(file: Path, tokenizer: Any, config: RunConfig) -> Rows:
    """Rows as source tokens; `weights` holds the target's tokens, of rows that generate."""
    kept: list[Row] = []
    too_long = 0
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            raw = json.loads(line)
            source = list(tokenizer(raw["prompt"])["input_ids"])
            if len(source) > config.max_length:
                too_long += 1
                continue
            target = tokenizer(text_target=raw["completion"], truncation=True, max_length=TARGET_TOKENS)["input_ids"]
            kept.append(Row(source, 0, raw["class"], raw["task"], list(target) if raw["class"] is None else []))
    if not kept and too_long > 0:
        raise TrainerFault(
            "context-length",
            f"all {too_long} rows of {file.name} are longer than {config.max_length} tokens",
            "set a larger --max-length",
        )
    return Rows(kept, too_long)


def _dataset(rows: list[Row]) -> Dataset:
    return Dataset.from_dict(
        {
            "input_ids": [row.tokens for row in rows],
            "target": [[int(token) for token in row.weights] for row in rows],
            "class": [IGNORED if row.label is None else row.label for row in rows],
            "length": [len(row.tokens) for row in rows],
        }
    )


class RankefCollator:
    """Pads sources and targets."""

    def __init__(self, pad_token: int) -> None:
        self._pad = pad_token

    def __call__(self, rows: list[dict[str, Any]]) -> dict[str, torch.Tensor]:
        sources = [torch.tensor(row["input_ids"]) for row in rows]
        targets = [torch.tensor(row["target"] or [IGNORED], dtype=torch.long) for row in rows]
        pad = torch.nn.utils.rnn.pad_sequence
        input_ids = pad(sources, batch_first=True, padding_value=self._pad)
        lengths = torch.tensor([len(source) for source in sources])
        return {
            "input_ids": input_ids,
            "attention_mask": (torch.arange(input_ids.shape[1])[None, :] < lengths[:, None]).long(),
            "labels": pad(targets, batch_first=True, padding_value=IGNORED),
            "classes": torch.tensor([row["class"] for row in rows]),
        }


class RankefTrainer(WholeCheckpoints):
    """transformers' trainer with both losses and, on validation, the classes' log-probabilities."""

    def _get_train_sampler(self, train_dataset: Any = None) -> LengthGroupedSampler:
        lengths = (self.train_dataset if train_dataset is None else train_dataset)["length"]

        def epoch() -> int:
            return int((self.state.epoch or 0) + 1e-6)

        return LengthGroupedSampler(list(lengths), self.args.per_device_train_batch_size, self.args.data_seed, epoch)

    def compute_loss(self, model: Any, inputs: Any, return_outputs: bool = False, num_items_in_batch: Any = None) -> Any:
        loss, logits = model(**inputs)
        # The losses are means over the rows of one batch: those of a step are averaged.
        loss = loss / self.current_gradient_accumulation_steps if num_items_in_batch is not None else loss
        return (loss, logits) if return_outputs else loss

    def prediction_step(self, model: Any, inputs: Any, prediction_loss_only: bool, ignore_keys: Any = None) -> Any:
        inputs = self._prepare_inputs(inputs)
        with torch.no_grad():
            loss, logits = model(**inputs)
        return loss, logits.float().log_softmax(dim=-1), inputs["classes"]
