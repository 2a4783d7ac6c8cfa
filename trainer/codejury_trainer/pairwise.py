"""A loss that compares the candidates of one task."""

from __future__ import annotations

import torch
import torch.nn.functional as F


def pairwise_loss(odds: torch.Tensor, right: torch.Tensor, groups: torch.Tensor) -> torch.Tensor:
    """
    For each group, softplus of (log-odds of a wrong row minus those of a correct one), mean over all such pairs; over groups, the
    mean by number of rows, in which groups without a pair count as 0. `odds` are the log-odds of being correct, one a row.
    """
    total = odds.new_zeros(())
    for group in groups.unique():
        inside = groups == group
        good, bad = odds[inside & right], odds[inside & ~right]
        if len(good) > 0 and len(bad) > 0:
            total = total + F.softplus(bad[:, None] - good[None, :]).mean() * inside.sum()
    return total / len(odds)


def log_odds(scores: torch.Tensor, correct: int) -> torch.Tensor:
    """Of the label `correct` against all others together, from log-probabilities (rows x labels)."""
    others = [index for index in range(scores.shape[1]) if index != correct]
    return scores[:, correct] - scores[:, others].logsumexp(dim=1)
