"""`python -m codejury_trainer.launch CONFIG RUN_FOLDER`: as many processes as a file of `accelerate config` says."""

from __future__ import annotations

import os
import sys
from typing import Any

from .__main__ import DONE, FAULT, STOPPED, tell
from .events import Events
from .faults import TrainerFault

#: What the trainer knows to do: every process has the whole model.
KINDS = ("NO", "MULTI_CPU", "MULTI_GPU")


def main() -> int:
    """Starts them and waits; they tell what happens, this process only what keeps them from starting."""
    from torch.distributed.elastic.multiprocessing.api import SignalException
    from torch.distributed.elastic.multiprocessing.errors import ChildFailedError

    try:
        if len(sys.argv) != 3:
            raise TrainerFault("usage", "expected two arguments: a file of accelerate config, the run folder")
        _launch(*sys.argv[1:])
    except SignalException:
        return STOPPED
    except ChildFailedError as error:
        print(error, file=sys.stderr)
        return FAULT
    except BaseException as error:
        tell(Events(True), error)
        return FAULT
    return DONE


def _launch(file: str, folder: str) -> None:
    from accelerate.commands import launch
    from accelerate.utils.launch import prepare_simple_launcher_cmd_env

    config = _read(file)
    processors = config.distributed_type == "MULTI_CPU"
    if processors:
        os.environ["CUDA_VISIBLE_DEVICES"] = ""
    # accelerate starts several processes on processors only with mpirun; as for GPUs, it does without.
    several = ["--multi_gpu"] if processors and config.num_processes > 1 else []
    given = ["--config_file", file, *several, "-m", "codejury_trainer", folder]
    args, _, _ = launch._validate_launch_command(launch.launch_command_parser().parse_args(given))
    # In which precision is a setting of the run.
    args.mixed_precision = "no"
    if args.multi_gpu:
        launch.multi_gpu_launcher(args)
        return
    command, environment = prepare_simple_launcher_cmd_env(args)
    # No process in between, which signals would reach instead.
    os.execvpe(command[0], command, environment)


def _read(file: str) -> Any:
    from accelerate.commands.config.config_args import load_config_from_file

    try:
        config = load_config_from_file(file)
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise TrainerFault("usage", f"{file} is no file of `accelerate config`: {error}") from error
    # YAML takes a NO without quotes for false.
    kind = str(getattr(config.distributed_type, "value", config.distributed_type or "NO"))
    if kind not in KINDS:
        raise TrainerFault(
            "capability",
            f"distributed_type: expected {' or '.join(KINDS)}, received {kind} ({file})",
            "every process has the whole model here; answer no to DeepSpeed, FSDP and Megatron-LM in `accelerate config`",
        )
    if getattr(config, "mpirun_config", None):
        raise TrainerFault(
            "capability", f"processes are not started by mpirun here ({file})", "remove mpirun_config from the file"
        )
    return config


if __name__ == "__main__":
    sys.exit(main())
