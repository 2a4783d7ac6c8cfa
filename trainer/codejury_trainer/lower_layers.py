"""Layers that are not trained, and what stands for them once it is known what they make of each row."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn

from .faults import TrainerFault


class LowerLayers:
    """The first `count` layers of a model. They stay in it, with their names and weights; only what they compute changes."""

    def __init__(self, model: Any, count: int) -> None:
        self._model = model
        self._layers = list(layers_of(model))[:count]
        self.states: torch.Tensor | None = None
        noisy = [module for layer in self._layers for module in layer.modules() if isinstance(module, nn.Dropout)]
        settings = model.config.get_text_config()
        if any(module.p > 0 for module in noisy) or (getattr(settings, "attention_dropout", 0) or 0) > 0:
            raise TrainerFault(
                "capability",
                "the frozen layers of this model drop values at random: what they make of a row is never the same",
                "train without --cache-lower-layers",
            )
        if any(parameter.requires_grad for layer in self._layers for parameter in layer.parameters()):
            raise TrainerFault("usage", "--cache-lower-layers: the lower layers are trained", "set --layers")

    @torch.no_grad()
    def compute(self, **inputs: Any) -> torch.Tensor:
        """What the layers make of sequences of tokens, without computing the rest: sequences x tokens x width."""

        def reached(_module: Any, _inputs: Any, output: Any) -> None:
            raise _Reached(output[0] if isinstance(output, tuple) else output)

        hook = self._layers[-1].register_forward_hook(reached)
        try:
            self._model(use_cache=False, **inputs)
        except _Reached as end:
            return end.states
        finally:
            hook.remove()
        raise RuntimeError("the model did not run its layers")

    def replace(self) -> None:
        """From here on the layers compute nothing, and the last of them gives `states`."""

        def passed(hidden_states: torch.Tensor, *_: Any, **__: Any) -> torch.Tensor:
            return hidden_states

        def given(hidden_states: torch.Tensor, *_: Any, **__: Any) -> torch.Tensor:
            if self.states is None:
                raise RuntimeError("no states were given")
            return self.states.to(hidden_states.dtype)

        for layer in self._layers:
            layer.forward = passed
        self._layers[-1].forward = given

    def restore(self) -> None:
        """Lets the layers compute again."""
        for layer in self._layers:
            layer.__dict__.pop("forward", None)


class _Reached(Exception):
    def __init__(self, states: torch.Tensor) -> None:
        super().__init__()
        self.states = states


def layers_of(model: Any) -> nn.ModuleList:
    """The layers of a model, of which it has as many as its config says; a fault where they are not to be found."""
    count = model.config.get_text_config().num_hidden_layers
    for name, module in model.named_modules():
        if isinstance(module, nn.ModuleList) and name.endswith("layers") and len(module) == count:
            return module
    raise TrainerFault(
        "capability",
        "the layers of this model are not to be found",
        "train without --cache-lower-layers and --head probe, or name another model",
    )
