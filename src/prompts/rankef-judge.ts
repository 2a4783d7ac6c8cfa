import { hashParts } from '../util/hash.ts';
import { fillTemplate } from './fill-template.ts';
import type { JudgePrompt, JudgeTask } from './judge-prompt.ts';

/** The two tasks that RankEF learns together: the class of a candidate, and what executing it shows. */
export type RankefPart = 'classification' | 'generation';

const PREFIXES: Readonly<Record<RankefPart, string>> = {
  classification: '<CLASSIFICATION>',
  generation: '<GENERATION>',
};
const CUES: Readonly<Record<RankefPart, string>> = {
  classification: 'Result:',
  generation: 'EVAL_MESSAGE:',
};
const SHARED = '{prefix}\nQUESTION:\n{description}\n{signature}\nCODE:\n';
const OWN = '{candidate}\n{cue}\n';

/** Identifies the wording. */
export const RANKEF_JUDGE_HASH = hashParts('rankef', SHARED, OWN, JSON.stringify([PREFIXES, CUES]));

/** The prompt of a judge that RankEF's recipe trains: a prefix says which of its two tasks is asked for. */
export function rankefJudgePrompt(task: JudgeTask, code: string, part: RankefPart): JudgePrompt {
  return {
    shared: fillTemplate(SHARED, {
      prefix: PREFIXES[part],
      description: task.description.trim(),
      signature: task.signature.trim(),
    }),
    own: fillTemplate(OWN, { candidate: code.trimEnd(), cue: CUES[part] }),
  };
}
