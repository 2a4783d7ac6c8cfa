"""`python train.py RUN_FOLDER`: a JSON object a line, what one way of training costs, in the trainer and in a bare loop."""

from __future__ import annotations

import copy
import dataclasses
import gc
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from transformers import TrainerCallback

from codejury_trainer.arguments import training_arguments
from codejury_trainer.base_model import load_base, load_tokenizer, prepare
from codejury_trainer.batches import BatchMaker
from codejury_trainer.collate import IGNORED, to_dataset
from codejury_trainer.judge_trainer import HowToTrain, JudgeTrainer
from codejury_trainer.rows import read_rows, weigh
from codejury_trainer.run_config import RunConfig, read_run_config

#: Both are an epoch: every way computes the same rows.
WARM_UP_STEPS = 2
STEPS = 2
ROUNDS = 1
LAYERS = 10

WAYS: list[tuple[str, dict[str, Any]]] = [
    ("bfloat16, packs", {"precision": "bfloat16"}),
    (
        f"last {LAYERS} layers, states below kept",
        {"precision": "bfloat16", "layers": LAYERS, "cache_lower_layers": True},
    ),
    (f"last {LAYERS} layers", {"precision": "bfloat16", "layers": LAYERS}),
    ("rows one by one", {"precision": "bfloat16", "packing": "none"}),
    ("rows one by one, float32", {"precision": "float32", "packing": "none"}),
]


class Silent:
    """Events that nobody hears."""

    def emit(self, event: str, **fields: Any) -> None:
        pass


class Clock(TrainerCallback):
    """Seconds from the end of warming up to the last step."""

    def __init__(self) -> None:
        self.begin = self.end = (0.0, 0.0)

    def on_step_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        self.end = now()
        if state.global_step == WARM_UP_STEPS:
            self.begin = self.end


def now() -> tuple[float, float]:
    """By the wall, and of the processor."""
    return time.perf_counter(), time.process_time()


def main(folder: Path) -> None:
    given = read_run_config(folder)
    base, tokenizer = load_base(given), load_tokenizer(given)
    for name, changes in WAYS:
        config = dataclasses.replace(given, **changes)
        with tempfile.TemporaryDirectory() as scratch:
            print(json.dumps({"way": name, **measure(config, copy.deepcopy(base), tokenizer, Path(scratch))}), flush=True)
        gc.collect()


def measure(config: RunConfig, base: Any, tokenizer: Any, scratch: Path) -> dict[str, Any]:
    """Rows and tokens of a round, and its costs (wall and processor, in seconds) in trainer and bare loop."""
    bfloat16 = config.precision == "bfloat16"
    rows = read_rows(config.folder / config.train_file, config, None).kept
    weigh(rows, config.labels, config)
    model = prepare(base, config, bfloat16)
    began = now()
    batches = BatchMaker(config, model, tokenizer.pad_token_id, bfloat16, Silent()).prepare(
        rows, [], scratch / "states", lambda: False
    )
    prepared = now()[1] - began[1]

    def trainer(*callbacks: TrainerCallback) -> JudgeTrainer:
        arguments = training_arguments(config, scratch, 1, False, False, bfloat16)
        arguments.max_steps, arguments.save_strategy = WARM_UP_STEPS + STEPS, "no"
        return JudgeTrainer(
            model=model,
            args=arguments,
            train_dataset=to_dataset(rows),
            processing_class=tokenizer,
            data_collator=batches.collator,
            callbacks=list(callbacks),
            how=HowToTrain([label.tokens for label in config.labels], packed=batches.packed, lower=batches.lower),
        )

    ours, bare = [], []
    epoch = list(trainer().get_train_dataloader())
    used = [*epoch, *epoch]
    a_step = config.batch_size // config.micro_batch_size
    for _ in range(ROUNDS):
        clock = Clock()
        trainer(clock).train()
        ours.append([end - begin for begin, end in zip(clock.begin, clock.end)])
        bare.append(bare_loop(model, used, a_step, bfloat16, batches.lower))
    measured = used[WARM_UP_STEPS * a_step :]
    return {
        "rows": sum(len(batch["classes"]) for batch in measured),
        "tokens": sum(batch["input_ids"].numel() for batch in measured),
        "prepared": prepared,
        "ours": ours,
        "bare": bare,
    }


def bare_loop(model: Any, used: list[dict[str, Any]], a_step: int, bfloat16: bool, lower: Any) -> list[float]:
    """Forward, backward and step on the same batches, and nothing else."""
    optimizer = torch.optim.AdamW([parameter for parameter in model.parameters() if parameter.requires_grad], lr=1e-4)
    model.train()
    begin = now()
    for index, batch in enumerate(used):
        if index == WARM_UP_STEPS * a_step:
            begin = now()
        targets = batch["labels"][:, 1:]
        wanted = (targets != IGNORED).any(dim=0).nonzero().squeeze(1)
        if lower is not None:
            lower.states = batch["states"]
        more = {name: batch[name] for name in ("packs", "position_ids") if "packs" in batch}
        with torch.autocast("cpu", torch.bfloat16, enabled=bfloat16):
            logits = model(input_ids=batch["input_ids"], logits_to_keep=wanted, use_cache=False, **more).logits
        F.cross_entropy(logits.float().flatten(0, 1), targets[:, wanted].flatten(), ignore_index=IGNORED).backward()
        if index % a_step == a_step - 1:
            optimizer.step()
            optimizer.zero_grad()
    return [after - before for before, after in zip(begin, now())]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
