"""What `codejury evaluate` measures, the plain way in NumPy: every draw weighs all rows anew.

Arguments: a file of verdicts (JSON lines with taskId, judge, label, probabilityCorrect, confidence and passed, each candidate once a judge),
resamples, seed. stdout: JSON {judges: {name: {statistic: [value, low, high]}}, seconds, cpuSeconds, peakBytes}; the draws are those of
`codejury evaluate`, so the numbers have to be the same.
"""

import json
import resource
import sys
import time

import numpy as np

BINS = 10
THRESHOLDS = np.array([i / 10 for i in range(9)] + [(81 + i) / 100 for i in range(20)])


def read(path):
    judges = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            columns = judges.setdefault(row["judge"], ([], [], [], [], []))
            label = row["label"]
            values = (row["taskId"], row["passed"], -1 if label is None else label, row["probabilityCorrect"], row["confidence"])
            for column, value in zip(columns, values):
                column.append(value)
    return judges


def uniform(seed, first, count):
    """mulberry32: the numbers `first`, `first` + 1, … of the sequence."""
    with np.errstate(over="ignore"):
        step = np.arange(first + 1, first + 1 + count, dtype=np.uint32)
        state = np.uint32(seed) + step * np.uint32(0x6D2B79F5)
        mixed = (state ^ (state >> np.uint32(15))) * (state | np.uint32(1))
        mixed ^= mixed + (mixed ^ (mixed >> np.uint32(7))) * (mixed | np.uint32(61))
        return (mixed ^ (mixed >> np.uint32(14))) / 2.0**32


def ratio(part, whole):
    return part / whole if whole else np.nan


class Judge:
    def __init__(self, task_ids, passed, label, probability, confidence):
        names, self.task = np.unique(np.array(task_ids), return_inverse=True)
        self.tasks = len(names)
        self.truth = np.array(passed, dtype=np.int64)
        label = np.array(label)
        probability = np.array(probability)
        confidence = np.array(confidence)
        valid = label >= 0
        # One cell for each truth and label, and one for invalid verdicts.
        self.cell = np.where(valid, 2 * self.truth + label, 4)
        self.valid_task = self.task[valid]
        truth, label, probability, confidence = self.truth[valid], label[valid], probability[valid], confidence[valid]
        self.squared = (probability - truth) ** 2
        self.bin = np.minimum(BINS - 1, np.floor(probability * BINS)).astype(np.int64)
        self.gap = probability - truth
        reached = np.searchsorted(THRESHOLDS, confidence, side="right") - 1
        self.reached = 4 * reached + 2 * label + (label == truth)
        order = np.argsort(probability, kind="stable")
        self.sorted_task = self.valid_task[order]
        self.sorted_truth = truth[order]
        sorted_probability = probability[order]
        self.level_ends = np.append(np.flatnonzero(np.diff(sorted_probability)), len(order) - 1)
        self.areas = self.areas_within()

    def areas_within(self):
        areas = np.full(self.tasks, np.nan)
        by_task = np.argsort(self.sorted_task, kind="stable")
        level = np.zeros(len(by_task), dtype=np.int64)
        level[self.level_ends[:-1] + 1] = 1
        level = np.cumsum(level)
        ends = np.cumsum(np.bincount(self.sorted_task, minlength=self.tasks))
        for task in range(self.tasks):
            rows = by_task[ends[task - 1] if task else 0 : ends[task]]
            truth, ranks = self.sorted_truth[rows], level[rows]
            correct, wrong = ranks[truth == 1], ranks[truth == 0]
            if len(correct) and len(wrong):
                wins = (correct[:, None] > wrong).sum() + 0.5 * (correct[:, None] == wrong).sum()
                areas[task] = wins / (len(correct) * len(wrong))
        return areas

    def area(self, weights):
        own = weights[self.sorted_task]
        correct = np.cumsum(own * self.sorted_truth)[self.level_ends]
        wrong = np.cumsum(own * (1 - self.sorted_truth))[self.level_ends]
        here = np.diff(correct, prepend=0)
        below = np.append(0, wrong[:-1])
        return ratio((here * (below + wrong) / 2).sum(), float(correct[-1]) * float(wrong[-1]))

    def statistics(self, weights):
        tn, fp, fn, tp, _ = np.bincount(self.cell, weights[self.task], minlength=5)
        total = tn + fp + fn + tp
        chance = (tp + fn) * (tp + fp) + (tn + fp) * (tn + fn)
        own = weights[self.valid_task]
        area_weights = weights[~np.isnan(self.areas)]
        found = {
            "kappa": ratio((tp + tn) * total - chance, total * total - chance),
            "accuracy": ratio(tp + tn, total),
            "precision": ratio(tp, tp + fp),
            "recall": ratio(tp, tp + fn),
            "specificity": ratio(tn, tn + fp),
            "f1": ratio(2 * tp, 2 * tp + fp + fn),
            "auc": self.area(weights),
            "aucWithinTask": ratio((area_weights * self.areas[~np.isnan(self.areas)]).sum(), area_weights.sum()),
            "brier": ratio((own * self.squared).sum(), own.sum()),
            "ece": ratio(np.abs(np.bincount(self.bin, own * self.gap, minlength=BINS)).sum(), own.sum()),
        }
        cells = np.bincount(self.reached, own, minlength=4 * len(THRESHOLDS)).reshape(len(THRESHOLDS), 2, 2)
        kept = cells[::-1].cumsum(axis=0)[::-1]
        wrong, correct = kept[:, 0].sum(axis=1), kept[:, 1].sum(axis=1)
        for place, threshold in enumerate(THRESHOLDS):
            found[f"coverage {threshold:.2f}"] = ratio(correct[place] + wrong[place], total)
            found[f"precisionCorrect {threshold:.2f}"] = ratio(kept[place, 1, 1], correct[place])
            found[f"precisionWrong {threshold:.2f}"] = ratio(kept[place, 0, 1], wrong[place])
            found[f"coverageCorrect {threshold:.2f}"] = ratio(correct[place], correct[0])
            found[f"coverageWrong {threshold:.2f}"] = ratio(wrong[place], wrong[0])
        return found

    def measure(self, resamples, seed):
        value = self.statistics(np.ones(self.tasks))
        draws = {name: np.empty(resamples) for name in value}
        for i in range(resamples):
            drawn = np.floor(uniform(seed, i * self.tasks, self.tasks) * self.tasks).astype(np.int64)
            weights = np.bincount(drawn, minlength=self.tasks).astype(float)
            for name, drawn_value in self.statistics(weights).items():
                draws[name][i] = drawn_value
        return {name: self.estimate(value[name], draws[name]) for name in value}

    @staticmethod
    def estimate(value, draws):
        known = draws[~np.isnan(draws)]
        if np.isnan(value):
            return [None, None, None]
        if 2 * len(known) <= len(draws):
            return [float(value), None, None]
        return [float(value), *np.percentile(known, [2.5, 97.5]).tolist()]


def main():
    path, resamples, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    judges = {name: Judge(*columns).measure(resamples, seed) for name, columns in read(path).items()}
    usage = resource.getrusage(resource.RUSAGE_SELF)
    json.dump(
        {
            "judges": judges,
            "seconds": time.perf_counter() - STARTED,
            "cpuSeconds": usage.ru_utime + usage.ru_stime,
            "peakBytes": usage.ru_maxrss * 1024,
        },
        sys.stdout,
    )


STARTED = time.perf_counter()
main()
