"""A head on a tiny random model, against plain computations."""

from __future__ import annotations

import json
import random
import tempfile
import unittest
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from safetensors import safe_open
from transformers import PrinterCallback

from codejury_trainer.base_model import prepare
from codejury_trainer.batches import Batches, BatchMaker
from codejury_trainer.collate import Collator, PackCollator, to_dataset
from codejury_trainer.faults import TrainerFault
from codejury_trainer.fit_head import fit_head, fit_logistic, states_of_rows
from codejury_trainer.head import LogisticHead, load_head, pooled_states
from codejury_trainer.pairwise import pairwise_loss
from codejury_trainer.packing import use_packed_attention
from codejury_trainer.rows import Row, read_rows, weigh
from codejury_trainer.run import save_weights, train
from codejury_trainer.run_config import Head, Lora, RunConfig

from .settings import LABELS, run_config
from .test_loss import tiny_model, tiny_trainer
from .test_packing import Silent


def head_config(**changes: Any) -> RunConfig:
    """A head after two of three layers, of which one is trained."""
    values = {"head": Head(2, 0.1), "lora": Lora(2, 4, 0.0), "layers": 1, "raw": {"base": "tiny"}, **changes}
    return run_config(**values)


def head_rows() -> list[Row]:
    """Candidates of three tasks, all of which begin with the same two tokens: what they have in common goes on beyond their task."""
    draw = random.Random(5)
    rows = []
    for task, count, before in (("a", 4, 6), ("b", 3, 9), ("c", 1, 0)):
        prefix = [draw.randrange(6, 32) for _ in range(before)]
        for index in range(count):
            own = [10, 11, *(draw.randrange(6, 32) for _ in range(draw.randrange(1, 9)))]
            rows.append(Row([*prefix, *own], before + len(own), index % 2, task, own=(before, before + len(own))))
    weigh(rows, LABELS, head_config())
    return rows


def head_model(**changes: Any) -> Any:
    """With an adapter and a head that say something."""
    model = prepare(tiny_model(3), head_config(**changes), False)
    torch.manual_seed(8)
    for name, parameter in model.named_parameters():
        if "lora_B" in name or "judge_head" in name:
            torch.nn.init.normal_(parameter, std=0.3)
    model.judge_head.mean.normal_()
    model.judge_head.scale.uniform_(0.5, 2)
    return model.eval()


class PooledStates(unittest.TestCase):
    def test_are_the_means_of_an_uncut_models_states_after_the_norm_over_each_candidate(self) -> None:
        model, whole, rows = prepare(tiny_model(3), head_config(), False).eval(), tiny_model(3).eval(), head_rows()
        states = pooled_states(model, Collator(1)(list(to_dataset(rows))), None)
        for row, state in zip(rows, states):
            inner = whole(input_ids=torch.tensor([row.tokens]), output_hidden_states=True).hidden_states[2]
            begin, end = row.own
            torch.testing.assert_close(state, whole.model.norm(inner)[0, begin:end].mean(0), atol=1e-5, rtol=1e-4)

    def test_are_those_of_packs_with_and_without_kept_lower_layers(self) -> None:
        rows = head_rows()
        plain = pooled_states(head_model(), Collator(1)(list(to_dataset(rows))), None)
        batch = PackCollator(1)(list(to_dataset(rows)))
        self.assertEqual([shared for shared, _ in batch["packs"]], [6, 9, 0])
        model = head_model()
        self.assertTrue(use_packed_attention(model))
        torch.testing.assert_close(pooled_states(model, batch, None), plain, atol=1e-5, rtol=1e-4)
        with tempfile.TemporaryDirectory() as folder:
            model = head_model()
            maker = BatchMaker(head_config(cache_lower_layers=True), model, 1, False, Silent())
            batches = maker.prepare(rows, [], Path(folder), lambda: False)
            self.assertTrue(batches.packed)
            batch = batches.collator(list(to_dataset(rows)))
            torch.testing.assert_close(pooled_states(model, batch, batches.lower), plain, atol=1e-5, rtol=1e-4)

    def test_come_in_the_order_of_the_rows(self) -> None:
        rows, model = head_rows()[::-1], head_model()
        states = states_of_rows(model, rows, Batches(Collator(1), False, None), 3, lambda _: None, lambda: False)
        torch.testing.assert_close(states, pooled_states(model, Collator(1)(list(to_dataset(rows))), None), atol=1e-5, rtol=1e-4)
        self.assertIsNone(states_of_rows(model, rows, Batches(Collator(1), False, None), 3, lambda _: None, lambda: True))


