import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { CodejuryError } from '../../errors.ts';
import { parseStrict } from '../../util/parse-strict.ts';

const numbersByModule = z.record(z.string(), z.number().positive()).nullish();

/** PEFT's `adapter_config.json`, as far as it decides what the adapter does. */
const adapterConfigSchema = z.looseObject({
  peft_type: z.literal('LORA'),
  r: z.int().positive(),
  lora_alpha: z.number().positive(),
  use_rslora: z.boolean().nullish(),
  use_dora: z.boolean().nullish(),
  lora_bias: z.boolean().nullish(),
  fan_in_fan_out: z.boolean().nullish(),
  bias: z.string().nullish(),
  alpha_pattern: numbersByModule,
  rank_pattern: numbersByModule,
});

/** How strongly an adapter acts: `strengthOf(module, rank)` is the factor before B·A. */
export interface AdapterConfig {
  readonly alpha: number;
  readonly strengthOf: (module: string, rank: number) => number;
}

/**
 * Reads the configuration PEFT writes beside an adapter.
 *
 * @throws {CodejuryError} `not-found`, `usage` for other fields than PEFT's, `model` for kinds of adapters that GGUF cannot hold.
 */
export async function readAdapterConfig(path: string): Promise<AdapterConfig> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new CodejuryError('not-found', `cannot read the adapter's configuration ${path}`, {
      hint: 'an adapter is a folder with adapter_model.safetensors and adapter_config.json',
      cause,
    });
  }
  const config = parseStrict(adapterConfigSchema, value, path);
  const refused = [
    config.use_dora === true ? 'DoRA' : null,
    config.lora_bias === true || (config.bias ?? 'none') !== 'none' ? 'trained biases' : null,
    config.fan_in_fan_out === true ? 'transposed weights (fan_in_fan_out)' : null,
  ].filter((kind) => kind !== null);
  if (refused.length > 0) {
    throw new CodejuryError(
      'model',
      `${path}: an adapter with ${refused.join(' and ')} has no form in GGUF`,
      {
        hint: 'train a plain LoRA adapter (bias: none), or all weights with --method full',
      },
    );
  }
  const alphas = Object.entries(config.alpha_pattern ?? {});
  return {
    alpha: config.lora_alpha,
    strengthOf: (module, rank) => {
      const alpha = alphas.find(([pattern]) => matches(pattern, module))?.[1] ?? config.lora_alpha;
      return alpha / (config.use_rslora === true ? Math.sqrt(rank) : rank);
    },
  };
}

/** PEFT's rule: the pattern, a regular expression, is all of the module's name or its end after a dot. */
function matches(pattern: string, module: string): boolean {
  try {
    return new RegExp(`^(?:.*\\.)?(?:${pattern})$`).test(module);
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
