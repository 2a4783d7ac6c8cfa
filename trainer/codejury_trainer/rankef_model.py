"""RankEF as it was published: a T5 with a classifier on the first state of its encoder, both tasks through one encoder."""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from torch import nn
from transformers import T5Config, T5ForConditionalGeneration

from .collate import IGNORED
from .faults import TrainerFault

CLASSES = 3
HEAD_WIDTH = 128


class RankefModel(T5ForConditionalGeneration):
    """CodeT5+ (220M, 770M) and every other T5; the head is part of its weights."""

    def __init__(self, config: T5Config) -> None:
        super().__init__(config)
        self.rankef_head = nn.Sequential(
            nn.Linear(config.d_model, HEAD_WIDTH), nn.ReLU(), nn.Linear(HEAD_WIDTH, CLASSES)
        )
        self.post_init()

    def classify(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Logits of the classes, and the encoder's states."""
        states = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        return self.rankef_head(states[:, 0]), states

    def both_losses(self, batch: dict[str, torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
        """Half the cross-entropy of the classes, half that of the generated tokens (of what is in the batch), and the logits."""
        logits, states = self.classify(batch["input_ids"], batch["attention_mask"])
        classified = batch["classes"] != IGNORED
        loss = logits.sum() * 0
        if classified.any():
            loss = loss + 0.5 * F.cross_entropy(logits[classified].float(), batch["classes"][classified])
        written = ~classified
        if written.any():
            labels = batch["labels"][written]
            output = super().forward(
                encoder_outputs=(states[written],), attention_mask=batch["attention_mask"][written], labels=labels
            )
            loss = loss + 0.5 * output.loss
        return loss, logits

    def forward(self, classes: torch.Tensor | None = None, **inputs: Any) -> Any:
        """Losses where classes are given; else as T5."""
        if classes is None:
            return super().forward(**inputs)
        return self.both_losses({"classes": classes, **inputs})


def load_rankef(source: str) -> RankefModel:
    """A T5 from a folder or the hub; a fault for anything else."""
    from transformers import AutoConfig

    try:
        settings = AutoConfig.from_pretrained(source)
        if not isinstance(settings, T5Config):
            raise TrainerFault(
                "capability",
                f"{source} is a {settings.model_type}, no T5",
                "the architecture encoder-decoder is for CodeT5+ 220M and 770M and other T5 models",
            )
        return RankefModel.from_pretrained(source, dtype=torch.float32)
    except (OSError, ValueError) as error:
        raise TrainerFault("model", f"transformers cannot load {source}: {error}") from error
