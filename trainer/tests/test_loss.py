"""The trainer's loss and scores against plain computations on a tiny random model."""

from __future__ import annotations

import tempfile
import unittest
from typing import Any

import torch
import torch.nn.functional as F
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast
from tokenizers import Tokenizer
from tokenizers.models import WordLevel

from codejury_trainer.arguments import training_arguments
from codejury_trainer.collate import Collator, to_dataset
from codejury_trainer.head_trainer import HeadTrainer
from codejury_trainer.judge_trainer import HowToTrain, JudgeTrainer
from codejury_trainer.rows import Row, weigh
from codejury_trainer.run_config import RunConfig

from .settings import LABELS, run_config

VOCABULARY = 32


def tiny_model(layers: int = 2) -> LlamaForCausalLM:
    torch.manual_seed(3)
    return LlamaForCausalLM(
        LlamaConfig(
            vocab_size=VOCABULARY,
            hidden_size=16,
            intermediate_size=32,
            num_hidden_layers=layers,
            num_attention_heads=2,
            num_key_value_heads=1,
            max_position_embeddings=64,
            # Large weights: what a token sees matters.
            initializer_range=0.3,
        )
    )


def tiny_trainer(
    rows: list[Row], folder: str, model: Any = None, config: RunConfig | None = None, **how: Any
) -> tuple[JudgeTrainer, Any]:
    """A trainer of batches one by one, and its model."""
    model = tiny_model() if model is None else model
    words = {f"w{index}": index for index in range(VOCABULARY)}
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=Tokenizer(WordLevel(words, unk_token="w0")), pad_token="w1", eos_token="w2"
    )
    config = run_config() if config is None else config
    weigh(rows, config.labels, config)
    trainer = (JudgeTrainer if config.head is None else HeadTrainer)(
        model=model,
        args=training_arguments(config, folder, config.epochs, True, False, False),
        train_dataset=to_dataset(rows),
        eval_dataset=to_dataset(rows),
        processing_class=tokenizer,
        data_collator=Collator(1),
        how=HowToTrain(label_tokens=[label.tokens for label in LABELS], correct=1, **how),
    )
    return trainer, model


ROWS = [([3, 6, 7, 8, 5], 4, 1), ([9, 4], 1, 0), ([3, 3, 5, 11, 12], 2, 1), ([13, 14, 15], 1, None)]


def rows() -> list[Row]:
    return [Row(list(tokens), start, label, "t") for tokens, start, label in ROWS]


class Loss(unittest.TestCase):
    def test_is_the_mean_over_completion_tokens_of_each_row_alone(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            trainer, model = tiny_trainer(rows(), folder)
            batch = Collator(1)(list(trainer.train_dataset))
            loss = trainer.compute_loss(model, dict(batch))
            losses = []
            for tokens, start, _ in ROWS:
                logits = model(input_ids=torch.tensor([tokens])).logits[0]
                losses += [F.cross_entropy(logits[at - 1], torch.tensor(tokens[at])) for at in range(start, len(tokens))]
            self.assertAlmostEqual(loss.item(), torch.stack(losses).mean().item(), places=5)

    def test_scores_are_log_probabilities_of_the_labels(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            trainer, model = tiny_trainer(rows(), folder)
            batch = Collator(1)(list(trainer.train_dataset)[:3])
            _, scores, classes = trainer.prediction_step(model, dict(batch), False)
            model.eval()
            for index, (tokens, start, label) in enumerate(ROWS[:3]):
                wanted = model(input_ids=torch.tensor([tokens[:start]])).logits[0, -1].log_softmax(-1)[[4, 5]]
                torch.testing.assert_close(scores[index], wanted, atol=1e-5, rtol=1e-4)
                self.assertEqual(classes[index].item(), label)

    def test_smoothing_moves_a_share_to_the_other_labels(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            trainer, model = tiny_trainer(rows()[:2], folder, smoothing=0.2)
            model.train()
            loss = trainer.compute_loss(model, dict(Collator(1)(list(trainer.train_dataset))))
            total = 0.0
            for tokens, start, _ in ROWS[:2]:
                said = model(input_ids=torch.tensor([tokens[:start]])).logits[0, -1].log_softmax(-1)
                label, other = tokens[start], 9 - tokens[start]
                total -= 0.8 * said[label].item() + 0.2 * said[other].item()
            self.assertAlmostEqual(loss.item(), total / 2, places=5)


if __name__ == "__main__":
    unittest.main()
