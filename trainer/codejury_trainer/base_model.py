"""The model that is trained: loaded, its frozen part frozen, an adapter beside it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import torch
from torch import nn

from .faults import TrainerFault
from .head import add_head, keep_first_layers
from .run_config import RunConfig


def processor_has_bfloat16() -> bool:
    """Whether bfloat16 is fast here: GPUs that have it, and processors with instructions for it."""
    if torch.cuda.is_available():
        return bool(torch.cuda.is_bf16_supported())
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return False
    return "avx512_bf16" in flags or "amx_bf16" in flags


def source_of(config: RunConfig) -> tuple[str, dict[str, Any]]:
    """Arguments of `from_pretrained` for the base: a GGUF file is read and dequantised."""
    if config.base_kind != "gguf":
        return config.base, {}
    folder, name = os.path.split(os.path.abspath(config.base))
    return folder, {"gguf_file": name}


def load_tokenizer(config: RunConfig) -> Any:
    from transformers import AutoTokenizer

    folder, more = source_of(config)
    tokenizer = AutoTokenizer.from_pretrained(folder, **more)
    if tokenizer.pad_token_id is None:
        tokenizer.pad_token = tokenizer.eos_token
    return tokenizer


def load_base(config: RunConfig) -> Any:
    """The base in float32, or in four bits for qlora; a fault when that needs a GPU that is not there."""
    from transformers import AutoModelForCausalLM

    folder, more = source_of(config)
    if config.method == "qlora":
        if not torch.cuda.is_available():
            raise TrainerFault("capability", "qlora needs a CUDA GPU", "use --method lora, or --plan for another machine")
        if config.base_kind == "gguf":
            raise TrainerFault(
                "capability",
                "qlora quantises the original weights, and a GGUF file has none",
                "name them: --model transformers:OWNER/NAME",
            )
        from transformers import BitsAndBytesConfig

        more["quantization_config"] = BitsAndBytesConfig(
            load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_compute_dtype=torch.bfloat16
        )
    if config.base_kind == "gguf":
        from transformers import GgufConfig

        more["quantization_config"] = GgufConfig(dequantize=True)
    try:
        loaded = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, **more)
    except (OSError, ValueError, KeyError) as error:
        raise TrainerFault(
            "model",
            f"transformers cannot load {config.base}: {error}",
            "the architecture may be one that it does not read from GGUF; try --model transformers:OWNER/NAME",
        ) from error
    return _as_dense(loaded) if config.base_kind == "gguf" else loaded


def _as_dense(loaded: Any) -> Any:
    """The same weights in a model that nobody takes for a quantised one: transformers would refuse to train it."""
    settings = loaded.config
    if hasattr(settings, "quantization_config"):
        del settings.quantization_config
    dense = type(loaded)(settings)
    dense.load_state_dict(loaded.state_dict())
    dense.tie_weights()
    dense.generation_config = loaded.generation_config
    return dense.float()


def first_trained_layer(model: Any, config: RunConfig) -> int:
    """Index of the first layer that is trained; all before it stay as they are."""
    count = model.config.get_text_config().num_hidden_layers
    if config.layers is not None and config.layers > count:
        below = "" if config.head is None else ", the layers below the head"
        raise TrainerFault("usage", f"--layers: expected at most {count}{below}, received {config.layers}")
    return 0 if config.layers is None else count - config.layers


def prepare(model: Any, config: RunConfig, bfloat16: bool) -> Any:
    """
    Freezes what is not trained, and adds the adapter where the method has one. For a head, the model loses the layers above it
    first.
    """
    if config.head is not None:
        keep_first_layers(model, config.head.layer)
    first = first_trained_layer(model, config)
    if config.lora is None:
        if first > 0:
            _train_from(model, first)
        return model
    from peft import LoraConfig, get_peft_model, prepare_model_for_kbit_training

    if config.method == "qlora":
        model = prepare_model_for_kbit_training(model, use_gradient_checkpointing=config.gradient_checkpointing)
    layers = range(first, model.config.get_text_config().num_hidden_layers)
    torch.manual_seed(config.seed)
    adapted = get_peft_model(
        model,
        LoraConfig(
            task_type="CAUSAL_LM",
            r=config.lora.rank,
            lora_alpha=config.lora.alpha,
            lora_dropout=config.lora.dropout,
            target_modules=_linear_names(model),
            layers_to_transform=None if config.layers is None else list(layers),
        ),
    )
    if bfloat16 and config.method == "lora":
        _halve_frozen(adapted)
    if config.head is not None:
        add_head(adapted, config.head.layer)
    return adapted


def _linear_names(model: Any) -> list[str]:
    """Last names of the matrices inside the layers."""
    inside = [name for name, module in model.named_modules() if isinstance(module, nn.Linear) and ".layers." in name]
    return sorted({name.rsplit(".", 1)[1] for name in inside})


def _train_from(model: Any, first: int) -> None:
    trained = tuple(f".layers.{index}." for index in range(first, model.config.get_text_config().num_hidden_layers))
    for name, parameter in model.named_parameters():
        parameter.requires_grad = any(part in name for part in trained)


def _halve_frozen(model: Any) -> None:
    # Autocast would convert them anew in every step; sums, norms and what is trained stay in float32.
    # The head may share its weights with the embeddings, which begin those sums.
    for name, module in model.named_modules():
        if isinstance(module, nn.Linear) and ".layers." in name and not module.weight.requires_grad:
            module.weight.data = module.weight.data.to(torch.bfloat16)
