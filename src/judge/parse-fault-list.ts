import { z } from 'zod';

/** What a fault takes off, in points of a hundred. */
const PENALTIES = { small: 5, major: 50, fatal: 100 } as const;

const faultListSchema = z.array(
  z.looseObject({
    severity: z
      .string()
      .toLowerCase()
      .trim()
      .pipe(z.enum(['small', 'major', 'fatal'])),
  }),
);

/** What is taken for the list, in this order: a fenced block, the whole answer, the lines from the first "[" to the last "]". */
const PLACES = [/```(?:json)?\s*\n([\s\S]*?)```/i, /^([\s\S]*)$/, /^\s*(\[[\s\S]*\])\s*$/m];

/**
 * The rating of an answer that lists faults as JSON, each with the severity `small`, `major` or `fatal`: 1 less 0.05, 0.5 or 1 for
 * each, at least 0. Null when there is no such list, or it is cut off or says another severity.
 *
 * @see CodeJudge (methods specification, section 3)
 */
export function parseFaultList(text: string): number | null {
  for (const place of PLACES) {
    const found = faultListSchema.safeParse(parseJson(place.exec(text)?.[1] ?? ''));
    if (found.success) {
      const taken = found.data.reduce((sum, { severity }) => sum + PENALTIES[severity], 0);
      return Math.max(0, 100 - taken) / 100;
    }
  }
  return null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A model's answer that is no JSON is data: undefined fits no schema.
    return undefined;
  }
}
