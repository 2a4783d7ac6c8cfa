"""Tokens as codejury's engine makes them, for bases that no GGUF file serves and for the test that compares the two."""

from __future__ import annotations

import re
from typing import Any, Sequence

from .faults import TrainerFault

#: Stands for a message while the template is rendered, so that template and message stay apart.
SLOT = "codejury:message:{}:"
#: Templates that print today's date get this one, as in the engine.
FIXED_DATE = "26 Jul 2024"


class PromptTokenizer:
    """Turns prompts and completions into tokens. Control tokens count in text of the template, never in what a message says."""

    def __init__(self, tokenizer: Any) -> None:
        self.tokenizer = tokenizer
        special = {text: token for token, text in ((t, str(a)) for t, a in tokenizer.added_tokens_decoder.items())}
        self._special = special
        ordered = sorted(special, key=len, reverse=True)
        self._split = re.compile("(" + "|".join(map(re.escape, ordered)) + ")") if ordered else None

    def prompt(self, kind: str, system: str | None, text: str) -> list[int]:
        """Tokens of a prompt: through the chat template with the header of the answer, or as it stands."""
        if kind == "text":
            return self._with_beginning(self._plain(text if system is None else f"{system}\n\n{text}"))
        user = {"role": "user", "content": text}
        messages = [user] if system is None else [{"role": "system", "content": system}, user]
        return self._with_beginning(self._chat(messages))

    def completion(self, text: str) -> list[int]:
        """Tokens of a text that continues another."""
        return self._plain(text)

    def label(self, forms: Sequence[str], name: str) -> list[int]:
        """The tokens of the forms that are one token each; a fault when there is none."""
        single = [ids[0] for ids in map(self.completion, forms) if len(ids) == 1]
        if not single:
            raise TrainerFault("model", f"the model has no single token for the label {name}")
        return list(dict.fromkeys(single))

    def _plain(self, text: str) -> list[int]:
        if text == "":
            return []
        return list(self.tokenizer(text, add_special_tokens=False, split_special_tokens=True)["input_ids"])

    def _chat(self, messages: list[dict[str, str]]) -> list[int]:
        slots = [SLOT.format(index) for index in range(len(messages))]
        if getattr(self.tokenizer, "chat_template", None) is None:
            raise TrainerFault("capability", "the base has no chat template", "use --prompt-kind text")
        rendered = self.tokenizer.apply_chat_template(
            [{"role": message["role"], "content": slot} for message, slot in zip(messages, slots)],
            tokenize=False,
            add_generation_prompt=True,
            date_string=FIXED_DATE,
        )
        content = {slot: message["content"] for message, slot in zip(messages, slots)}
        tokens: list[int] = []
        run = ""
        for part in re.split(r"(codejury:message:\d+:)", rendered):
            if part in content:
                run += content[part]
                continue
            for piece in self._split.split(part) if self._split else [part]:
                if piece in self._special:
                    tokens += self._plain(run)
                    tokens.append(self._special[piece])
                    run = ""
                else:
                    run += piece
        return tokens + self._plain(run)

    def _with_beginning(self, tokens: list[int]) -> list[int]:
        # What the tokenizer itself puts in front of any text is what its models were trained with.
        empty = list(self.tokenizer("")["input_ids"])
        bos = self.tokenizer.bos_token_id
        wanted = bos is not None and empty[:1] == [bos]
        return [bos, *tokens] if wanted and tokens[:1] != [bos] else tokens
