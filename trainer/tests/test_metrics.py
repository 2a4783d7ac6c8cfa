from __future__ import annotations

import unittest

import numpy as np

from codejury_trainer.metrics import auc_within_task, f1, is_better, judge_metrics, kappa


class Metrics(unittest.TestCase):
    def test_kappa_and_f1_of_a_known_table(self) -> None:
        # TP 20, FP 5, FN 10, TN 15.
        truth = np.array([True] * 30 + [False] * 20)
        said = np.array([True] * 20 + [False] * 10 + [True] * 5 + [False] * 15)
        self.assertAlmostEqual(kappa(truth, said), 0.4)
        self.assertAlmostEqual(f1(truth, said), 40 / 55)

    def test_constants_have_no_kappa_and_none_said_no_f1(self) -> None:
        wrong = np.zeros(3, dtype=bool)
        self.assertIsNone(kappa(wrong, wrong))
        self.assertIsNone(f1(wrong, wrong))

    def test_area_is_within_tasks_and_ties_count_half(self) -> None:
        scores = np.array([0.9, 0.1, 0.5, 0.5, 0.7])
        truth = np.array([True, False, True, False, True])
        self.assertAlmostEqual(auc_within_task(scores, truth, ["a", "a", "b", "b", "c"]), 0.75)
        self.assertIsNone(auc_within_task(scores[:1], truth[:1], ["a"]))

    def test_classes_besides_correct_are_wrong(self) -> None:
        scores = np.log(np.array([[0.6, 0.2, 0.1], [0.1, 0.2, 0.6], [0.2, 0.5, 0.1]]))
        values = judge_metrics(scores, np.array([0, 1, 1]), 0, ["a", "a", "a"])
        self.assertEqual(values["kappa"], 1)
        self.assertAlmostEqual(values["accuracy"], 2 / 3)
        self.assertAlmostEqual(values["labelMass"], (0.9 + 0.9 + 0.8) / 3)

    def test_better_is_by_kappa_then_f1_and_undefined_is_worst(self) -> None:
        self.assertTrue(is_better({"kappa": None, "f1": None}, None))
        self.assertTrue(is_better({"kappa": 0.1, "f1": 0.2}, {"kappa": None, "f1": 0.9}))
        self.assertTrue(is_better({"kappa": 0.1, "f1": 0.3}, {"kappa": 0.1, "f1": 0.2}))
        self.assertFalse(is_better({"kappa": 0.1, "f1": 0.3}, {"kappa": 0.1, "f1": 0.3}))
        self.assertTrue(is_better({"loss": 1.0}, {"loss": 2.0}))


if __name__ == "__main__":
    unittest.main()
