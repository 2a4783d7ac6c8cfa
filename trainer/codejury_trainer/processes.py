"""The processes of one training: which one this is, and what all of them must decide alike."""

from __future__ import annotations

import os
from typing import TypeVar

T = TypeVar("T")


def process_count() -> int:
    """Processes that train together, on all machines."""
    return int(os.environ.get("WORLD_SIZE", "1"))


def is_main_process() -> bool:
    """Whether this is the one that tells events and writes files."""
    return os.environ.get("RANK", "0") == "0"


def meet() -> None:
    """Waits for the other processes, and takes this one's GPU; what is below may be called from here on."""
    import torch
    from accelerate import PartialState

    PartialState(cpu=not torch.cuda.is_available())


def of_main(value: T) -> T:
    """What the main process has. All processes have to call it, as `any_of`."""
    if process_count() == 1:
        return value
    from accelerate.utils import broadcast_object_list

    return broadcast_object_list([value])[0]


def any_of(flag: bool) -> bool:
    """Whether it is so in at least one process."""
    if process_count() == 1:
        return flag
    import torch
    from accelerate import PartialState

    flags = torch.tensor(int(flag), device=PartialState().device)
    torch.distributed.all_reduce(flags)
    return bool(flags.item())


def lost_another(error: BaseException) -> bool:
    """Whether an exception only says that another process is gone."""
    if process_count() == 1:
        return False
    import torch

    return isinstance(error, torch.distributed.DistError) or "/gloo/" in str(error)