class Fit(unittest.TestCase):
    def test_is_the_optimum(self) -> None:
        # One column, twice weighted: minus the derivative of all log losses is weight / strength, and the bias is balanced.
        values, right = torch.tensor([[-1.0], [1.0], [1.0], [2.0]]).double(), torch.tensor([0.0, 1.0, 0.0, 1.0]).double()
        weights = torch.tensor([1.0, 2.0, 0.5, 0.5]).double()
        weight, bias = fit_logistic(values, right, weights, 0.5)
        rest = weights * (right - torch.sigmoid(values[:, 0] * weight + bias))
        self.assertAlmostEqual((rest * values[:, 0]).sum().item(), weight.item() / 0.5, places=5)
        self.assertAlmostEqual(rest.sum().item(), 0, places=5)
        self.assertGreater(weight.item(), 0.1)

    def test_takes_each_task_by_the_root_of_its_rows(self) -> None:
        self._assert_optimum(head_rows(), torch.ones(8))

    def test_takes_each_class_by_its_weight_where_classes_are_weighed(self) -> None:
        rows = head_rows()
        weigh(rows, LABELS, head_config(class_weights=True))
        # Five wrong rows, three correct ones.
        self._assert_optimum(rows, torch.tensor([8 / 6 if row.label == 1 else 8 / 10 for row in rows]))

    def _assert_optimum(self, rows: list[Row], of_class: torch.Tensor) -> None:
        states, head = torch.randn(8, 16, generator=torch.Generator().manual_seed(1)), LogisticHead(16, 2)
        fit_head(head, states, rows, 1, 0.1)
        torch.testing.assert_close(head.mean, states.mean(0))
        right = torch.tensor([row.label for row in rows]).double()
        weights = of_class.double() * torch.tensor([0.5] * 4 + [3**-0.5] * 3 + [1.0]).double()
        rest = weights / weights.mean() * (right - torch.sigmoid(head(states).double()))
        scaled = (states - head.mean) / head.scale
        torch.testing.assert_close(rest @ scaled.double(), head.weight.double() / 0.1, atol=1e-4, rtol=1e-3)


class HeadTraining(unittest.TestCase):
    def test_loss_is_that_of_the_log_odds_of_each_row(self) -> None:
        rows = head_rows()
        weigh(rows, LABELS, head_config(class_weights=True))
        model = head_model()
        with tempfile.TemporaryDirectory() as folder:
            trainer, _ = tiny_trainer(rows, folder, model, config=head_config(class_weights=True), smoothing=0.2, pairwise=0.7)
            batch = Collator(1)(list(to_dataset(rows)))
            model.train()
            loss = trainer.compute_loss(model, dict(batch), num_items_in_batch=torch.tensor(16))
            odds = model.judge_head(pooled_states(model, batch, None))
            expected = 0.0
            for row, value in zip(rows, odds):
                good, bad = -F.logsigmoid(value), -F.logsigmoid(-value)
                said, other = (good, bad) if row.label == 1 else (bad, good)
                expected += row.weights[0] * (0.8 * said + 0.2 * other) / 16
            right = torch.tensor([row.label == 1 for row in rows])
            expected += 0.7 * pairwise_loss(odds, right, batch["groups"]) * len(rows) / 16
            torch.testing.assert_close(loss, expected)
            self.assertEqual(trainer._get_num_items_in_batch([batch, batch], "cpu"), 16)

    def test_scores_are_log_probabilities_in_the_order_of_the_labels(self) -> None:
        rows, model = head_rows(), head_model()
        batch = Collator(1)(list(to_dataset(rows)))
        with tempfile.TemporaryDirectory() as folder:
            trainer, _ = tiny_trainer(rows, folder, model, config=head_config())
            _, scores, classes = trainer.prediction_step(model, dict(batch), False)
        odds = model.judge_head(pooled_states(model, batch, None))
        torch.testing.assert_close(scores[:, 1].exp(), torch.sigmoid(odds))
        torch.testing.assert_close(scores.exp().sum(1), torch.ones(8))
        self.assertEqual(classes.tolist(), [row.label for row in rows])

    def test_a_step_lowers_the_loss_and_changes_adapter_and_head(self) -> None:
        rows, model = head_rows(), head_model()
        before = {name: parameter.detach().clone() for name, parameter in model.named_parameters()}
        with tempfile.TemporaryDirectory() as folder:
            trainer, _ = tiny_trainer(rows, folder, model, config=head_config(epochs=20, learning_rate=0.02))
            batch = Collator(1)(list(to_dataset(rows)))
            first = trainer.compute_loss(model, dict(batch)).item()
            trainer.remove_callback(PrinterCallback)
            trainer.train()
            self.assertLess(trainer.compute_loss(model, dict(batch)).item(), first * 0.8)
        changed = {name for name, parameter in model.named_parameters() if not torch.equal(parameter, before[name])}
        self.assertEqual(changed, {name for name in before if "lora_" in name or "judge_head" in name})


