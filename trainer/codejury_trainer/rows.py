"""Rows of a run: read, tokenised where the driver could not, those that are too long left out, weighed."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable

from .faults import TrainerFault
from .run_config import Label, RunConfig
from .tokens import PromptTokenizer


@dataclass
class Row:
    """Tokens, where the completion begins, the class that its first token names (None = no label), and from which task."""

    tokens: list[int]
    start: int
    label: int | None
    task: str
    weights: list[float] = field(default_factory=list)
    #: Where the tokens of the candidate begin and end, for a head; then there is no completion.
    own: tuple[int, int] | None = None

    @property
    def most_shared(self) -> int:
        """
        So many tokens at the beginning may be computed once for several rows: not the last one of a prompt, which predicts the
        completion, and none that a head reads.
        """
        return self.start - 1 if self.own is None else self.own[0]


@dataclass
class Rows:
    kept: list[Row]
    too_long: int


def read_rows(path: Path, config: RunConfig, tokenizer: Callable[[], PromptTokenizer]) -> Rows:
    """All rows of at most `max_length` tokens in the order of the file; a fault when none is left of some."""
    kept: list[Row] = []
    too_long = 0
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            raw = json.loads(line)
            row = _row(raw, config, tokenizer) if config.head is None else _row_for_head(raw, path.name)
            if len(row.tokens) > config.max_length:
                too_long += 1
            else:
                kept.append(row)
    if not kept and too_long > 0:
        raise TrainerFault(
            "context-length",
            f"all {too_long} rows of {path.name} are longer than {config.max_length} tokens",
            "set a larger --max-length, or --layout compact",
        )
    return Rows(kept, too_long)


def _row(raw: dict, config: RunConfig, tokenizer: Callable[[], PromptTokenizer]) -> Row:
    if "tokens" in raw:
        prompt, completion = raw["tokens"]
    else:
        tools = tokenizer()
        prompt = tools.prompt(config.prompt_kind, None, raw["prompt"])
        completion = tools.completion(raw["completion"])
        if raw["ends"]:
            completion = [*completion, tools.tokenizer.eos_token_id]
    return Row([*prompt, *completion], len(prompt), raw["class"], raw["task"])


def _row_for_head(raw: dict, name: str) -> Row:
    tokens = raw["tokens"][0] if "tokens" in raw else []
    begin, end = raw.get("own") or (0, 0)
    if not 0 <= begin < end <= len(tokens) or raw["class"] is None:
        raise TrainerFault(
            "usage",
            f"{name}: a head reads the candidate of each row, and one has no tokens of its own or no class",
            "write the run folder anew",
        )
    return Row(tokens, len(tokens), raw["class"], raw["task"], own=(begin, end))


def weigh(rows: list[Row], labels: list[Label] | None, config: RunConfig) -> None:
    """
    Sets the weight of every token of every completion, or for a head that of every row; the mean over all of them is 1.

    With class weights, the rows of each class count the same together. With a label share, that part of the whole weight goes to
    the labels and the rest to what follows them or stands in rows without one, however many tokens that is.
    """
    counts = [sum(row.label == index for row in rows) for index in range(len(labels or []))]
    present = sum(count > 0 for count in counts)
    labelled = sum(counts)

    def of_class(row: Row) -> float:
        return 1.0 if row.label is None or not config.class_weights else labelled / (present * counts[row.label])

    if config.head is not None:
        for row in rows:
            row.weights = [of_class(row)]
        return
    first = sum(of_class(row) for row in rows if row.label is not None)
    others = sum(len(row.tokens) - row.start - (row.label is not None) for row in rows)
    total = first + others
    share = config.label_share
    if share is None or first == 0 or others == 0:
        label_factor = other_factor = 1.0
    else:
        label_factor, other_factor = share * total / first, (1 - share) * total / others
    for row in rows:
        row.weights = [other_factor] * (len(row.tokens) - row.start)
        if row.label is not None:
            row.weights[0] = label_factor * of_class(row)


def filler(rows: list[Row]) -> Row:
    """A row of which nothing is learned; all columns are as those of the others."""
    return Row(rows[0].tokens[:2], 2, None, "", [])


def check_classes(rows: list[Row], labels: list[Label] | None) -> None:
    """A fault when there is nothing to tell apart."""
    present = {row.label for row in rows if row.label is not None}
    if labels is not None and len(present) < 2:
        names = ", ".join(labels[index].name for index in present) or "none"
        raise TrainerFault(
            "usage",
            f"the training rows have one class only ({names}): there is nothing to learn",
            "the dataset needs correct and wrong candidates of training tasks",
        )
