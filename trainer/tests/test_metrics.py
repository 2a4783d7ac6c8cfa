from __future__ import annotations

import unittest

import numpy as np

from codejury_trainer.metrics import area, auc_within_task, f1, is_better, judge_metrics, kappa, merit_of_scores


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

    def test_area_over_all_and_what_scores_are_worth(self) -> None:
        self.assertAlmostEqual(area(np.array([0.9, 0.5]), np.array([0.5, 0.1, 0.95])), (2 + 1.5) / 6)
        self.assertIsNone(area(np.array([0.9]), np.array([])))
        self.assertAlmostEqual(merit_of_scores({"auc": 0.8, "aucWithinTask": 0.6}), 0.7)
        self.assertAlmostEqual(merit_of_scores({"auc": 0.8, "aucWithinTask": None}), 0.8)
        self.assertIsNone(merit_of_scores({"auc": None, "aucWithinTask": None}))

    def test_classes_besides_correct_are_wrong(self) -> None:
        scores = np.log(np.array([[0.6, 0.2, 0.1], [0.1, 0.2, 0.6], [0.2, 0.5, 0.1]]))
        values = judge_metrics(scores, np.array([0, 1, 1]), 0, ["a", "a", "a"])
        self.assertEqual(values["kappa"], 1)
        self.assertAlmostEqual(values["accuracy"], 2 / 3)
        self.assertAlmostEqual(values["labelMass"], (0.9 + 0.9 + 0.8) / 3)

    def test_answers_below_half_of_the_mass_count_for_nothing(self) -> None:
        scores = np.log(np.array([[0.1, 0.8], [0.7, 0.1], [0.0, 0.49], [0.2, 0.3], [0.3, 0.1]]) + 1e-12)
        values = judge_metrics(scores, np.array([1, 0, 0, 1, 1]), 1, ["a", "a", "a", "b", "b"])
        # Of the fourth the mass is one half, which is enough.
        self.assertEqual((values["candidates"], values["invalid"]), (5, 2))
        self.assertEqual((values["kappa"], values["f1"], values["accuracy"]), (1, 1, 1))
        self.assertEqual(values["aucWithinTask"], 1)
        self.assertAlmostEqual(values["labelMass"], (0.9 + 0.8 + 0.49 + 0.5 + 0.4) / 5)

    def test_nothing_is_known_of_a_judge_that_never_answers(self) -> None:
        values = judge_metrics(np.log(np.full((3, 2), 0.1)), np.array([0, 1, 1]), 1, ["a", "a", "b"])
        self.assertEqual(values["invalid"], 3)
        self.assertEqual([values[name] for name in ("kappa", "f1", "accuracy", "aucWithinTask")], [None] * 4)
        self.assertIsNone(judge_metrics(np.zeros((0, 2)), np.zeros(0), 1, [])["labelMass"])

    def test_a_tie_is_no_evidence_for_correct(self) -> None:
        values = judge_metrics(np.log(np.array([[0.4, 0.4]])), np.array([0]), 0, ["a"])
        self.assertEqual(values["f1"], 0)

    def test_invalid_answers_are_worth_no_more_than_chance(self) -> None:
        few = {"kappa": 1.0, "f1": 1.0, "candidates": 100, "invalid": 98}
        many = {"kappa": 0.3, "f1": 0.6, "candidates": 100, "invalid": 0}
        self.assertTrue(is_better(many, few))
        self.assertFalse(is_better(few, many))

    def test_better_is_by_kappa_then_f1_and_undefined_is_worst(self) -> None:
        self.assertTrue(is_better({"kappa": 0.1, "merit": 0.8}, {"kappa": 0.5, "merit": 0.7}))
        self.assertFalse(is_better({"kappa": 0.9, "merit": None}, {"kappa": 0.1, "merit": 0.5}))
        self.assertTrue(is_better({"kappa": None, "f1": None}, None))
        self.assertTrue(is_better({"kappa": 0.1, "f1": 0.2}, {"kappa": None, "f1": 0.9}))
        self.assertTrue(is_better({"kappa": 0.1, "f1": 0.3}, {"kappa": 0.1, "f1": 0.2}))
        self.assertFalse(is_better({"kappa": 0.1, "f1": 0.3}, {"kappa": 0.1, "f1": 0.3}))
        self.assertTrue(is_better({"loss": 1.0}, {"loss": 2.0}))


if __name__ == "__main__":
    unittest.main()
