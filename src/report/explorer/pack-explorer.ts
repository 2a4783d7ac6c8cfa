import type { CustomLanguage } from '../../contracts/custom-language.ts';
import type { CandidateFacts, ExplorerData, SourceSyntax, TaskTexts } from '../../contracts/explorer-data.ts';
import type { ExplorerCandidate, ExplorerTask, ExplorerVerdict } from '../../contracts/study-report.ts';
import { findLanguage } from '../../lang/find-language.ts';

/** What the explorer of a page shows. */
export interface ExplorerInput {
  readonly tasks: readonly ExplorerTask[];
  /** Names in the order of the study. */
  readonly judges: readonly string[];
  /** Labels belong to a study by its digest. */
  readonly study: { readonly name: string; readonly digest: string };
  /** Private languages of the tasks. */
  readonly languages?: readonly CustomLanguage[];
}

/** Characters of code a chunk, about: one is unpacked within milliseconds. */
const CHUNK = 250_000;

/**
 * Candidates with their verdicts in the order of the judges: facts, and texts in chunks.
 *
 * @throws {CodejuryError} `usage` where a task is in a language that is neither built in nor given.
 */
export function packExplorer({ tasks, judges, study, languages = [] }: ExplorerInput): {
  readonly data: ExplorerData;
  readonly texts: readonly (readonly TaskTexts[])[];
} {
  const generators = [
    ...new Set(tasks.flatMap(({ candidates }) => candidates.map(({ generator }) => generator))),
  ];
  const indexOf = new Map(generators.map((name, index) => [name, index]));
  const texts = inChunks(tasks, judges);
  const data = {
    study,
    judges,
    generators,
    languages: syntaxes(tasks, languages),
    tasks: tasks.map(({ id, language, candidates }) => ({
      id,
      language,
      candidates: candidates.map((candidate) =>
        factsOf(candidate, judges, indexOf.get(candidate.generator) ?? 0),
      ),
    })),
    chunks: texts.map((chunk) => chunk.length),
  };
  return { data, texts };
}

function factsOf(
  { id, samples, rejected, outcome, feedback, verdicts }: ExplorerCandidate,
  judges: readonly string[],
  generator: number,
): CandidateFacts {
  const labels = inOrder(verdicts, judges).map((verdict) =>
    verdict === undefined ? '-' : (verdict.label ?? 'x'),
  );
  return {
    ...{ id, generator, samples, rejected, outcome },
    feedback: feedback?.kind ?? null,
    labels: labels.join(''),
  };
}

function inChunks(tasks: readonly ExplorerTask[], judges: readonly string[]): TaskTexts[][] {
  const chunks: TaskTexts[][] = [];
  let room = 0;
  for (const { description, signature, canonical, candidates } of tasks) {
    if (room <= 0) {
      chunks.push([]);
      room = CHUNK;
    }
    room -= candidates.reduce((sum, { code }) => sum + code.length, description.length);
    chunks.at(-1)?.push({
      ...{ description, signature, canonical },
      candidates: candidates.map(({ code, feedback, verdicts }) => ({
        code,
        feedback,
        probabilities: inOrder(verdicts, judges).map((verdict) =>
          fourDecimals(verdict?.probabilityCorrect ?? null),
        ),
      })),
    });
  }
  return chunks;
}

function inOrder(
  verdicts: readonly ExplorerVerdict[],
  judges: readonly string[],
): readonly (ExplorerVerdict | undefined)[] {
  return judges.map((judge) => verdicts.find((verdict) => verdict.judge === judge));
}

function fourDecimals(probability: number | null): number | null {
  return probability === null ? null : Math.round(probability * 1e4) / 1e4;
}

function syntaxes(
  tasks: readonly ExplorerTask[],
  custom: readonly CustomLanguage[],
): Readonly<Record<string, SourceSyntax>> {
  const ids = [...new Set(tasks.map(({ language }) => language))].sort();
  return Object.fromEntries(
    ids.map((id) => {
      const { comments, strings } = findLanguage(id, custom);
      return [id, { comments, strings }];
    }),
  );
}
