import type { ModelEntry } from './model-entry.ts';

/** Formats that have to be known here because GGUF files of such models are older than templates in files. */
const TEMPLATES: Partial<Record<ModelEntry['chatFormat'], string>> = {
  'deepseek-coder': [
    '{{ bos_token }}',
    "{% for message in messages %}{% if message['role'] == 'system' %}{{ message['content'] + '\n' }}",
    "{% elif message['role'] == 'user' %}{{ '### Instruction:\n' + message['content'] + '\n' }}",
    "{% else %}{{ '### Response:\n' + message['content'] + '\n<|EOT|>\n' }}{% endif %}{% endfor %}",
    "{% if add_generation_prompt %}{{ '### Response:\n' }}{% endif %}",
  ].join(''),
};

/** Jinja template for a model whose file may lack one; null where the file always has it. */
export function chatTemplateOf(entry: ModelEntry | null): string | null {
  return entry === null ? null : (TEMPLATES[entry.chatFormat] ?? null);
}
