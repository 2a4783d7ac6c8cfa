"""Packs against the same rows one by one, in float32 on a tiny random model."""

from __future__ import annotations

import random
import tempfile
import unittest
from pathlib import Path
from typing import Any

import torch

from codejury_trainer.batches import BatchMaker
from codejury_trainer.collate import Collator, PackCollator, to_dataset
from codejury_trainer.faults import TrainerFault
from codejury_trainer.kept_states import StatesFile
from codejury_trainer.lower_layers import LowerLayers
from codejury_trainer.packing import shared_length, use_packed_attention
from codejury_trainer.rows import Row, weigh
from codejury_trainer.sampler import PackSampler

from .settings import LABELS, run_config
from .test_loss import tiny_model, tiny_trainer


class Silent:
    """Events that nobody hears."""

    def emit(self, event: str, **fields: Any) -> None:
        pass


def rows_of_tasks(seed: int = 7) -> list[Row]:
    """Three tasks with 5, 3 and 1 rows; completions of a label alone and of a label and more; one row without a label."""
    draw = random.Random(seed)
    rows = []
    for task, count, shared in (("a", 5, 6), ("b", 3, 9), ("c", 1, 4)):
        prefix = [draw.randrange(6, 32) for _ in range(shared)]
        for index in range(count):
            own = [draw.randrange(6, 32) for _ in range(draw.randrange(2, 9))]
            label = index % 2
            rest = [7, 8] if index == 2 else []
            rows.append(Row([*prefix, *own, 4 + label, *rest], shared + len(own), label, task))
    rows.append(Row([9, 9, 9, 10], 2, None, "a"))
    return rows


def loss_and_gradients(batch: dict[str, Any], rows: list[Row], packed: bool, **how: Any) -> tuple[float, list[torch.Tensor]]:
    model = tiny_model()
    if packed:
        assert use_packed_attention(model)
    with tempfile.TemporaryDirectory() as folder:
        trainer, _ = tiny_trainer(rows, folder, model, **how)
        model.train()
        loss = trainer.compute_loss(model, dict(batch))
        loss.backward()
    return loss.item(), [parameter.grad for parameter in model.parameters() if parameter.grad is not None]


class Packs(unittest.TestCase):
    def setUp(self) -> None:
        self.rows = rows_of_tasks()
        weigh(self.rows, LABELS, run_config(class_weights=True, label_share=0.5))
        self.examples = list(to_dataset(self.rows))

    def test_losses_and_gradients_are_those_of_rows_one_by_one(self) -> None:
        draw = random.Random(3)
        for how in ({}, {"smoothing": 0.1}, {"pairwise": 0.7, "smoothing": 0.2}):
            draw.shuffle(self.examples)
            alone = loss_and_gradients(Collator(1)(self.examples), self.rows, False, **how)
            packed = loss_and_gradients(PackCollator(1)(self.examples), self.rows, True, **how)
            self.assertAlmostEqual(alone[0], packed[0], places=5)
            self.assertEqual(len(alone[1]), len(packed[1]))
            for one, other in zip(alone[1], packed[1]):
                torch.testing.assert_close(one, other, atol=1e-5, rtol=1e-4)

    def test_shared_tokens_come_once_and_nothing_is_padded(self) -> None:
        batch = PackCollator(1)(self.examples[:8])
        tokens = [row.tokens for row in self.rows[:8]]
        self.assertEqual(batch["input_ids"].shape, (1, sum(map(len, tokens)) - 4 * 6 - 2 * 9))
        self.assertEqual([shared for shared, _ in batch["packs"]], [6, 9])
        self.assertEqual(Collator(1)(self.examples[:8])["input_ids"].numel(), 8 * max(map(len, tokens)))

    def test_scores_on_validation_are_those_of_rows_one_by_one(self) -> None:
        scores = []
        for kind in (Collator, PackCollator):
            model = tiny_model()
            use_packed_attention(model)
            with tempfile.TemporaryDirectory() as folder:
                trainer, _ = tiny_trainer(self.rows, folder, model)
                _, said, classes = trainer.prediction_step(model, dict(kind(1)(self.examples[:9])), False)
            self.assertEqual(classes.tolist(), [row.label for row in self.rows[:9]])
            scores.append(said)
        torch.testing.assert_close(scores[0], scores[1], atol=1e-5, rtol=1e-4)

    def test_the_last_token_of_a_prompt_is_each_rows_own(self) -> None:
        self.assertEqual(shared_length([([1, 2, 3, 4], 2), ([1, 2, 3, 5], 2)]), 2)
        self.assertEqual(shared_length([([1, 2, 3], 1)]), 1)
        self.assertEqual(shared_length([([1, 2, 3, 4, 5], 3), ([1, 2, 9, 4, 5], 3), ([1, 2], 0)]), 0)
        self.assertEqual([row.most_shared for row in (Row([1, 2, 5], 2, 1, "t"), Row([1, 2, 5], 3, 1, "t", own=(2, 3)))], [1, 2])

    def test_a_model_that_mixes_rows_is_not_given_packs(self) -> None:
        model = tiny_model()
        attention = model.model.layers[0].self_attn
        plain = attention.forward
        attention.forward = lambda *args, packs=None, **more: plain(*args, **more)
        with tempfile.TemporaryDirectory() as folder:
            maker = BatchMaker(run_config(), model, 1, False, Silent())
            batches = maker.prepare(self.rows, [], Path(folder), lambda: False)
        self.assertIsNotNone(batches)
        self.assertFalse(batches.packed)

    def test_windows_and_other_attention_take_no_packs(self) -> None:
        for change in ({"layer_types": ["sliding_attention", "full_attention"]}, {"sliding_window": 8}):
            model = tiny_model()
            for name, value in change.items():
                setattr(model.config, name, value)
            self.assertFalse(use_packed_attention(model))
        model = tiny_model()
        model.set_attn_implementation("eager")
        self.assertFalse(use_packed_attention(model))


