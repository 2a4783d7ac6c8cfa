"""`python -m codejury_trainer.serve FOLDER`: asks a trained encoder-decoder; a JSON object a line in, one a line out."""

from __future__ import annotations

import json
import os
import sys
import traceback
from typing import Any

from .events import Events
from .faults import TrainerFault, fault_of


def main() -> int:
    """First `ready`, then for each `{id, text}` an answer `{id, probabilities, promptTokens}` or an error; ends with the input."""
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    events = Events(True)
    try:
        judge = _Judge(sys.argv[1])
    except BaseException as error:
        _tell(events, error)
        return 1
    events.emit("ready", maxTokens=judge.max_tokens, classes=judge.classes)
    for line in sys.stdin:
        request = json.loads(line)
        try:
            events.emit("answer", id=request["id"], **judge.ask(request["text"]))
        except Exception as error:
            _tell(events, error, id=request["id"])
    return 0


class _Judge:
    def __init__(self, folder: str) -> None:
        import torch
        from transformers import AutoTokenizer

        from .rankef_model import CLASSES, load_rankef

        self._torch = torch
        self._tokenizer = AutoTokenizer.from_pretrained(folder)
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        self._model = load_rankef(folder).eval().to(self._device)
        self.classes = CLASSES
        self.max_tokens = int(self._model.config.n_positions)

    def ask(self, text: str) -> dict[str, Any]:
        """Probabilities of the classes."""
        tokens = self._tokenizer(text, return_tensors="pt")["input_ids"].to(self._device)
        if tokens.shape[1] > self.max_tokens:
            raise TrainerFault("context-length", f"{tokens.shape[1]} tokens do not fit into {self.max_tokens}")
        with self._torch.inference_mode():
            logits, _ = self._model.classify(tokens, self._torch.ones_like(tokens))
        return {"probabilities": logits[0].float().softmax(-1).tolist(), "promptTokens": tokens.shape[1]}


def _tell(events: Events, error: BaseException, **fields: Any) -> None:
    traceback.print_exc()
    fault = fault_of(error) or TrainerFault("engine", f"{type(error).__name__}: {error}")
    events.emit("error", code=fault.code, message=fault.message, hint=fault.hint, **fields)


if __name__ == "__main__":
    sys.exit(main())