class Files(unittest.TestCase):
    def test_what_a_judge_reads_is_the_head_and_the_adapter_holds_nothing_of_it(self) -> None:
        model, states = head_model(), torch.randn(5, 16)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "best"
            save_weights(model, folder)
            value = json.loads((folder / "head.json").read_text(encoding="utf-8"))
            self.assertEqual((value["layer"], len(value["coefficients"])), (2, 16))
            said = states.double() @ torch.tensor(value["coefficients"]).double() + value["intercept"]
            torch.testing.assert_close(said, model.judge_head(states).double(), atol=1e-4, rtol=1e-4)
            with safe_open(folder / "adapter_model.safetensors", "pt") as adapter:
                self.assertEqual([key for key in adapter.keys() if "lora_" not in key], [])
                self.assertTrue(all(".layers.1." in key for key in adapter.keys()))
            other = prepare(tiny_model(3), head_config(), False)
            load_head(other, folder)
            torch.testing.assert_close(other.judge_head(states), model.judge_head(states))


class Faults(unittest.TestCase):
    def test_a_layer_that_the_model_does_not_have(self) -> None:
        with self.assertRaisesRegex(TrainerFault, "from 1 to 3, received 4") as caught:
            prepare(tiny_model(3), head_config(head=Head(4, 0.1)), False)
        self.assertIn("--probe-layers", caught.exception.hint)

    def test_a_model_whose_layers_are_not_to_be_found(self) -> None:
        model = tiny_model(3)
        model.config.num_hidden_layers = 5
        with self.assertRaisesRegex(TrainerFault, "not to be found") as caught:
            prepare(model, head_config(), False)
        self.assertIn("--head probe", caught.exception.hint)

    def test_more_trained_layers_than_are_left(self) -> None:
        with self.assertRaisesRegex(TrainerFault, "at most 2, the layers below the head, received 3"):
            prepare(tiny_model(3), head_config(layers=3), False)

    def test_what_a_head_cannot_be_trained_with(self) -> None:
        for change in ({"method": "full"}, {"objective": "faults"}, {"first_stage_file": "first-stage.jsonl"}):
            with self.assertRaisesRegex(TrainerFault, "--objective verdict --method lora"):
                train(head_config(**change), Silent(), lambda: False)

    def test_a_row_without_a_candidate(self) -> None:
        row = {"class": 1, "task": "t", "tokens": [[1, 2, 3], []]}
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "train.jsonl"
            for damaged in ({}, {"own": [2, 2]}, {"own": [1, 4]}):
                file.write_text(json.dumps({**row, **damaged}), encoding="utf-8")
                with self.assertRaisesRegex(TrainerFault, "train.jsonl: .* no tokens of its own"):
                    read_rows(file, head_config(), lambda: None)
            file.write_text(json.dumps({**row, "own": [1, 3]}), encoding="utf-8")
            self.assertEqual(read_rows(file, head_config(), lambda: None).kept[0].own, (1, 3))


if __name__ == "__main__":
    unittest.main()
