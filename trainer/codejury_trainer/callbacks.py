"""Progress, checkpoints by the clock, stopping when asked, and the best weights so far."""

from __future__ import annotations

import json
import os
import shutil
import time
from pathlib import Path
from typing import Any, Callable

from transformers import TrainerCallback

from .events import Events
from .json_file import write_json
from .metrics import is_better
from .processes import any_of, is_main_process, of_main


class Progress(TrainerCallback):
    """Events of a training: steps with loss and time left, validations with their values."""

    def __init__(self, events: Events, stage: str) -> None:
        self._events = events
        self._stage = stage
        self._began: float | None = None
        self._first_step = 0
        self._validating = 0.0
        self._last_validation = 0.0
        self._validated_from = 0.0
        self._validated = 0

    def on_train_begin(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        self._began = time.monotonic()
        self._first_step = state.global_step
        if state.global_step > 0:
            self._events.emit("resumed", step=state.global_step, steps=state.max_steps)

    def on_log(self, args: Any, state: Any, control: Any, logs: dict[str, float] | None = None, **kwargs: Any) -> None:
        if logs is None or "loss" not in logs:
            return
        self._events.emit(
            "step",
            stage=self._stage,
            step=state.global_step,
            steps=state.max_steps,
            epoch=state.epoch,
            epochs=args.num_train_epochs,
            loss=logs["loss"],
            secondsLeft=self._seconds_left(args, state),
        )

    def _seconds_left(self, args: Any, state: Any) -> float | None:
        done = state.global_step - self._first_step
        if self._began is None or done < 1:
            return None
        training = time.monotonic() - self._began - self._validating
        validations = args.num_train_epochs - int(state.epoch or 0)
        return training / done * (state.max_steps - state.global_step) + validations * self._last_validation

    def on_prediction_step(self, args: Any, state: Any, control: Any, eval_dataloader: Any = None, **kwargs: Any) -> None:
        if self._validated == 0:
            self._validated_from = time.monotonic()
        self._validated += 1
        self._events.emit("validating", done=self._validated, total=len(eval_dataloader))

    def on_evaluate(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        self._last_validation = time.monotonic() - self._validated_from
        self._validating += self._last_validation
        self._validated = 0


#: Seconds before the first checkpoint, and the share of the time that writing them may take.
SOONEST, COST = 20.0, 0.02


class TimedCheckpoints(TrainerCallback):
    """
    Checkpoints besides those of each epoch: so often that a kill costs seconds where they are small, as those of an adapter
    are, and writing them little where they are not; `longest` seconds apart at most.
    """

    def __init__(self, events: Events, longest: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._events = events
        self._clock = clock
        self._longest = longest
        self._wait = min(longest, SOONEST)
        self._last = clock()
        self._asked: float | None = None

    def on_step_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        now = self._clock()
        # Each process has its own clock, and all write a part of a checkpoint.
        if of_main(now - self._last >= self._wait):
            control.should_save = True
            self._asked = now

    def on_save(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        self._last = self._clock()
        if self._asked is not None:
            self._wait = min(self._longest, max(SOONEST, (self._last - self._asked) / COST))
            self._asked = None
        self._events.emit("checkpoint", step=state.global_step)


class StopWhenAsked(TrainerCallback):
    """Ends the training after the step under way, with a checkpoint, once `asked` says so."""

    def __init__(self, asked: Callable[[], bool]) -> None:
        self._asked = asked

    def on_step_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        if any_of(self._asked()):
            control.should_save = True
            control.should_training_stop = True


class KeepBest(TrainerCallback):
    """Saves the weights of the epoch that did best on validation, and the history of all epochs beside them."""

    def __init__(self, folder: Path, events: Events, save: Callable[[Any, Path], None]) -> None:
        self._folder = folder
        self._events = events
        self._save = save

    def on_evaluate(
        self, args: Any, state: Any, control: Any, metrics: dict[str, float] | None = None, model: Any = None, **kwargs: Any
    ) -> None:
        epoch = round(state.epoch or 0)
        values = {name.removeprefix("eval_"): value for name, value in (metrics or {}).items() if name.startswith("eval_")}
        kept = {name: value for name, value in values.items() if name in METRICS}
        self._events.emit("evaluated", epoch=epoch, metrics=kept)
        # Those after this epoch are from before a kill: this run repeats them.
        history = [entry for entry in read_history(self._folder) if entry["epoch"] < epoch]
        best = best_of(history)
        history.append({"epoch": epoch, "metrics": kept})
        if is_main_process():
            if is_better(kept, None if best is None else best["metrics"]):
                temporary = self._folder / "best.new"
                shutil.rmtree(temporary, ignore_errors=True)
                self._save(model, temporary)
                shutil.rmtree(self._folder / "best", ignore_errors=True)
                os.replace(temporary, self._folder / "best")
            write_json(self._folder / "history.json", history)


#: Of what the trainer computes on validation.
METRICS = ("kappa", "f1", "accuracy", "auc", "aucWithinTask", "merit", "candidates", "invalid", "labelMass", "loss")


def read_history(folder: Path) -> list[dict[str, Any]]:
    """The validated epochs so far, in order; empty before the first."""
    file = folder / "history.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else []


def best_of(history: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The entry whose weights are kept: the first of the best."""
    best = None
    for entry in history:
        if is_better(entry["metrics"], None if best is None else best["metrics"]):
            best = entry
    return best
