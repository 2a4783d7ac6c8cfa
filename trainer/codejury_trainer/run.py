"""One run: rows and base in, best weights out."""

from __future__ import annotations

import json
import os
import shutil
from functools import cache
from pathlib import Path
from typing import Any, Callable

import numpy as np
from transformers import EvalPrediction, set_seed

from .arguments import training_arguments
from .base_model import load_base, load_tokenizer, prepare, processor_has_bfloat16
from .batches import Batches, BatchMaker
from .callbacks import KeepBest, Progress, StopWhenAsked, TimedCheckpoints
from .checkpoints import checkpoint_to_resume
from .collate import to_dataset
from .events import Events
from .faults import TrainerFault
from .fit_head import fit_head, states_of_rows
from .head import save_head
from .head_trainer import HeadTrainer
from .json_file import write_json
from .judge_trainer import HowToTrain, JudgeTrainer
from .metrics import judge_metrics, merit_of_scores
from .processes import any_of, is_main_process, of_main, process_count
from .result import versions, write_result
from .rows import Row, check_classes, filler, read_rows, weigh
from .run_config import RunConfig
from .tokens import PromptTokenizer


def train(config: RunConfig, events: Events, asked_to_stop: Callable[[], bool]) -> bool:
    """Trains, or goes on with it. False when it was asked to stop before the end; then a checkpoint is left."""
    _require_possible(config)
    events.emit("preparing", what="reading rows")
    tokenizer = load_tokenizer(config)
    tools = cache(lambda: PromptTokenizer(tokenizer))
    training = read_rows(config.folder / config.train_file, config, tools)
    validation = read_rows(config.folder / config.validation_file, config, tools)
    check_classes(training.kept, config.labels)
    weigh(training.kept, config.labels, config)
    weigh(validation.kept, config.labels, config)
    counts = {
        "train": len(training.kept),
        "validation": len(validation.kept),
        "tooLong": training.too_long + validation.too_long,
    }
    tokens = sum(len(row.tokens) for row in training.kept)
    events.emit("rows", **counts, trainTokens=tokens)

    events.emit("preparing", what="loading the model")
    bfloat16 = config.precision == "bfloat16" or (config.precision == "auto" and processor_has_bfloat16())
    set_seed(config.seed)
    model = prepare(load_base(config), config, bfloat16)
    events.emit("loaded", bfloat16=bfloat16, trained=_count(model, True), frozen=_count(model, False), versions=versions())

    stage = Stage(config, events, asked_to_stop, tokenizer, tools, model, bfloat16)
    if config.first_stage_file is not None and not stage.first(config.first_stage_file):
        return False
    if not stage.main(training.kept, validation.kept):
        return False
    if is_main_process():
        write_result(config, counts)
        for name in KEPT_STATES.values():
            shutil.rmtree(config.folder / name, ignore_errors=True)
    return True


#: Folders of what frozen layers make of rows, by the folder of checkpoints; they are large, and of no use after the training.
KEPT_STATES = {"checkpoints": "lower-layers", "first-stage-checkpoints": "first-stage-lower-layers"}


