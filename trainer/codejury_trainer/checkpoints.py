"""What a killed training goes on from."""

from __future__ import annotations

import os
from pathlib import Path

from transformers import Trainer
from transformers.trainer_utils import get_last_checkpoint

from .faults import TrainerFault
from .processes import is_main_process, of_main, process_count


def checkpoint_to_resume(folder: Path) -> str | None:
    """
    The newest whole checkpoint, the same in every process; None for a training that begins. A fault where another number of
    processes wrote it: they divided the rows differently.
    """
    found = of_main(last_whole_checkpoint(folder) if is_main_process() else None)
    if found is None:
        return None
    # Each process writes the state of its own random numbers.
    before = len(list(Path(found).glob("rng_state*.pth")))
    if before != process_count():
        raise TrainerFault(
            "usage",
            f"{folder.parent} holds a training by {before} processes; it cannot go on with {process_count()}",
            "start it with as many processes as before, or name another folder",
        )
    return found


def last_whole_checkpoint(folder: Path) -> str | None:
    """The newest checkpoint that was written to its end: the trainer's state comes last."""
    while (found := get_last_checkpoint(str(folder))) is not None:
        if (Path(found) / "trainer_state.json").exists():
            return found
        os.rename(found, f"{found}.incomplete")
    return None


class WholeCheckpoints(Trainer):
    """A trainer whose state is written after every process has written its part."""

    def _save_rng_state(self, output_dir: str) -> None:
        super()._save_rng_state(output_dir)
        self.accelerator.wait_for_everyone()
