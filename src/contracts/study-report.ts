import type { ExecuteSummary } from './execute-summary.ts';
import type { Feedback, Outcome } from './execution.ts';
import type { JudgeMethod } from './judge-method.ts';
import type { RankResult } from './rank-result.ts';
import type { JudgeSetting, StudyConfig } from './study-config.ts';
import type { StudyCosts } from './study-costs.ts';
import type { StudyEvaluation } from './study-evaluation.ts';

/** A judge of a study: what it is. */
export interface StudyJudgeFacts {
  readonly name: string;
  readonly setting: JudgeSetting;
  readonly method: JudgeMethod;
  readonly model: string;
  /** sha256 of weights and adapter; null for a server. */
  readonly digest: string | null;
  /** Hash of its prompt template. */
  readonly template: string;
  readonly profile: {
    /** On validation tasks; null = not measured. */
    readonly kappa: number | null;
    readonly trainedOn: string | null;
    readonly trainingRows: number | null;
  } | null;
}

/** Tasks of a study that a judge, a team or a ranker knows from before: null = what it was trained on is not at hand. */
export interface StudyOverlap {
  readonly name: string;
  readonly kind: 'judge' | 'team' | 'ranker';
  /** About the same as one of its training tasks: such a number flatters it. */
  readonly trained: number | null;
  /** About the same as one of the validation tasks that it was chosen and calibrated by. */
  readonly validation: number | null;
}

/** Who wrote candidates, and what the tests said of them. */
export interface StudyWriterFacts {
  readonly name: string;
  readonly kind: 'generator' | 'large';
  readonly model: string | null;
  /** The file of a pool; null = written here. */
  readonly pool: string | null;
  readonly written: Omit<ExecuteSummary, 'out' | 'executed' | 'reused' | 'durationMs'>;
}

/** One generator's candidates: what was chosen, and everything measured. */
export interface StudyGeneratorReport {
  readonly name: string;
  readonly choices: Omit<RankResult, 'out'>;
  readonly evaluation: StudyEvaluation;
}

/**
 * What a study came to: a function of its config, its tasks and its models alone. What was measured with a clock is in
 * `StudyTimes`.
 */
export interface StudyReport {
  readonly format: 1;
  readonly name: string;
  readonly made: {
    readonly codejury: string;
    /** sha256 of the config with all defaults. */
    readonly configDigest: string;
    /** sha256 of every file that the numbers were computed from, by its name in the study's folder. */
    readonly files: Readonly<Record<string, string>>;
    /** Digest of each file or folder that a ranker names, by the ranker as the config has it. */
    readonly rankers: Readonly<Record<string, string>>;
  };
  readonly config: StudyConfig;
  readonly tasks: {
    readonly count: number;
    readonly languages: readonly { readonly language: string; readonly tasks: number }[];
    readonly benchmarks: readonly { readonly benchmark: string; readonly tasks: number }[];
  };
  readonly writers: readonly StudyWriterFacts[];
  readonly judges: readonly StudyJudgeFacts[];
  /** By number of judges. */
  readonly teams: readonly { readonly name: string; readonly judges: readonly string[] }[];
  /** Those that know tasks of the study, or of which it is not known. */
  readonly overlaps: readonly StudyOverlap[];
  readonly generators: readonly StudyGeneratorReport[];
  readonly costs: StudyCosts;
}

/** How long one unit of work took on the machine that the study ran on. */
export interface MeasuredSeconds {
  readonly writer: string;
  readonly kind: StudyWriterFacts['kind'];
  /** Of the clock, between the first and the last of those that were not on record; null = all were, or it is a pool. */
  readonly perSample: number | null;
  /** Of each judge's answers about its candidates, as recorded with them; null = it gave none. Empty for larger models. */
  readonly judgements: readonly { readonly judge: string; readonly seconds: number | null }[];
}

/** What the clock said, of the run that finished each stage. */
export interface StudyTimes {
  readonly stages: readonly { readonly id: string; readonly title: string; readonly seconds: number }[];
  readonly measured: readonly MeasuredSeconds[];
}

/** What a judge said of a candidate. */
export interface ExplorerVerdict {
  readonly judge: string;
  readonly label: 0 | 1 | null;
  readonly probabilityCorrect: number | null;
}

export interface ExplorerCandidate {
  readonly id: string;
  readonly generator: string;
  readonly code: string;
  /** How many samples it is. */
  readonly samples: number;
  /** Why it was not run; null = it was. */
  readonly rejected: string | null;
  readonly outcome: Outcome | null;
  readonly feedback: Feedback | null;
  /** One a judge, in the order of the study; empty where judges were not asked. */
  readonly verdicts: readonly ExplorerVerdict[];
}

/** A task with all its candidates, for people to look at. */
export interface ExplorerTask {
  readonly id: string;
  readonly language: string;
  readonly description: string;
  readonly signature: string;
  readonly canonical: string | null;
  readonly candidates: readonly ExplorerCandidate[];
}
