"""What a killed training goes on from."""

from __future__ import annotations

import os
from pathlib import Path

from transformers.trainer_utils import get_last_checkpoint


def last_whole_checkpoint(folder: Path) -> str | None:
    """The newest checkpoint that was written to its end: the trainer's state comes last."""
    while (found := get_last_checkpoint(str(folder))) is not None:
        if (Path(found) / "trainer_state.json").exists():
            return found
        os.rename(found, f"{found}.incomplete")
    return None
