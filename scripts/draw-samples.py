"""Samples of a small Llama model for many prompts, in large batches on a processor: several times as fast as one task after another.

  python draw-samples.py MODEL.gguf PROMPTS.jsonl OUT.jsonl [--samples 16] [--batch 96] [--seed 1] [--threads 1]

PROMPTS: a line {id, tokens} a task. OUT: a line {id, sample, text, truncated} a sample, in the order in which they end; lines that are there
already are not drawn again. Needs torch and transformers (the environment of `codejury train --setup`).

The weights are those of the file, dequantised, in bfloat16. Temperature 1 and top-p 0.9 as codejury's generator has them. A sample ends where
the model ends it, where its first block of code is closed, or after 200 tokens.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import time
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig

TOP_P = 0.9
#: Tokens among which top-p chooses; of a flatter distribution the others are left out.
CANDIDATES = 512
LONGEST, ROOM = 200, 352
DTYPE = torch.bfloat16


def rotate(states: torch.Tensor, cos: torch.Tensor, sin: torch.Tensor) -> torch.Tensor:
    first, second = states.chunk(2, -1)
    return states * cos + torch.cat((-second, first), -1) * sin


class Decoder:
    """The model with a place for the keys and values of `batch` samples under way."""

    def __init__(self, model: Any, batch: int) -> None:
        config = model.config
        self.layers = model.model.layers
        self.embedding = model.model.embed_tokens.weight
        self.norm, self.head = model.model.norm, model.lm_head
        self.heads, self.groups = config.num_attention_heads, config.num_key_value_heads
        self.size = config.hidden_size // self.heads
        shape = (config.num_hidden_layers, batch, self.groups, ROOM, self.size)
        self.keys, self.values = torch.zeros(shape, dtype=DTYPE), torch.zeros(shape, dtype=DTYPE)
        positions = torch.arange(ROOM)[None]
        cos, sin = model.model.rotary_emb(torch.zeros(1, ROOM, 1, dtype=DTYPE), positions)
        self.cos, self.sin = cos[0], sin[0]

    def _project(self, layer: Any, states: torch.Tensor, cos: torch.Tensor, sin: torch.Tensor) -> tuple[torch.Tensor, ...]:
        normed = layer.input_layernorm(states)
        attention = layer.self_attn
        parts = []
        for projection, heads in ((attention.q_proj, self.heads), (attention.k_proj, self.groups), (attention.v_proj, self.groups)):
            parts.append(projection(normed).view(*states.shape[:2], heads, self.size).transpose(1, 2))
        return rotate(parts[0], cos, sin), rotate(parts[1], cos, sin), parts[2]

    def _finish(self, layer: Any, states: torch.Tensor, attended: torch.Tensor) -> torch.Tensor:
        states = states + layer.self_attn.o_proj(attended)
        return states + layer.mlp(layer.post_attention_layernorm(states))

    def prefill(self, tokens: list[int]) -> tuple[torch.Tensor, torch.Tensor]:
        """Keys and values of a prompt: layers x groups x tokens x size."""
        states = self.embedding[torch.tensor(tokens)][None]
        cos, sin = self.cos[: len(tokens)], self.sin[: len(tokens)]
        keys, values = [], []
        for layer in self.layers:
            query, key, value = self._project(layer, states, cos, sin)
            attended = F.scaled_dot_product_attention(query, key, value, is_causal=True, enable_gqa=True)
            states = self._finish(layer, states, attended.transpose(1, 2).reshape(states.shape))
            keys.append(key[0])
            values.append(value[0])
        return torch.stack(keys), torch.stack(values)

    def step(self, active: torch.Tensor, tokens: torch.Tensor, positions: torch.Tensor) -> torch.Tensor:
        """Logits after one more token of each active sample."""
        count, end = len(active), int(positions.max()) + 1
        states = self.embedding[tokens][:, None]
        cos, sin = self.cos[positions][:, None, None], self.sin[positions][:, None, None]
        mask = torch.where(torch.arange(end) <= positions[:, None], 0.0, -1e9).to(DTYPE)[:, None, None]
        whole = count == self.keys.shape[1]
        for index, layer in enumerate(self.layers):
            query, key, value = self._project(layer, states, cos, sin)
            self.keys[index, active, :, positions] = key[:, :, 0]
            self.values[index, active, :, positions] = value[:, :, 0]
            keys, values = (cache[index][:, :, :end] if whole else cache[index, active, :, :end] for cache in (self.keys, self.values))
            # Query heads of one group as rows of one product: keys and values are read once.
            query = query.view(count, self.groups, self.heads // self.groups, self.size)
            scores = query @ keys.transpose(-1, -2) * self.size**-0.5 + mask
            attended = torch.softmax(scores.float(), -1).to(DTYPE) @ values
            states = self._finish(layer, states, attended.reshape(count, 1, -1))
        return self.head(self.norm(states))[:, 0].float()


def draw(logits: torch.Tensor, random: torch.Generator) -> list[int]:
    top, tokens = logits.topk(CANDIDATES, -1)
    shares = (top - logits.logsumexp(-1, keepdim=True)).exp()
    before = shares.cumsum(-1) - shares
    shares = torch.where(before < TOP_P, shares, 0.0)
    return tokens.gather(1, torch.multinomial(shares, 1, generator=random))[:, 0].tolist()


def block_closed(text: str) -> bool:
    """Whether the first block of code is over; code that stands before any fence has one at its end alone."""
    return text.count("```") >= (1 if "def " in text.split("```")[0] else 2)


def main() -> None:
    arguments = read_arguments()
    torch.set_num_threads(arguments.threads)
    folder, name = os.path.split(os.path.abspath(arguments.model))
    tokenizer = AutoTokenizer.from_pretrained(folder, gguf_file=name)
    dense = GgufConfig(dequantize=True)
    model = AutoModelForCausalLM.from_pretrained(folder, gguf_file=name, quantization_config=dense).to(DTYPE).eval()
    ends = {tokenizer.eos_token_id, *tokenizer.convert_tokens_to_ids(["<|im_end|>", "<|endoftext|>"])}
    cut_half_line(arguments.out)
    done = {(line["id"], line["sample"]) for line in read_lines(arguments.out)}
    prompts = [line for line in read_lines(arguments.prompts) if len(line["tokens"]) + LONGEST < ROOM]
    # In no order of theirs, so that what a stopped run has drawn is of all kinds.
    prompts.sort(key=lambda line: hashlib.sha256(line["id"].encode()).hexdigest())
    wanted = [(prompt, sample) for prompt in prompts for sample in range(arguments.samples)]
    queue = iter([(prompt, sample) for prompt, sample in wanted if (prompt["id"], sample) not in done])
    random = torch.Generator().manual_seed(arguments.seed)
    decoder = Decoder(model, arguments.batch)
    slots: list[dict[str, Any] | None] = [None] * arguments.batch
    prefilled: tuple[str, Any] = ("", None)
    count, began = 0, time.monotonic()

    def start(place: int) -> None:
        nonlocal prefilled
        prompt, sample = next(queue, (None, 0))
        slots[place] = None
        if prompt is None:
            return
        if prefilled[0] != prompt["id"]:
            prefilled = (prompt["id"], decoder.prefill(prompt["tokens"][:-1]))
        length = len(prompt["tokens"]) - 1
        decoder.keys[:, place, :, :length], decoder.values[:, place, :, :length] = prefilled[1]
        slots[place] = {"id": prompt["id"], "sample": sample, "tokens": [], "next": prompt["tokens"][-1], "position": length}

    with Path(arguments.out).open("a", encoding="utf-8") as out, torch.no_grad():
        for place in range(arguments.batch):
            start(place)
        while any(slots):
            active = [place for place, slot in enumerate(slots) if slot is not None]
            under_way = [slots[place] for place in active]
            logits = decoder.step(
                torch.tensor(active),
                torch.tensor([slot["next"] for slot in under_way]),
                torch.tensor([slot["position"] for slot in under_way]),
            )
            for place, slot, token in zip(active, under_way, draw(logits, random)):
                ended, truncated = token in ends, False
                if not ended:
                    slot["tokens"].append(token)
                    slot["next"] = token
                    slot["position"] += 1
                    truncated = len(slot["tokens"]) >= LONGEST
                    # Decoding is slow beside all else, and a few tokens more do no harm.
                    ended = truncated or (len(slot["tokens"]) % 4 == 0 and block_closed(tokenizer.decode(slot["tokens"])))
                if ended:
                    line = {"id": slot["id"], "sample": slot["sample"], "text": tokenizer.decode(slot["tokens"]), "truncated": truncated}
                    out.write(json.dumps(line) + "\n")
                    out.flush()
                    start(place)
                    count += 1
                    if count % 200 == 0:
                        print(f"{count} samples, {count / (time.monotonic() - began):.1f} a second", flush=True)


def cut_half_line(path: str) -> None:
    """Leaves whole lines alone in a file that is appended to: a run that was stopped may have left half a line at its end."""
    if os.path.exists(path):
        os.truncate(path, Path(path).read_bytes().rfind(b"\n") + 1)


def read_lines(path: str) -> list[dict[str, Any]]:
    file = Path(path)
    return [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n")[:-1]] if file.exists() else []


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("prompts")
    parser.add_argument("out")
    parser.add_argument("--samples", type=int, default=16)
    parser.add_argument("--batch", type=int, default=96)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


main()
