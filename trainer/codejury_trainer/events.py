"""What the trainer tells its driver: one JSON object a line on the standard output it was started with."""

from __future__ import annotations

import json
import math
import os
import sys
import threading
from typing import Any


class Events:
    """Writes events. Everything else that prints, in whatever library, goes to standard error from here on."""

    def __init__(self, main_process: bool) -> None:
        self._main = main_process
        self._lock = threading.Lock()
        sys.stdout.flush()
        self._stream = os.fdopen(os.dup(1), "w", encoding="utf-8")
        os.dup2(2, 1)

    def emit(self, event: str, **fields: Any) -> None:
        """
        One event, of the main process, or an error of any; numbers that are none (NaN, infinite) become null. A driver that
        went away is no error.
        """
        if not self._main and event != "error":
            return
        line = json.dumps({"event": event, **{name: _finite(value) for name, value in fields.items()}})
        with self._lock:
            try:
                self._stream.write(line + "\n")
                self._stream.flush()
            except BrokenPipeError:
                pass


def _finite(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {name: _finite(item) for name, item in value.items()}
    return value
