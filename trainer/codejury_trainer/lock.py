"""One training a folder: one that is ending after its driver died finishes first."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path
from typing import Iterator

from .faults import TrainerFault
from .processes import is_main_process

WAIT_SECONDS = 60.0


@contextlib.contextmanager
def lock_folder(folder: Path) -> Iterator[None]:
    """Holds the folder while inside; the system gives it back whatever ends the process."""
    if os.name != "posix" or not is_main_process():
        yield
        return
    import fcntl

    with (folder / "trainer.lock").open("w") as file:
        deadline = time.monotonic() + WAIT_SECONDS
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if time.monotonic() > deadline:
                    raise TrainerFault("usage", f"another training is under way in {folder}", "wait until it ends") from error
                time.sleep(0.5)
        yield
