"""What torch says: writes random adapters or weights as PEFT and transformers do, and scores prompts in float32.

Reads one request (JSON) from standard input, writes one answer (JSON) to standard output:
  gguf      the model file, dequantised by transformers
  make      null, or {"kind": "lora", "folder", "seed", "targets", "rank", "alpha", "rslora", "spread"}
            or {"kind": "full", "folder", "seed", "spread"}: written to the folder, read from there, and scored
  rows      token numbers of each prompt
  labels    token numbers
  texts     to be tokenised
  head      null, or {"layer", "owns": [[begin, end] of each row]}: instead of the labels, what a head on that layer reads, as
            the trainer computes it; needs an adapter
The answer has the log-probabilities of the labels after each row, or the states, and the token numbers of each text.
"""

import json
import os
import sys
from pathlib import Path

import torch
from tokenizers.pre_tokenizers import ByteLevel, Digits, Sequence
from transformers import AutoModelForCausalLM, AutoTokenizer


def main():
    request = json.load(sys.stdin)
    torch.manual_seed(0)
    # Two runs of this beside each other are slower than one after the other with all cores.
    torch.set_num_threads(1)
    folder, name = os.path.split(request["gguf"])
    answer = {"logProbabilities": [], "tokens": [], "states": []}
    if request["texts"]:
        tokenizer = AutoTokenizer.from_pretrained(folder, gguf_file=name)
        # Digits one by one, before anything else: SmolLM2's own rule, which transformers does not take from a GGUF file.
        tokenizer.backend_tokenizer.pre_tokenizer = Sequence([Digits(True), ByteLevel(add_prefix_space=False)])
        answer["tokens"] = [tokenizer(text, add_special_tokens=False)["input_ids"] for text in request["texts"]]
    if request["rows"]:
        model = AutoModelForCausalLM.from_pretrained(folder, gguf_file=name, dtype=torch.float32).eval()
        if request["make"]:
            make(model, request["make"])
            model = load(model, request["make"])
        if request["head"]:
            answer["states"] = states(model, request["rows"], request["head"])
            request["rows"] = []
        with torch.inference_mode():
            for row in request["rows"]:
                logits = model(input_ids=torch.tensor([row])).logits[0, -1].double()
                answer["logProbabilities"].append(torch.log_softmax(logits, -1)[request["labels"]].tolist())
    json.dump(answer, sys.stdout)


def make(model, wanted):
    generator = torch.Generator().manual_seed(wanted["seed"])
    if wanted["kind"] == "full":
        with torch.no_grad():
            for parameter in model.parameters():
                noise = torch.randn(parameter.shape, generator=generator)
                parameter.add_(noise * wanted["spread"] * parameter.std().nan_to_num(1.0))
        # transformers does not save what it takes for a quantised model; these weights are not.
        settings = type(model.config).from_dict({**model.config.to_dict(), "quantization_config": None})
        del settings.quantization_config
        plain = type(model)(settings)
        plain.load_state_dict(model.state_dict())
        plain.save_pretrained(wanted["folder"])
        return
    from peft import LoraConfig, get_peft_model

    adapted = get_peft_model(
        model,
        LoraConfig(
            r=wanted["rank"],
            lora_alpha=wanted["alpha"],
            use_rslora=wanted["rslora"],
            target_modules=wanted["targets"],
            task_type="CAUSAL_LM",
        ),
    )
    with torch.no_grad():
        for name, parameter in adapted.named_parameters():
            if "lora_" in name:
                parameter.copy_(torch.randn(parameter.shape, generator=generator) * wanted["spread"])
    adapted.save_pretrained(wanted["folder"])
    adapted.unload()


def states(model, rows, head):
    sys.path.insert(0, str(Path(__file__).parents[2] / "trainer"))
    from codejury_trainer.head import keep_first_layers, pooled_states

    keep_first_layers(model.get_base_model(), head["layer"])
    with torch.inference_mode():
        return [
            pooled_states(model, {"input_ids": torch.tensor([row]), "owns": [(0, *own)]}, None)[0].tolist()
            for row, own in zip(rows, head["owns"])
        ]


def load(model, wanted):
    if wanted["kind"] == "lora":
        from peft import PeftModel

        return PeftModel.from_pretrained(model, wanted["folder"]).eval()
    return AutoModelForCausalLM.from_pretrained(wanted["folder"], dtype=torch.float32).eval()


main()
