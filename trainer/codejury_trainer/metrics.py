"""What a judge is worth on validation, from the probabilities of its labels."""

from __future__ import annotations

from typing import Sequence

import numpy as np


#: Below this mass of all labels the model was not answering, and its answer is invalid, as where the judge is served.
MINIMUM_LABEL_MASS = 0.5


def judge_metrics(
    log_probabilities: np.ndarray, classes: np.ndarray, correct: int, tasks: Sequence[str]
) -> dict[str, float | None]:
    """
    Of the valid answers, as they are counted where the judge is served: kappa, F1 of the class `correct`, accuracy over all
    classes, area under the curve over all candidates and within a task. Of all: how many there are and how many are invalid, and the mean label mass.

    `log_probabilities` is rows x labels, over the whole vocabulary; `classes` the true class of each row. The prediction is the
    most probable label, a wrong one on a tie. None where a value is not defined: all of them without a valid answer, kappa when
    chance agrees always, F1 without any correct row or prediction, the area when no task has both kinds.
    """
    mass = np.exp(log_probabilities).sum(axis=1)
    valid = mass >= MINIMUM_LABEL_MASS
    counts = {
        "candidates": len(classes),
        "invalid": int((~valid).sum()),
        "labelMass": float(mass.mean()) if len(classes) else None,
    }
    if not valid.any():
        return {"kappa": None, "f1": None, "accuracy": None, "auc": None, "aucWithinTask": None, **counts}
    scores, classes = log_probabilities[valid], classes[valid]
    others = np.delete(scores, correct, axis=1)
    truth, said = classes == correct, scores[:, correct] > others.max(axis=1)
    share = np.exp(scores[:, correct]) / mass[valid]
    return {
        "kappa": kappa(truth, said),
        "f1": f1(truth, said),
        "accuracy": float((scores.argmax(axis=1) == classes).mean()),
        "auc": area(share[truth], share[~truth]),
        "aucWithinTask": auc_within_task(share, truth, [task for task, kept in zip(tasks, valid) if kept]),
        **counts,
    }


def kappa(truth: np.ndarray, said: np.ndarray) -> float | None:
    """Cohen's kappa of two lists of truth values; None when both are constant and equal."""
    observed = float((truth == said).mean())
    chance = float(truth.mean() * said.mean() + (1 - truth.mean()) * (1 - said.mean()))
    return None if chance >= 1 else (observed - chance) / (1 - chance)


def f1(truth: np.ndarray, said: np.ndarray) -> float | None:
    """Harmonic mean of precision and recall; None without any true or said one."""
    hits = int((truth & said).sum())
    total = int(truth.sum() + said.sum())
    return None if total == 0 else 2 * hits / total


def auc_within_task(scores: np.ndarray, truth: np.ndarray, tasks: Sequence[str]) -> float | None:
    """Unweighted mean over tasks of P(score of a correct row > score of a wrong one), ties half; None without such a task."""
    rows: dict[str, list[int]] = {}
    for index, task in enumerate(tasks):
        rows.setdefault(task, []).append(index)
    areas = []
    for indices in rows.values():
        good, bad = scores[[i for i in indices if truth[i]]], scores[[i for i in indices if not truth[i]]]
        found = area(good, bad)
        if found is not None:
            areas.append(found)
    return float(np.mean(areas)) if areas else None


def area(good: np.ndarray, bad: np.ndarray) -> float | None:
    """P(score of a correct row > score of a wrong one), ties half; None without rows of a kind."""
    if len(good) == 0 or len(bad) == 0:
        return None
    order = np.sort(bad)
    below, upto = np.searchsorted(order, good, "left"), np.searchsorted(order, good, "right")
    return float((below + upto).mean() / 2 / len(bad))


def merit_of_scores(values: dict[str, float | None]) -> float | None:
    """
    What scores are worth whose threshold is chosen later: the mean of the areas over all candidates and within a task, of those that
    are defined.
    """
    areas = [one for one in (values["auc"], values["aucWithinTask"]) if one is not None]
    return float(np.mean(areas)) if areas else None


def is_better(metrics: dict[str, float | None], best: dict[str, float | None] | None) -> bool:
    """
    By kappa, then F1, each times the share of valid answers: one that is invalid is worth no more than chance, and a few good
    ones among many must not win. A generator by its loss, a head by its merit. What is not defined is worse than anything that is.
    """
    return best is None or _rank(metrics) > _rank(best)


def _rank(metrics: dict[str, float | None]) -> tuple[float, float]:
    if "kappa" not in metrics:
        loss = metrics.get("loss")
        return (float("-inf") if loss is None else -loss, 0.0)
    if "merit" in metrics:
        return (float("-inf") if metrics["merit"] is None else metrics["merit"], 0.0)
    # A history of before answers were counted has none of both.
    share = 1 - (metrics.get("invalid") or 0) / (metrics.get("candidates") or 1)
    values = [metrics.get(name) for name in ("kappa", "f1")]
    first, second = (float("-inf") if value is None else value * share for value in values)
    return (first, second)
