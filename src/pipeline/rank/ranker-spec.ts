import { type RankerName, rankerNameSchema } from '../../contracts/ranker-name.ts';
import { CodejuryError } from '../../errors.ts';
import { nearest } from '../../util/nearest.ts';

/** A ranker as the user names it: `codet`, `judge:NAME`, `scores:FILE`. */
export interface RankerSpec {
  readonly name: RankerName;
  /** What follows the colon; null for the file, profile or team of the command's own flags. */
  readonly argument: string | null;
  /** How tables and selections call it. */
  readonly text: string;
}

/** Rankers that take something after a colon, so that several of a kind fit into one table. */
const WITH_ARGUMENT: readonly RankerName[] = ['judge', 'behaviour-clusters', 'scores'];

/**
 * The rankers that a list names; `all` stands for all that `available` has.
 *
 * @throws {CodejuryError} `usage`, with the nearest name.
 */
export function parseRankers(texts: readonly string[], available: readonly RankerName[]): RankerSpec[] {
  const specs = texts.flatMap((text) =>
    text === 'all'
      ? available.map((name): RankerSpec => ({ name, argument: null, text: name }))
      : [parseRanker(text)],
  );
  // Named twice, or by `all`, too.
  return [...new Map(specs.map((spec) => [spec.text, spec])).values()];
}

function parseRanker(text: string): RankerSpec {
  const colon = text.indexOf(':');
  const [name, argument] = colon < 0 ? [text, null] : [text.slice(0, colon), text.slice(colon + 1)];
  const parsed = rankerNameSchema.safeParse(name);
  if (!parsed.success) {
    const known = rankerNameSchema.options;
    const near = nearest(name, [...known, 'all']);
    throw new CodejuryError(
      'usage',
      `--ranker: expected all or one of ${known.join(', ')}, received ${name}`,
      {
        ...(near === null ? {} : { hint: `did you mean ${near}?` }),
      },
    );
  }
  if (argument !== null && (argument === '' || !WITH_ARGUMENT.includes(parsed.data))) {
    throw new CodejuryError('usage', `--ranker ${text}: ${name} takes nothing after a colon`, {
      hint: `these do: ${WITH_ARGUMENT.join(', ')}`,
    });
  }
  return { name: parsed.data, argument, text };
}
