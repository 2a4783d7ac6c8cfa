"""`python -m codejury_trainer RUN_FOLDER`: trains as the folder's `config.json` says, telling events on standard output."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
import traceback
from pathlib import Path

from .events import Events
from .faults import TrainerFault, fault_of
from .processes import is_main_process, meet

#: Exit statuses; a fault has been told as an event before.
DONE, FAULT, STOPPED = 0, 1, 3

#: A step under way may take so long when the driver has died; after that, what was done since the last checkpoint is lost.
LAST_STEP_SECONDS = 30.0


def main() -> int:
    events = Events(is_main_process())
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    signal.signal(signal.SIGINT, lambda *_: stop.set())
    if os.environ.get("CODEJURY_TRAINER_WATCH") == "1":
        threading.Thread(target=_watch_driver, args=(stop,), daemon=True).start()
    try:
        if len(sys.argv) != 2:
            raise TrainerFault("usage", "expected one argument: the run folder")
        folder = Path(sys.argv[1]).resolve()
        _quiet()
        from .lock import lock_folder
        from .run_config import read_run_config

        config = read_run_config(folder)
        if config.architecture == "encoder-decoder":
            from .rankef_run import train_rankef as train
        else:
            from .run import train
        with lock_folder(folder):
            meet()
            finished = train(config, events, stop.is_set)
    except BaseException as error:
        tell(events, error)
        return FAULT
    events.emit("done" if finished else "stopped")
    return DONE if finished else STOPPED


def tell(events: Events, error: BaseException) -> None:
    """What ended this process, as an event; where it happened, on standard error."""
    fault = fault_of(error)
    traceback.print_exc()
    if fault is None:
        events.emit("error", code="internal", message=f"{type(error).__name__}: {error}", hint=None)
    else:
        events.emit("error", code=fault.code, message=fault.message, hint=fault.hint)


def _watch_driver(stop: threading.Event) -> None:
    """The driver holds the other end of standard input: when it dies, however it dies, nobody waits for this training."""
    while os.read(0, 4096):
        continue
    # Nobody reads the pipes any more; a library that prints would fail before the checkpoint is written.
    try:
        log = os.open(Path(sys.argv[-1]) / "trainer.log", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    except OSError:
        log = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(log, stream)
    stop.set()
    time.sleep(LAST_STEP_SECONDS)
    os._exit(STOPPED)


def _quiet() -> None:
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


if __name__ == "__main__":
    sys.exit(main())
