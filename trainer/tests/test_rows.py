from __future__ import annotations

import json
import tempfile
import unittest
from pathlib import Path

from codejury_trainer.arguments import rows_at_once
from codejury_trainer.faults import TrainerFault
from codejury_trainer.rows import Row, check_classes, read_rows, weigh
from codejury_trainer.sampler import FilledSampler, LengthGroupedSampler

from .settings import LABELS, run_config


def no_tokenizer() -> None:
    raise AssertionError("the driver made the tokens")


class Rows(unittest.TestCase):
    def read(self, lines: list[dict], max_length: int):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "train.jsonl"
            file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
            return read_rows(file, run_config(max_length=max_length), no_tokenizer)

    def test_rows_that_are_too_long_are_left_out_and_counted(self) -> None:
        line = {"class": 1, "task": "t", "tokens": [[1, 2], [5]]}
        rows = self.read([line, {**line, "tokens": [[1] * 9, [5]]}], 4)
        self.assertEqual((len(rows.kept), rows.too_long, rows.kept[0].start), (1, 1, 2))

    def test_all_too_long_is_a_fault(self) -> None:
        with self.assertRaises(TrainerFault) as caught:
            self.read([{"class": 1, "task": "t", "tokens": [[1] * 9, [5]]}], 4)
        self.assertEqual(caught.exception.code, "context-length")

    def test_one_class_is_a_fault_that_names_it(self) -> None:
        with self.assertRaisesRegex(TrainerFault, r"one class only \(1\)"):
            check_classes([Row([1, 5], 1, 1, "t")], LABELS)

    def test_class_weights_even_out_the_classes_and_the_mean_is_one(self) -> None:
        rows = [Row([1, 4], 1, 0, "t"), Row([1, 4], 1, 0, "t"), Row([1, 4], 1, 0, "t"), Row([1, 5], 1, 1, "t")]
        weigh(rows, LABELS, run_config(class_weights=True))
        self.assertAlmostEqual(sum(row.weights[0] for row in rows), 4)
        self.assertAlmostEqual(rows[3].weights[0], 3 * rows[0].weights[0])

    def test_a_label_has_its_share_however_long_the_rest_is(self) -> None:
        rows = [Row([1, 4, 7, 7, 7, 7], 1, 0, "t"), Row([1, 7, 7], 1, None, "t"), Row([1, 5], 1, 1, "t")]
        weigh(rows, LABELS, run_config(label_share=0.5))
        labels = rows[0].weights[0] + rows[2].weights[0]
        rest = sum(rows[0].weights[1:]) + sum(rows[1].weights)
        self.assertAlmostEqual(labels, rest)
        self.assertAlmostEqual(labels + rest, 8)


class Order(unittest.TestCase):
    def test_every_row_once_and_the_same_order_for_the_same_epoch(self) -> None:
        lengths = [(index * 37) % 50 for index in range(201)]
        orders = [list(LengthGroupedSampler(lengths, 4, 1, lambda: epoch)) for epoch in (0, 0, 1)]
        self.assertEqual(sorted(orders[0]), list(range(201)))
        self.assertEqual(orders[0], orders[1])
        self.assertNotEqual(orders[0], orders[2])

    def test_batches_hold_rows_of_similar_length(self) -> None:
        lengths = [(index * 37) % 500 for index in range(400)]
        order = list(LengthGroupedSampler(lengths, 4, 1, lambda: 0))
        batches = [[lengths[row] for row in order[at : at + 4]] for at in range(0, 400, 4)]
        padding = sum(max(batch) * 4 - sum(batch) for batch in batches) / sum(lengths)
        self.assertLess(padding, 0.1)

    def test_filled_for_processes_that_take_turns(self) -> None:
        order = LengthGroupedSampler([3, 1, 2, 5, 4, 9, 7, 8, 6], 2, 1, lambda: 0)
        filled = FilledSampler(order, 4, 9)
        self.assertEqual(list(filled), [*order, 9, 9, 9])
        self.assertEqual(len(filled), 12)
        self.assertEqual(list(FilledSampler(order, 3, 9)), list(order))


class Steps(unittest.TestCase):
    def test_a_step_has_the_same_rows_however_many_processes(self) -> None:
        config = run_config(batch_size=24, micro_batch_size=8)
        shares = [rows_at_once(config, processes) for processes in (1, 2, 4, 24)]
        self.assertEqual(shares, [(8, 3), (6, 2), (6, 1), (1, 1)])
        with self.assertRaisesRegex(TrainerFault, "24 rows cannot be divided equally among 5"):
            rows_at_once(config, 5)


if __name__ == "__main__":
    unittest.main()