class LowerLayersKept(unittest.TestCase):
    def run_with(self, folder: str, keep: bool, **changes: Any) -> tuple[float, list[torch.Tensor], torch.Tensor]:
        rows = rows_of_tasks()
        weigh(rows, LABELS, run_config())
        model = tiny_model(4)
        for layer in model.model.layers[:3]:
            layer.requires_grad_(False)
        model.model.embed_tokens.requires_grad_(False)
        config = run_config(layers=1, cache_lower_layers=keep, raw={"base": "tiny"}, **changes)
        batches = BatchMaker(config, model, 1, False, Silent()).prepare(rows[:6], rows[6:], Path(folder), lambda: False)
        trainer, _ = tiny_trainer(rows, folder, model, lower=batches.lower)
        model.train()
        loss = trainer.compute_loss(model, batches.collator(list(to_dataset(rows[:6]))))
        loss.backward()
        validation = batches.collator(list(to_dataset(rows[6:9], 6)))
        _, scores, _ = trainer.prediction_step(model, validation, False)
        gradients = [parameter.grad for parameter in model.parameters() if parameter.requires_grad]
        return loss.item(), gradients, scores

    def test_results_are_those_of_computing_them_each_time(self) -> None:
        for packing in ("task", "none"):
            with tempfile.TemporaryDirectory() as folder:
                plain = self.run_with(folder, False, packing=packing)
                # The second time, the file is there.
                for _ in range(2):
                    kept = self.run_with(folder, True, packing=packing)
                    self.assertAlmostEqual(plain[0], kept[0], places=6)
                    for one, other in zip([*plain[1], plain[2]], [*kept[1], kept[2]]):
                        torch.testing.assert_close(one, other, atol=1e-6, rtol=1e-5)
                written = (Path(folder) / "states.bin").stat()
                rows = rows_of_tasks()
                # What tasks a and b share is there once.
                self.assertEqual(written.st_size, (sum(len(row.tokens) for row in rows) - 4 * 6 - 2 * 9) * 16 * 4)

    def test_a_disk_without_room_is_told_what_is_needed(self) -> None:
        file = StatesFile(Path("."), rows_of_tasks(), 1000, torch.bfloat16)
        file.require_space(file.size_bytes + 17_000_000)
        with self.assertRaisesRegex(TrainerFault, rf"\({file.tokens} tokens x 1000 values x 2 bytes\); 0 MB are free") as caught:
            file.require_space(0)
        self.assertEqual(caught.exception.code, "disk-full")

    def test_layers_that_are_trained_or_drop_values_are_not_kept(self) -> None:
        with self.assertRaisesRegex(TrainerFault, "are trained"):
            LowerLayers(tiny_model(), 1)
        model = tiny_model().requires_grad_(False)
        model.config.attention_dropout = 0.1
        with self.assertRaisesRegex(TrainerFault, "at random"):
            LowerLayers(model, 1)

    def test_layers_keep_their_names_and_weights(self) -> None:
        model = tiny_model(4).requires_grad_(False)
        names = list(model.state_dict())
        with tempfile.TemporaryDirectory() as folder:
            config = run_config(layers=1, cache_lower_layers=True, raw={"base": "tiny"})
            rows = rows_of_tasks()
            weigh(rows, LABELS, config)
            BatchMaker(config, model, 1, False, Silent()).prepare(rows, [], Path(folder), lambda: False)
        self.assertEqual(list(model.state_dict()), names)


class PackOrder(unittest.TestCase):
    def order(self, groups: list[int], classes: list[int], epoch: int = 0) -> list[int]:
        return list(PackSampler(groups, classes, 8, 1, lambda: epoch))

    def test_every_row_once_the_same_for_the_same_epoch_and_dealt_anew_in_the_next(self) -> None:
        groups = [index % 7 for index in range(150)]
        classes = [index % 3 % 2 for index in range(150)]
        orders = [self.order(groups, classes, epoch) for epoch in (0, 0, 1)]
        self.assertEqual(sorted(orders[0]), list(range(150)))
        self.assertEqual(orders[0], orders[1])
        first, second = ({frozenset(order[at : at + 8]) for at in range(0, 150, 8)} for order in (orders[0], orders[2]))
        self.assertLess(len(first & second), 2)

    def test_whole_batches_are_of_one_task_with_both_classes(self) -> None:
        groups = [index // 16 for index in range(160)]
        classes = [int(index % 8 == 0) for index in range(160)]
        order = self.order(groups, classes)
        for at in range(0, 160, 8):
            batch = order[at : at + 8]
            self.assertEqual(len({groups[row] for row in batch}), 1)
            self.assertEqual(sum(classes[row] for row in batch), 1)


if __name__ == "__main__":
    unittest.main()
