import type { JudgeProfile } from '../../contracts/judge-profile.ts';
import type { ProbeFeatures, ProbePooling } from '../../contracts/probe.ts';
import type {
  Architecture,
  FaultScheme,
  Head,
  Objective,
  Packing,
  TrainingMethod,
} from '../../contracts/training-choices.ts';
import type { Environment } from '../../io/environment.ts';
import type { ModelEvents } from '../open-model.ts';
import type { TrainProgress } from './train-progress.ts';

/** What `codejury train` was asked for; null = the default of method and objective. */
export interface TrainOptions extends ModelEvents {
  /** A folder that `codejury dataset build` made. */
  readonly dataset: string;
  /** A model reference, or a folder or hub name of transformers after `transformers:`. */
  readonly model: string;
  readonly method: TrainingMethod;
  readonly objective: Objective;
  readonly scheme: FaultScheme;
  readonly architecture: Architecture;
  readonly head: Head;
  /** The judge's folder; with a plan, the one its README names for bringing it back, or that of the plan. */
  readonly out: string;
  /** The judge's; null = not decided. */
  readonly licence: string | null;
  readonly epochs: number | null;
  readonly learningRate: number | null;
  readonly batchSize: number | null;
  /** Rank of a LoRA's matrices. */
  readonly rank: number | null;
  /** So many of the last layers are trained; null = all. */
  readonly layers: number | null;
  /** In tokens, prompt and completion; longer rows are left out and counted. */
  readonly maxLength: number | null;
  readonly layout: JudgeProfile['layout'];
  readonly promptKind: JudgeProfile['promptKind'];
  /** Makes up for classes of different size: weights in the loss. */
  readonly classWeights: boolean;
  /** At most as many rows of a task's larger class as its smaller one has. */
  readonly balanceTasks: boolean;
  readonly labelSmoothing: number;
  readonly packing: Packing | null;
  /** Weight of the loss that compares wrong and correct rows of a task; 0 = off. */
  readonly pairwise: number;
  /** Keep on disk what the layers that are not trained make of each row. */
  readonly cacheLowerLayers: boolean;
  /** JSON lines of before/after pairs for a first stage. */
  readonly fixPairs: string | null;
  readonly seed: number;
  /** At most so many rows for training, and at most so many for validation. */
  readonly limitRows: number | null;
  /** Of `accelerate`, passed through. */
  readonly accelerateConfig: string | null;
  /** Probe: a LoRA adapter (GGUF) that the model is used with; null = the model as it is. */
  readonly adapter: string | null;
  /** Probe: layers to compare, counted from 1, one for a head; null = one at two thirds of the model. */
  readonly probeLayers: readonly number[] | null;
  /** Probe: what it reads; null = whatever does best. */
  readonly pooling: ProbePooling | null;
  /** Probe: what it decides by; null = the likelihood, too, where the model can score text and held-out tasks are better off with it. */
  readonly features: ProbeFeatures | null;
  /** Write a folder to train with elsewhere, and train nothing here. */
  readonly plan: string | null;
  /** Go on with an interrupted run, or say that there is none; without it, an unfinished run of the same inputs goes on, too. */
  readonly resume: boolean;
  readonly offline: boolean;
  readonly env: Environment;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: TrainProgress) => void;
}

/** What a training came to. */
export interface TrainResult {
  /** Folder of the judge, or of the plan. */
  readonly out: string;
  readonly kind: 'judge' | 'generator' | 'plan' | 'trained';
  /** Null for a generator, a plan, and weights that have not been exported. */
  readonly profile: JudgeProfile | null;
  readonly rows: { readonly train: number; readonly validation: number };
  /** The epoch whose weights were kept; null where there are none. */
  readonly bestEpoch: number | null;
  /** Its values on validation, e.g. kappa and f1; null = not defined. */
  readonly metrics: Readonly<Record<string, number | null>>;
  /** What was compared to make a choice, best first, one record each. */
  readonly compared?: readonly Readonly<Record<string, string | number | null>>[];
  readonly durationMs: number;
}
