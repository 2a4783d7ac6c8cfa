"""Records what SciPy, statsmodels and scikit-learn say of random inputs, which test/statistics compares with ours.

  python scripts/record-statistics.py > test/statistics/recorded.json

needs numpy, scipy, statsmodels and scikit-learn; the versions that were used are in the file. Numbers of random inputs are drawn by a
fixed seed and recorded with the results, so that nobody who runs the test needs Python.
"""

import json
import platform
import sys
from importlib.metadata import version

import numpy as np
from scipy import stats
from scipy.special import comb
from sklearn import metrics
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.multitest import multipletests

SEED = 20260211
# What the method says, instead of the 1.959964 of 97.5 %.
Z_95 = 1.96

random = np.random.default_rng(SEED)


def labels_of(tp, fp, fn, tn):
    return [1] * tp + [0] * fp + [1] * fn + [0] * tn, [1] * tp + [1] * fp + [0] * fn + [0] * tn


def kappas():
    for counts in [[20, 5, 10, 15], [1, 0, 0, 1], [0, 3, 4, 0], *random.integers(1, 400, (12, 4)).tolist()]:
        tp, fp, fn, tn = counts
        truth, said = labels_of(*counts)
        kappa = metrics.cohen_kappa_score(truth, said)
        assert abs(kappa - cohens_kappa(np.array([[tn, fp], [fn, tp]])).kappa) < 1e-12
        yield {
            "counts": counts,
            "kappa": kappa,
            "accuracy": metrics.accuracy_score(truth, said),
            "precision": metrics.precision_score(truth, said),
            "recall": metrics.recall_score(truth, said),
            "specificity": metrics.recall_score(truth, said, pos_label=0),
            "f1": metrics.f1_score(truth, said),
        }


def mcnemars():
    pairs = [[121, 59], [6, 16], [10, 5], [1, 1], [5, 0], [0, 30], [5000, 4900], [700, 900]]
    for b, c in [*pairs, *random.integers(0, 12, (6, 2)).tolist(), *random.integers(10, 300, (6, 2)).tolist()]:
        table = [[0, b], [c, 0]]
        exact = mcnemar(table, exact=True)
        plain = mcnemar(table, exact=False, correction=False)
        corrected = mcnemar(table, exact=False, correction=True)
        half = 0.5 if b == 0 or c == 0 else 0
        odds = (b + half) / (c + half)
        reach = Z_95 * np.sqrt(1 / (b + half) + 1 / (c + half))
        yield {
            "counts": [b, c],
            "exact": exact.pvalue,
            "chiSquare": [plain.statistic, plain.pvalue],
            # statsmodels does not hold (|b - c| - 1) at 0.
            "correctedChiSquare": [0.0, 1.0] if b == c else [corrected.statistic, corrected.pvalue],
            "oddsRatio": [odds, np.exp(np.log(odds) - reach), np.exp(np.log(odds) + reach)],
        }


def adjustments():
    for size in [1, 2, 5, 17]:
        p = (random.random(size) ** 3).tolist()
        adjusted = multipletests(p, method="fdr_bh")[1]
        assert np.allclose(adjusted, stats.false_discovery_control(p), rtol=0, atol=1e-15)
        yield {"pValues": p, "adjusted": adjusted.tolist()}


def scores():
    for size, digits in [(12, 1), (60, 2), (200, 6)]:
        # One digit after the point makes ties; the half moves probabilities off the edges of the bins.
        q = np.clip(np.round(random.random(size), digits) + 0.5 * 10.0**-digits, 0, 1)
        truth = (random.random(size) < 0.2 + 0.6 * q).astype(int)
        task = random.integers(0, max(2, size // 10), size)
        bin_of = np.histogram_bin_edges([], bins=10, range=(0, 1))
        place = np.clip(np.digitize(q, bin_of) - 1, 0, 9)
        errors = [abs(q[place == bin].sum() - truth[place == bin].sum()) for bin in range(10)]
        within = [
            metrics.roc_auc_score(truth[task == of], q[task == of])
            for of in np.unique(task)
            if len(set(truth[task == of].tolist())) == 2
        ]
        yield {
            "probabilities": q.tolist(),
            "truth": truth.tolist(),
            "tasks": task.tolist(),
            "brier": metrics.brier_score_loss(truth, q),
            "auc": metrics.roc_auc_score(truth, q),
            "aucWithinTask": float(np.mean(within)),
            "ece": float(np.sum(errors) / size),
        }


def tails():
    for z in [0, 1e-6, 0.1, 0.5, 1, 1.96, 2.5, 2.83, 3, 5, 8, 20, 37, *(6 * random.random(8)).tolist()]:
        yield {"z": z, "twoSided": 2 * stats.norm.sf(z), "chiSquare": stats.chi2.sf(z * z, 1)}


def pass_at_k():
    for n, c, k in [[10, 3, 1], [10, 3, 5], [5, 2, 2], [200, 10, 10], [200, 199, 100], [100, 1, 100], [20, 0, 5]]:
        failing = comb(n - c, k, exact=True) / comb(n, k, exact=True)
        yield {"counts": [n, c, k], "value": 1 - failing}


def permutations():
    for size in [2, 4, 9, 12]:
        differences = np.round(random.normal(0.2, 0.5, size), 3)
        # As many resamples as there are signs: all of them are tried.
        found = stats.permutation_test((differences,), np.sum, permutation_type="samples", n_resamples=2**size)
        yield {"differences": differences.tolist(), "pValue": found.pvalue}


def intervals():
    for size in [1, 2, 39]:
        values = random.normal(0, 1, size).round(4)
        yield {"values": values.tolist(), "ends": np.percentile(values, [2.5, 97.5]).tolist()}


def main():
    packages = ["numpy", "scipy", "statsmodels", "scikit-learn"]
    record = {
        "versions": {"python": platform.python_version(), **{name: version(name) for name in packages}},
        "seed": SEED,
        "kappa": list(kappas()),
        "mcnemar": list(mcnemars()),
        "adjusted": list(adjustments()),
        "scores": list(scores()),
        "tails": list(tails()),
        "passAtK": list(pass_at_k()),
        "permutations": list(permutations()),
        "intervals": list(intervals()),
    }
    json.dump(record, sys.stdout, default=float)
    print()


main()
