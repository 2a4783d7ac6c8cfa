"""TRL's SFTTrainer with logits only where something is predicted."""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from trl import SFTTrainer

from .collate import IGNORED
from .sampler import LengthGroupedSampler


class JudgeTrainer(SFTTrainer):
    """
    Computes logits at the positions before completion tokens alone (of a small model, the vocabulary is a large part), and on
    validation returns the log-probabilities of the labels instead of logits.
    """

    def __init__(self, *args: Any, label_tokens: list[list[int]] | None, smoothing: float, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._label_tokens = label_tokens
        self._smoothing = smoothing

    def _get_train_sampler(self, train_dataset: Any = None) -> LengthGroupedSampler:
        lengths = (self.train_dataset if train_dataset is None else train_dataset)["length"]

        def epoch() -> int:
            return int((self.state.epoch or 0) + 1e-6)

        return LengthGroupedSampler(list(lengths), self.args.per_device_train_batch_size, self.args.data_seed, epoch)

    def create_model_card(self, *args: Any, **kwargs: Any) -> None:
        """None: codejury describes its judges itself."""

    def compute_loss(
        self,
        model: Any,
        inputs: dict[str, torch.Tensor],
        return_outputs: bool = False,
        num_items_in_batch: torch.Tensor | None = None,
    ) -> Any:
        """Weighted negative log-likelihood of the completions, by the number of their tokens in the whole step."""
        if return_outputs:
            raise NotImplementedError("prediction_step returns what evaluation needs")
        logits, targets, weights = self._forward(model, inputs)
        losses = self._token_losses(logits, targets, inputs["classes"])
        count = (targets != IGNORED).sum() if num_items_in_batch is None else num_items_in_batch
        loss = (losses * weights).sum() / torch.as_tensor(count).clamp(min=1)
        if self.args.average_tokens_across_devices and num_items_in_batch is not None:
            loss = loss * self.accelerator.num_processes
        return loss

    def prediction_step(
        self, model: Any, inputs: dict[str, Any], prediction_loss_only: bool, ignore_keys: list[str] | None = None
    ) -> tuple[torch.Tensor, torch.Tensor | None, torch.Tensor | None]:
        """Loss, log-probability of each label over the whole vocabulary (rows x labels), true classes."""
        inputs = self._prepare_inputs(inputs)
        with torch.no_grad(), self.compute_loss_context_manager():
            logits, targets, weights = self._forward(model, inputs)
            losses = self._token_losses(logits, targets, inputs["classes"])
            loss = (losses * weights).sum() / (targets != IGNORED).sum().clamp(min=1)
            if prediction_loss_only or self._label_tokens is None:
                return loss, None, None
            first = (targets != IGNORED).int().argmax(dim=1)
            at_label = logits[torch.arange(len(logits)), first].float()
            whole = at_label.logsumexp(dim=-1)
            scores = [at_label[:, tokens].logsumexp(dim=-1) - whole for tokens in self._label_tokens]
        return loss, torch.stack(scores, dim=1), inputs["classes"]

    def _forward(
        self, model: Any, inputs: dict[str, torch.Tensor]
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Logits, targets and weights, all of them for the positions that predict something in any row of the batch."""
        targets = inputs["labels"][:, 1:]
        wanted = (targets != IGNORED).any(dim=0).nonzero().squeeze(1)
        output = model(input_ids=inputs["input_ids"], logits_to_keep=wanted, use_cache=False)
        return output.logits, targets[:, wanted], inputs["weights"][:, 1:][:, wanted]

    def _token_losses(
        self, logits: torch.Tensor, targets: torch.Tensor, classes: torch.Tensor
    ) -> torch.Tensor:
        losses = F.cross_entropy(
            logits.float().flatten(0, 1), targets.flatten(), ignore_index=IGNORED, reduction="none"
        ).view(targets.shape)
        if self._smoothing == 0 or self._label_tokens is None or not self.model.training:
            return losses
        # Of a label's row, the first target is the label: a share of it goes to the other labels.
        labelled = (classes != IGNORED).nonzero().squeeze(1)
        first = (targets[labelled] != IGNORED).int().argmax(dim=1)
        log_probabilities = logits[labelled, first].float().log_softmax(dim=-1)
        per_label = torch.stack([log_probabilities[:, tokens].logsumexp(dim=-1) for tokens in self._label_tokens], 1)
        others = per_label.sum(dim=1) - per_label.gather(1, classes[labelled, None]).squeeze(1)
        smoothed = losses.clone()
        smoothed[labelled, first] = (1 - self._smoothing) * losses[labelled, first] - self._smoothing * others / (
            per_label.shape[1] - 1
        )
        return smoothed
