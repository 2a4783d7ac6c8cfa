"""Rows of one task as one sequence: what they have in common once, then what each has of its own."""

from __future__ import annotations

from typing import Any, Sequence

import torch
from transformers import AttentionInterface
from transformers.integrations.sdpa_attention import sdpa_attention_forward

#: Name of the attention below among those of transformers.
PACKED_ATTENTION = "codejury_packed"

#: A pack in a sequence: tokens that its rows share, and how many each has of its own.
Pack = tuple[int, tuple[int, ...]]


def shared_length(rows: Sequence[tuple[list[int], int]]) -> int:
    """Tokens at the beginning that all rows (tokens, and how many of them it may share) have in common."""
    most = min(limit for _, limit in rows)
    # What the first and the last in order have in common, all between them have.
    first, last = min(tokens for tokens, _ in rows), max(tokens for tokens, _ in rows)
    for index in range(most):
        if first[index] != last[index]:
            return index
    return most


def packed_attention(
    module: Any,
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    attention_mask: torch.Tensor | None,
    packs: Sequence[Pack] | None = None,
    **more: Any,
) -> tuple[torch.Tensor, None]:
    """
    Attention of transformers' sdpa, row by row: the shared part sees itself, each row the shared part and itself, all of it
    causally. One mask over the whole sequence would say the same, and cost its square. Without packs: as sdpa.
    """
    if packs is None:
        return sdpa_attention_forward(module, query, key, value, attention_mask, **more)
    sizes = [size for shared, own in packs for size in (shared, *own)]
    parts = iter(zip(*(states.split(sizes, dim=2) for states in (query, key, value))))
    outputs = []
    for shared, own in packs:
        shared_query, shared_key, shared_value = next(parts)
        if shared > 0:
            outputs.append(sdpa_attention_forward(module, shared_query, shared_key, shared_value, None, **more)[0])
        longest = max(own)
        sees = torch.ones(longest, shared + longest, dtype=torch.bool, device=query.device).tril(shared)[None, None]
        for size in own:
            own_query, own_key, own_value = next(parts)
            keys, values = torch.cat((shared_key, own_key), 2), torch.cat((shared_value, own_value), 2)
            mask = sees[:, :, :size, : shared + size]
            outputs.append(sdpa_attention_forward(module, own_query, keys, values, mask, **more)[0])
    return torch.cat(outputs, dim=1), None


def use_packed_attention(model: Any) -> bool:
    """Lets a model take packs; false, and nothing changed, where it does not compute attention by sdpa over all that came before."""
    settings = model.config.get_text_config()
    kinds = set(getattr(settings, "layer_types", None) or ())
    windows = getattr(settings, "sliding_window", None) is not None and not kinds
    if settings._attn_implementation != "sdpa" or windows or not kinds <= {"full_attention"}:
        return False
    AttentionInterface.register(PACKED_ATTENTION, packed_attention)
    model.set_attn_implementation(PACKED_ATTENTION)
    return bool(settings._attn_implementation == PACKED_ATTENTION)
