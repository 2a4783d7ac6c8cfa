"""Expected faults, and how those of torch are recognised."""

from __future__ import annotations

from .processes import lost_another


class TrainerFault(Exception):
    """Something the user, the data or the machine did; `code` is one of the codes of codejury's errors."""

    def __init__(self, code: str, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


NO_MEMORY_HINT = "set a smaller --batch-size or --max-length, train fewer --layers, or use --method lora"


def fault_of(error: BaseException) -> TrainerFault | None:
    """The fault that an exception of torch or transformers stands for; None for what may be a bug."""
    if isinstance(error, TrainerFault):
        return error
    text = str(error)
    if isinstance(error, MemoryError) or "out of memory" in text.lower() or "can't allocate memory" in text.lower():
        return TrainerFault("engine", "not enough memory for this training", NO_MEMORY_HINT)
    if isinstance(error, OSError) and error.errno == 28:
        return TrainerFault("disk-full", "no space left for checkpoints", "free some space and run the command again")
    if lost_another(error):
        return TrainerFault(
            "engine",
            "another process of this training ended",
            "what it said is in trainer.log, or on its own machine; when it was killed, the memory was too small most often",
        )
    return None
