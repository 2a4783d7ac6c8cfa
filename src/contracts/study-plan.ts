import type { StudyConfig } from './study-config.ts';

/** What a stage of a study has to do, at most. */
export interface StageWork {
  /** Samples drawn from a model. */
  readonly samples: number;
  /** Candidates executed: distinct ones are fewer than samples. */
  readonly executions: number;
  /** Candidates judged, once a judge. */
  readonly judgements: number;
  /** Candidates of which rankers ask how likely they are, once a ranker. */
  readonly likelihoods: number;
}

/**
 * `finished`: on record, nothing to do. `changed`: was finished, and runs again. `depends`: was finished, and runs again if a stage before it now
 * writes something else. `running`: by another process, now. `to-do`: all else, also what was interrupted.
 */
export type StageState = 'finished' | 'running' | 'changed' | 'depends' | 'to-do';

/** A stage and what is on record of it. */
export interface StageCondition {
  readonly id: string;
  readonly title: string;
  readonly state: StageState;
  /** Of one that runs again, which of its inputs or files are not as they were. */
  readonly changed: readonly string[];
}

/** What is expected of one stage. */
export interface PlannedStage extends StageCondition {
  /** Zeros for one that is finished. */
  readonly work: StageWork;
  /** On this machine; null = unknown. */
  readonly seconds: number | null;
  /** How `seconds` was found, or why it is unknown. */
  readonly timeFrom: string;
  /** For models behind servers, at most; null = a model has no price. */
  readonly dollars: number | null;
}

/** The document `codejury study plan --json` prints. */
export interface StudyPlan {
  readonly format: 1;
  readonly name: string;
  /** The study's folder. */
  readonly out: string;
  readonly tasks: number;
  readonly stages: readonly PlannedStage[];
  readonly total: {
    /** Of the stages whose time is known, one after the other. */
    readonly hours: number;
    /** Ids of those whose time is not. */
    readonly unknownTime: readonly string[];
    /** Of the models whose price is known. */
    readonly dollars: number;
    /** Servers' models without one. */
    readonly unpriced: readonly string[];
  };
  readonly askAbove: StudyConfig['askAbove'];
  /** What is above its limit. */
  readonly above: readonly ('hours' | 'dollars')[];
  /** How the numbers were made. */
  readonly notes: readonly string[];
}
