import type { CustomLanguage } from '../../contracts/custom-language.ts';
import type { ExplorerData, PackedCandidate, SourceSyntax } from '../../contracts/explorer-data.ts';
import type { ExplorerCandidate, ExplorerTask } from '../../contracts/study-report.ts';
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

/**
 * Candidates with their verdicts in the order of the judges, without what can be looked up once.
 *
 * @throws {CodejuryError} `usage` where a task is in a language that is neither built in nor given.
 */
export function packExplorer({ tasks, judges, study, languages = [] }: ExplorerInput): ExplorerData {
  const generators = [
    ...new Set(tasks.flatMap(({ candidates }) => candidates.map(({ generator }) => generator))),
  ];
  const indexOf = new Map(generators.map((name, index) => [name, index]));
  return {
    study,
    judges,
    generators,
    languages: syntaxes(tasks, languages),
    tasks: tasks.map(({ id, language, description, signature, canonical, candidates }) => ({
      ...{ id, language, description, signature, canonical },
      candidates: candidates.map((candidate) =>
        packCandidate(candidate, judges, indexOf.get(candidate.generator) ?? 0),
      ),
    })),
  };
}

function packCandidate(
  { id, code, samples, rejected, outcome, feedback, verdicts }: ExplorerCandidate,
  judges: readonly string[],
  generator: number,
): PackedCandidate {
  const byJudge = new Map(verdicts.map((verdict) => [verdict.judge, verdict]));
  const ordered = judges.map((judge) => byJudge.get(judge));
  return {
    ...{ id, generator, code, samples, rejected, outcome, feedback },
    labels: ordered.map((verdict) => (verdict === undefined ? '-' : (verdict.label ?? 'x'))).join(''),
    probabilities: ordered.map((verdict) => fourDecimals(verdict?.probabilityCorrect ?? null)),
  };
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
