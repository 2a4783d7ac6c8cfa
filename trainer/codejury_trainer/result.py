"""What a training leaves: `result/` with the best weights, and what they are."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from .callbacks import best_of, read_history
from .json_file import write_json
from .run_config import RunConfig

PACKAGES = ("torch", "transformers", "trl", "peft", "accelerate", "gguf", "tokenizers", "numpy")


def write_result(config: RunConfig, rows: dict[str, Any]) -> dict[str, Any]:
    """Moves the best weights into `result/` and describes them in `result/result.json`, with a digest of each file."""
    folder = config.folder
    history = read_history(folder)
    best = best_of(history)
    result, temporary = folder / "result", folder / "result.new"
    shutil.rmtree(temporary, ignore_errors=True)
    shutil.copytree(folder / "best", temporary)
    files = {file.name: digest_of(file) for file in sorted(temporary.iterdir())}
    value = {
        "format": 1,
        "epochs": config.epochs,
        "bestEpoch": None if best is None else best["epoch"],
        "history": history,
        "base": config.raw["base"],
        "settings": config.raw,
        "rows": rows,
        "versions": versions(),
        "files": files,
    }
    write_json(temporary / "result.json", value)
    shutil.rmtree(result, ignore_errors=True)
    os.replace(temporary, result)
    return value


def versions() -> dict[str, str]:
    """Of Python and of the packages that decide the result, those that are here."""
    found = {"python": sys.version.split()[0]}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def digest_of(file: Path) -> str:
    """sha256 of a file, in hex."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