class Stage:
    """What the stages of a run share."""

    def __init__(
        self,
        config: RunConfig,
        events: Events,
        asked_to_stop: Callable[[], bool],
        tokenizer: Any,
        tools: Callable[[], PromptTokenizer],
        model: Any,
        bfloat16: bool,
    ) -> None:
        self._config = config
        self._events = events
        self._asked = asked_to_stop
        self._tokenizer = tokenizer
        self._tools = tools
        self._model = model
        self._bfloat16 = bfloat16
        self._batches = BatchMaker(config, model, tokenizer.pad_token_id, bfloat16, events)
        labels = config.labels
        self._label_tokens = (
            None
            if labels is None or config.head is not None
            else [label.tokens or tools().label(label.forms, label.name) for label in labels]
        )

    def first(self, file: str) -> bool:
        """The stage on other rows before the real one; the weights it leaves are where that begins."""
        done = self._config.folder / "first-stage"
        if not of_main(done.exists()):
            rows = read_rows(self._config.folder / file, self._config, self._tools).kept
            check_classes(rows, self._config.labels)
            weigh(rows, self._config.labels, self._config)
            if not self._run(rows, [], "first-stage-checkpoints", self._config.first_stage_epochs, []):
                return False
            if is_main_process():
                temporary = self._config.folder / "first-stage.new"
                save_weights(self._model, temporary)
                os.replace(temporary, done)
        else:
            load_weights(self._model, done)
        return True

    def main(self, training: list[Row], validation: list[Row]) -> bool:
        """Trains and validates after each epoch; the best weights are in `best/`."""
        keep = KeepBest(self._config.folder, self._events, save_weights)
        return self._run(training, validation, "checkpoints", self._config.epochs, [keep])

    def _run(self, rows: list[Row], validation: list[Row], folder: str, epochs: int, more: list[Any]) -> bool:
        config, events = self._config, self._events
        checkpoints = config.folder / folder
        checkpoints.mkdir(exist_ok=True)
        # What is computed together in training is so here; the order does not matter for any value.
        together = config.packing == "task"
        validation = sorted(validation, key=lambda row: (row.task if together else "", len(row.tokens)))
        states = config.folder / KEPT_STATES[folder]
        batches = self._batches.prepare(rows, validation, states, self._asked)
        if batches is None:
            return False
        correct = next((index for index, label in enumerate(config.labels or []) if label.correct), None)

        def metrics(prediction: EvalPrediction) -> dict[str, float | None]:
            scores, classes = np.asarray(prediction.predictions), np.asarray(prediction.label_ids)
            values = judge_metrics(scores, classes, correct or 0, [row.task for row in validation])
            # Where a head says "correct" is decided when it is served.
            return values if config.head is None else {**values, "merit": merit_of_scores(values)}

        stage = "first" if folder != "checkpoints" else "main"
        checkpoint = checkpoint_to_resume(checkpoints)
        if config.head is not None and checkpoint is None and not self._fit(rows, batches, correct or 0, config.head.strength):
            return False
        trainer = (JudgeTrainer if config.head is None else HeadTrainer)(
            model=self._model,
            args=training_arguments(
                config, checkpoints, epochs, bool(validation), config.labels is None, self._bfloat16
            ),
            train_dataset=to_dataset([*rows, *([filler(rows)] if process_count() > 1 else [])]),
            eval_dataset=to_dataset(validation, len(rows)) if validation else None,
            processing_class=self._tokenizer,
            data_collator=batches.collator,
            compute_metrics=metrics if config.labels is not None else None,
            how=HowToTrain(
                label_tokens=self._label_tokens,
                correct=correct or 0,
                smoothing=config.label_smoothing,
                pairwise=config.pairwise,
                packed=batches.packed,
                lower=batches.lower,
            ),
            callbacks=[
                Progress(events, stage),
                TimedCheckpoints(events, config.checkpoint_seconds),
                StopWhenAsked(self._asked),
                *more,
            ],
        )
        trainer.train(resume_from_checkpoint=checkpoint)
        return not any_of(self._asked())

    def _fit(self, rows: list[Row], batches: Batches, correct: int, strength: float) -> bool:
        """The head as it begins; false when it was asked to stop before."""
        with self._batches.autocast():
            states = states_of_rows(
                self._model,
                rows,
                batches,
                self._config.micro_batch_size * 2,
                lambda what: self._events.emit("preparing", what=what),
                self._asked,
            )
        if states is not None:
            fit_head(self._model.judge_head, states, rows, correct, strength)
        return states is not None


def _require_possible(config: RunConfig) -> None:
    plain = config.method == "lora" and config.objective == "verdict" and config.first_stage_file is None
    if config.head is not None and not plain:
        raise TrainerFault("usage", "a head is trained with --objective verdict --method lora, in one stage")
    if process_count() == 1:
        return
    for flag, given in (("--head probe", config.head is not None), ("--cache-lower-layers", config.cache_lower_layers)):
        if given:
            raise TrainerFault(
                "capability", f"{flag} trains in one process", "train without it, or without a file of accelerate"
            )


def save_weights(model: Any, folder: Path) -> None:
    """The adapter, or all weights, in the files of PEFT and transformers; a head beside the adapter."""
    model.save_pretrained(str(folder), safe_serialization=True)
    save_head(model, folder)
    # A model card with nothing in it but the path of the base on this machine.
    (folder / "README.md").unlink(missing_ok=True)
    settings = folder / "adapter_config.json"
    if settings.exists():
        # PEFT writes the modules in the order of a set, which is another in every process, and where the base was on this machine.
        value = json.loads(settings.read_text(encoding="utf-8"))
        value["target_modules"] = sorted(value["target_modules"])
        value["base_model_name_or_path"] = None
        write_json(settings, value)


def load_weights(model: Any, folder: Path) -> None:
    """What `save_weights` wrote, into a model of the same kind."""
    from safetensors.torch import load_file

    adapter = folder / "adapter_model.safetensors"
    if adapter.exists():
        from peft import set_peft_model_state_dict

        set_peft_model_state_dict(model, load_file(adapter))
        return
    for file in sorted(folder.glob("model*.safetensors")):
        model.load_state_dict(load_file(file), strict=False)


def _count(model: Any, trained: bool) -> int:
    return sum(parameter.numel() for parameter in model.parameters() if parameter.requires_grad == trained)
