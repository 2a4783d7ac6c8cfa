"""The trainer of judges whose verdict is read by a head instead of a token."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F

from .head import load_head, pooled_states, save_head
from .judge_trainer import JudgeTrainer
from .pairwise import pairwise_loss

#: Learning rate of the head, of that of the adapter: the head begins where it is best, and only follows.
RATE = 0.2

#: Gradients of the head are multiplied by it. Adam does not see it; but the norm by which all gradients are clipped would else be
#: the head's alone, which has a column for each value of a state.
GRADIENT_SHARE = 1e-3


class HeadTrainer(JudgeTrainer):
    """As `JudgeTrainer`, with log-odds from the head of the model: no logits are computed at all."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for parameter in self.model.judge_head.parameters():
            parameter.register_hook(lambda gradient: gradient * GRADIENT_SHARE)

    def compute_loss(
        self,
        model: Any,
        inputs: dict[str, Any],
        return_outputs: bool = False,
        num_items_in_batch: torch.Tensor | None = None,
    ) -> Any:
        """Weighted cross-entropy, and the comparison of rows of a task, by the number of rows in the whole step."""
        if return_outputs:
            raise NotImplementedError("prediction_step returns what evaluation needs")
        odds = self._odds(inputs)
        count = torch.as_tensor(len(odds) if num_items_in_batch is None else num_items_in_batch).clamp(min=1)
        loss = self._row_losses(odds, inputs).sum() / count
        if self._how.pairwise > 0:
            right = inputs["classes"] == self._how.correct
            loss = loss + self._how.pairwise * pairwise_loss(odds, right, inputs["groups"]) * len(odds) / count
        return loss

    def prediction_step(
        self, model: Any, inputs: dict[str, Any], prediction_loss_only: bool, ignore_keys: list[str] | None = None
    ) -> tuple[torch.Tensor, torch.Tensor | None, torch.Tensor | None]:
        """Loss, log-probability of each of the two labels (rows x labels), true classes."""
        inputs = self._prepare_inputs(inputs)
        with torch.no_grad():
            odds = self._odds(inputs)
            loss = self._row_losses(odds, inputs).mean()
        scores = torch.stack([F.logsigmoid(-odds), F.logsigmoid(odds)], dim=1)
        return loss, scores if self._how.correct == 1 else scores.flip(1), inputs["classes"]

    def create_optimizer(self, model: Any = None) -> torch.optim.Optimizer:
        """The usual one; the head learns more slowly, and its weights, which fitting has bounded, do not decay."""
        made = self.optimizer is None
        optimizer = super().create_optimizer(model)
        if made:
            head = list(self.model.judge_head.parameters())
            for group in optimizer.param_groups:
                group["params"] = [one for one in group["params"] if all(one is not other for other in head)]
            optimizer.add_param_group({"params": head, "lr": self.args.learning_rate * RATE, "weight_decay": 0.0})
        return optimizer

    def _odds(self, inputs: dict[str, Any]) -> torch.Tensor:
        # accelerate casts in the forward of the whole model, which is not what is called here.
        with self.accelerator.autocast():
            return self.model.judge_head(pooled_states(self.model, inputs, self._how.lower))

    def _row_losses(self, odds: torch.Tensor, inputs: dict[str, Any]) -> torch.Tensor:
        target = (inputs["classes"] == self._how.correct).float()
        if self.model.training:
            # A share of each label goes to the other.
            target = target + self._how.smoothing * (1 - 2 * target)
        return F.binary_cross_entropy_with_logits(odds, target, reduction="none") * inputs["weights"]

    def _save(self, output_dir: str | None = None, state_dict: dict[str, Any] | None = None) -> None:
        super()._save(output_dir, state_dict)
        save_head(self.model, Path(output_dir or self.args.output_dir))

    def _load_from_checkpoint(self, resume_from_checkpoint: str, model: Any = None) -> None:
        super()._load_from_checkpoint(resume_from_checkpoint, model)
        load_head(self.model, Path(resume_from_checkpoint))
