import type { Estimate } from '../../contracts/judge-evaluation.ts';
import type { StudyReport } from '../../contracts/study-report.ts';
import { waysOfChoosing } from '../../report/tables/ways-of-choosing.ts';

/** Of one generator's candidates, what is looked at first. */
export interface GeneratorGist {
  readonly name: string;
  /** By kappa; null = no judge has one. */
  readonly bestJudge: {
    readonly name: string;
    readonly kappa: Estimate;
    readonly agreement: string | null;
  } | null;
  /** Out of the largest draws, the best first. */
  readonly ways: readonly { readonly name: string; readonly kind: string; readonly passAt1: Estimate }[];
}

export interface StudyGist {
  readonly name: string;
  /** Samples of the largest draws. */
  readonly n: number;
  readonly generators: readonly GeneratorGist[];
}

/** A study in a few lines. */
export function studyGist(report: StudyReport): StudyGist {
  const n = Math.max(...report.config.candidates);
  return {
    name: report.name,
    n,
    generators: report.generators.map((generator) => {
      const [best] = generator.evaluation.judges
        .filter(({ metrics }) => metrics.kappa.value !== null)
        .sort((a, b) => (b.metrics.kappa.value ?? 0) - (a.metrics.kappa.value ?? 0));
      return {
        name: generator.name,
        bestJudge:
          best === undefined
            ? null
            : { name: best.judge, kappa: best.metrics.kappa, agreement: best.agreement },
        ways: waysOfChoosing(report, generator)
          .flatMap(({ name, kind, passAt1 }) => {
            const estimate = passAt1.get(n);
            return estimate === undefined ? [] : [{ name, kind, passAt1: estimate }];
          })
          .sort((a, b) => (b.passAt1.value ?? -1) - (a.passAt1.value ?? -1)),
      };
    }),
  };
}
