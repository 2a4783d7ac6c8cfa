"""A logistic head on what the candidate's tokens become inside the model: a judge that is asked for no token."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch
from torch import nn

from .faults import TrainerFault
from .json_file import write_json
from .lower_layers import LowerLayers, layers_of

#: Beside an adapter: the head as it is trained, and what a judge needs of it.
TENSORS, COEFFICIENTS = "head.safetensors", "head.json"


class LogisticHead(nn.Module):
    """Log-odds from states (rows x width): weight · (x − mean) / scale + bias, in float32 under any autocast."""

    mean: torch.Tensor
    scale: torch.Tensor

    def __init__(self, width: int, layer: int) -> None:
        super().__init__()
        #: States are those after so many layers and the last norm.
        self.layer = layer
        self.register_buffer("mean", torch.zeros(width))
        self.register_buffer("scale", torch.ones(width))
        self.weight = nn.Parameter(torch.zeros(width))
        self.bias = nn.Parameter(torch.zeros(()))

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        return ((states - self.mean) / self.scale * self.weight).sum(dim=-1) + self.bias

    def folded(self) -> tuple[list[float], float]:
        """Coefficients of the states themselves and the intercept, in float64."""
        mean, scale, weight = (values.detach().cpu().double() for values in (self.mean, self.scale, self.weight))
        coefficients = weight / scale
        return coefficients.tolist(), float(self.bias.detach().double().cpu() - coefficients @ mean)


def keep_first_layers(model: Any, count: int) -> None:
    """Takes the layers above the first `count` out of a model, for good; a fault where it has fewer."""
    settings = model.config.get_text_config()
    if not 1 <= count <= settings.num_hidden_layers:
        raise TrainerFault(
            "usage",
            f"the head’s layer: expected a number from 1 to {settings.num_hidden_layers}, received {count}",
            "set --probe-layers to one of them",
        )
    del layers_of(model)[count:]
    settings.num_hidden_layers = count
    if getattr(settings, "layer_types", None) is not None:
        settings.layer_types = settings.layer_types[:count]


def add_head(model: Any, layer: int) -> None:
    """Puts a head that says nothing yet on a model with an adapter; it is trained, moved and counted with it."""
    model.judge_head = LogisticHead(model.config.get_text_config().hidden_size, layer)


def pooled_states(model: Any, batch: dict[str, Any], lower: LowerLayers | None) -> torch.Tensor:
    """
    Mean over each row's own tokens of what comes out of the last norm, in float32: rows x width. The output layer, whose
    vocabulary is a large part of a small model, computes nothing.
    """
    more = {name: batch[name] for name in ("position_ids", "packs") if "packs" in batch}
    if lower is not None:
        lower.states = batch["states"]
    states = model.get_base_model().base_model(input_ids=batch["input_ids"], use_cache=False, **more).last_hidden_state
    return torch.stack([states[line, begin:end].float().mean(dim=0) for line, begin, end in batch["owns"]])


def save_head(model: Any, folder: Path) -> None:
    """Writes the head's files into the folder of its adapter; nothing for a model without one."""
    from safetensors.torch import save_file

    head = getattr(model, "judge_head", None)
    if head is None:
        return
    save_file({name: values.detach().cpu().contiguous() for name, values in head.state_dict().items()}, folder / TENSORS)
    coefficients, intercept = head.folded()
    write_json(folder / COEFFICIENTS, {"layer": head.layer, "coefficients": coefficients, "intercept": intercept})


def load_head(model: Any, folder: Path) -> None:
    """What `save_head` wrote, into a model with such a head; nothing for a model without one."""
    from safetensors.torch import load_file

    head = getattr(model, "judge_head", None)
    if head is not None:
        head.load_state_dict(load_file(folder / TENSORS))
