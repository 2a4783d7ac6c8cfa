"""Reads `{gguf, prompts: [{kind, text}]}` and prints the tokens that the trainer's own tokenizer makes, a list each."""

from __future__ import annotations

import json
import sys

from codejury_trainer.base_model import load_tokenizer
from codejury_trainer.tokens import PromptTokenizer

from .settings import run_config


def main() -> None:
    request = json.load(sys.stdin)
    tools = PromptTokenizer(load_tokenizer(run_config(base_path=request["gguf"])))
    print(json.dumps([tools.prompt(prompt["kind"], None, prompt["text"]) for prompt in request["prompts"]]))


if __name__ == "__main__":
    main()
