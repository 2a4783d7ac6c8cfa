from __future__ import annotations

import math
import unittest

import torch

from codejury_trainer.pairwise import log_odds, pairwise_loss


class Pairwise(unittest.TestCase):
    def test_mean_over_pairs_of_a_task_and_over_tasks_by_rows(self) -> None:
        # Task 0: one correct row against two wrong ones. Task 1: no pair. Four rows.
        odds = torch.tensor([1.0, 0.0, 2.0, 5.0])
        right = torch.tensor([True, False, False, True])
        pairs = (math.log1p(math.exp(0.0 - 1.0)) + math.log1p(math.exp(2.0 - 1.0))) / 2
        loss = pairwise_loss(odds, right, torch.tensor([0, 0, 0, 1]))
        self.assertAlmostEqual(loss.item(), pairs * 3 / 4, places=6)

    def test_pulls_the_correct_row_up_and_the_wrong_one_down(self) -> None:
        odds = torch.zeros(2, requires_grad=True)
        pairwise_loss(odds, torch.tensor([True, False]), torch.tensor([0, 0])).backward()
        torch.testing.assert_close(odds.grad, torch.tensor([-0.5, 0.5]))

    def test_without_a_pair_it_is_nothing(self) -> None:
        self.assertEqual(pairwise_loss(torch.ones(2), torch.tensor([True, True]), torch.tensor([0, 0])).item(), 0.0)

    def test_log_odds_are_against_all_other_labels_together(self) -> None:
        scores = torch.tensor([[0.5, 0.3, 0.1]]).log()
        self.assertAlmostEqual(log_odds(scores, 0).item(), math.log(0.5 / 0.4), places=6)


if __name__ == "__main__":
    unittest.main()
