import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { readRecords } from '../../src/io/read-records.ts';
import { codeTokens } from '../../src/judge/retrieval/code-tokens.ts';
import { findLanguage } from '../../src/lang/find-language.ts';
import { listBundledTasks } from '../../src/tasks/bundled-tasks.ts';
import type { Random } from '../../src/util/random.ts';

/** An implementation as tokens, and the task it is for. */
export interface TokenText {
  readonly taskId: string;
  readonly tokens: readonly string[];
}

/** CodeGen 16B's samples for HumanEval, which are not part of the project. */
const CODEGEN = resolve(import.meta.dirname, '../../../shared/data/humaneval-python-codegen16b.jsonl.gz');
export const codegenIsHere = existsSync(CODEGEN);

/** The bundled solutions of a language, and after each one variants of it in which some tokens are others. */
export async function solutionTexts(
  languageId: string,
  variants: number,
  random: Random,
): Promise<TokenText[]> {
  const language = findLanguage(languageId);
  const texts: TokenText[] = [];
  for (const { id, canonical } of (await listBundledTasks()).filter((task) => task.language === languageId)) {
    const tokens = await codeTokens(language, canonical ?? '');
    texts.push({ taskId: id, tokens });
    for (let count = 0; count < variants; count++) {
      texts.push({ taskId: id, tokens: vary(tokens, random) });
    }
  }
  return texts;
}

/** CodeGen 16B's samples, every `step`-th of the 5,200, each with the prompt it continues. */
export async function codegenTexts(step: number): Promise<TokenText[]> {
  const python = findLanguage('python');
  const texts: TokenText[] = [];
  let index = 0;
  for await (const { value } of readRecords(CODEGEN)) {
    if (index++ % step === 0) {
      const tokens = await codeTokens(python, `${value.prompt}${value.completion}`);
      texts.push({ taskId: String(value.task_id), tokens });
    }
  }
  return texts;
}

/** Up to a third of the tokens become others of the same text; up to a third of the text is cut off. */
function vary(tokens: readonly string[], random: Random): string[] {
  const share = random() / 3;
  const length = Math.ceil(tokens.length * (1 - random() / 3));
  return tokens
    .slice(0, length)
    .map((token) => (random() < share ? (tokens[Math.floor(random() * tokens.length)] as string) : token));
}
