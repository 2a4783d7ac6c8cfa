import { createChoiceCollector } from './collect-choice.ts';
import { isRefusal } from './is-refusal.ts';
import { asArray, at } from './json-access.ts';
import { NEUTRAL_FIELDS, neutralSampling } from './neutral-sampling.ts';
import { promptFields } from './prompt-fields.ts';
import type { ServerModel } from './server-model.ts';

/** How a server treats several samples of one prompt. */
export interface ManyReport {
  /** `n` = 2 gave two choices; false: fewer; null: refused. */
  readonly honoursN: boolean | null;
  /** The same seed gave the same text and another one another; null when the texts do not tell. */
  readonly honoursSeed: boolean | null;
}

const QUESTION = 'Write ten random words.';
/** Long enough that two draws hardly ever agree by chance. */
const MAX_TOKENS = 12;

/**
 * Four requests of a few tokens: two samples at once, then the same seed twice and another one.
 *
 * @throws {CodejuryError} what is not the endpoint's refusal: server down, key refused, unknown model, `aborted`.
 */
export async function probeMany(
  server: ServerModel,
  chat: boolean,
  signal: AbortSignal,
): Promise<ManyReport> {
  const draw = async (n: number, seed: number): Promise<readonly string[] | null> => {
    const prompt = chat
      ? ({ kind: 'chat', messages: [{ role: 'user', content: QUESTION }] } as const)
      : ({ kind: 'text', text: QUESTION } as const);
    const { path, fields } = promptFields(prompt, 'auto');
    const body = {
      ...fields,
      max_tokens: n > 1 ? 1 : MAX_TOKENS,
      temperature: 1,
      top_p: 1,
      seed,
      ...(n > 1 ? { n } : {}),
      ...neutralSampling(server.info.kind, 0),
    };
    try {
      return asArray(at(await server.post(path, body, NEUTRAL_FIELDS, signal), 'choices')).map(textOf);
    } catch (error) {
      if (isRefusal(error)) {
        return null;
      }
      throw error;
    }
  };
  const pair = await draw(2, 1);
  const [first, again, other] = [await draw(1, 1), await draw(1, 1), await draw(1, 2)].map(
    (texts) => texts?.[0],
  );
  return {
    honoursN: pair && pair.length >= 2,
    honoursSeed:
      first === undefined || again === undefined
        ? null
        : first !== again
          ? false
          : first === other
            ? null
            : true,
  };
}

function textOf(choice: unknown): string {
  const collector = createChoiceCollector();
  collector.add(choice);
  return collector.read().text;
}
