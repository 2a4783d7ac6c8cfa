"""TRL's SFTTrainer with logits only where something is predicted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch.utils.data import Sampler
from trl import SFTTrainer

from .checkpoints import WholeCheckpoints
from .collate import IGNORED
from .lower_layers import LowerLayers
from .pairwise import log_odds, pairwise_loss
from .sampler import FilledSampler, LengthGroupedSampler, PackSampler


@dataclass(frozen=True)
class HowToTrain:
    """What is special about training judges."""

    #: Of each label; None = nothing but text is learned.
    label_tokens: list[list[int]] | None
    #: Index of the label of correct candidates.
    correct: int = 0
    smoothing: float = 0.0
    #: Weight of the loss that compares candidates of a task; 0 = none.
    pairwise: float = 0.0
    #: Whether batches are packs.
    packed: bool = False
    #: Where what frozen layers make of rows comes with the batches.
    lower: LowerLayers | None = None


@dataclass(frozen=True)
class Forward:
    """What a batch came to: logits, targets and weights (sequences x predicting positions), and each row's class and place."""

    logits: torch.Tensor
    targets: torch.Tensor
    weights: torch.Tensor
    classes: torch.Tensor
    #: Where each row's first target is predicted.
    lines: torch.Tensor
    columns: torch.Tensor


class JudgeTrainer(WholeCheckpoints, SFTTrainer):
    """
    Computes logits at the positions before completion tokens alone (of a small model, the vocabulary is a large part), and on
    validation returns the log-probabilities of the labels instead of logits.
    """

    def __init__(self, *args: Any, how: HowToTrain, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._how = how

    def _get_train_sampler(self, train_dataset: Any = None) -> Sampler[int]:
        rows = self.train_dataset if train_dataset is None else train_dataset
        size, seed = self.args.per_device_train_batch_size, self.args.data_seed

        def epoch() -> int:
            return int((self.state.epoch or 0) + 1e-6)

        count, processes = len(rows), self.accelerator.num_processes
        if processes > 1:
            count -= 1
        if self._how.packed:
            sampler = PackSampler(list(rows["group"])[:count], list(rows["class"])[:count], size, seed, epoch)
        else:
            sampler = LengthGroupedSampler(list(rows["length"])[:count], size, seed, epoch)
        return sampler if processes == 1 else FilledSampler(sampler, size * processes, count)

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
        forward = self._forward(model, inputs)
        losses = self._token_losses(forward)
        predicted = (forward.targets != IGNORED).sum()
        count = torch.as_tensor(predicted if num_items_in_batch is None else num_items_in_batch).clamp(min=1)
        loss = (losses * forward.weights).sum() / count
        if self._how.pairwise > 0:
            loss = loss + self._how.pairwise * self._pairwise(forward, inputs["groups"]) * predicted / count
        if self.args.average_tokens_across_devices and num_items_in_batch is not None:
            loss = loss * self.accelerator.num_processes
        return loss

    def prediction_step(
        self, model: Any, inputs: dict[str, Any], prediction_loss_only: bool, ignore_keys: list[str] | None = None
    ) -> tuple[torch.Tensor, torch.Tensor | None, torch.Tensor | None]:
        """Loss, log-probability of each label over the whole vocabulary (rows x labels), true classes."""
        inputs = self._prepare_inputs(inputs)
        with torch.no_grad(), self.compute_loss_context_manager():
            forward = self._forward(model, inputs)
            losses = self._token_losses(forward)
            loss = (losses * forward.weights).sum() / (forward.targets != IGNORED).sum().clamp(min=1)
            if prediction_loss_only or self._how.label_tokens is None:
                return loss, None, None
            scores = self._label_scores(forward, torch.arange(len(forward.classes), device=loss.device))
        return loss, scores, forward.classes

    def _forward(self, model: Any, inputs: dict[str, Any]) -> Forward:
        """Everything for the positions that predict something in any sequence of the batch, and no others."""
        targets = inputs["labels"][:, 1:]
        wanted = (targets != IGNORED).any(dim=0).nonzero().squeeze(1)
        packs = inputs.get("packs")
        more = {} if packs is None else {"position_ids": inputs["position_ids"], "packs": packs}
        if self._how.lower is not None:
            self._how.lower.states = inputs["states"]
        output = model(input_ids=inputs["input_ids"], logits_to_keep=wanted, use_cache=False, **more)
        asks = inputs["asks"]
        return Forward(
            logits=output.logits,
            targets=targets[:, wanted],
            weights=inputs["weights"][:, 1:][:, wanted],
            classes=inputs["classes"],
            lines=asks[:, 0],
            columns=torch.searchsorted(wanted, asks[:, 1].contiguous()),
        )

    def _label_scores(self, forward: Forward, rows: torch.Tensor) -> torch.Tensor:
        """Log-probability of each label over the whole vocabulary, rows x labels."""
        logits = forward.logits[forward.lines[rows], forward.columns[rows]].float()
        labels = [logits[:, tokens].logsumexp(dim=-1) for tokens in self._how.label_tokens or []]
        return torch.stack(labels, dim=1) - logits.logsumexp(dim=-1, keepdim=True)

    def _pairwise(self, forward: Forward, groups: torch.Tensor) -> torch.Tensor:
        rows = (forward.classes != IGNORED).nonzero().squeeze(1)
        if len(rows) == 0:
            return forward.logits.new_zeros(())
        odds = log_odds(self._label_scores(forward, rows), self._how.correct)
        return pairwise_loss(odds, forward.classes[rows] == self._how.correct, groups[rows])

    def _token_losses(self, forward: Forward) -> torch.Tensor:
        losses = F.cross_entropy(
            forward.logits.float().flatten(0, 1), forward.targets.flatten(), ignore_index=IGNORED, reduction="none"
        ).view(forward.targets.shape)
        smoothing = self._how.smoothing
        if smoothing == 0 or self._how.label_tokens is None or not self.model.training:
            return losses
        # Of a label's row, the first target is the label: a share of it goes to the other labels.
        rows = (forward.classes != IGNORED).nonzero().squeeze(1)
        per_label = self._label_scores(forward, rows)
        others = per_label.sum(dim=1) - per_label.gather(1, forward.classes[rows, None]).squeeze(1)
        at = forward.lines[rows], forward.columns[rows]
        smoothed = losses.clone()
        smoothed[at] = (1 - smoothing) * losses[at] - smoothing * others / (per_label.shape[1] - 1)
        return smoothed
