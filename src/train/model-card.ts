import { type Estimate, METRIC_NAMES } from '../contracts/judge-evaluation.ts';
import type { JudgeProfile } from '../contracts/judge-profile.ts';

export interface ModelCardFacts {
  readonly profile: JudgeProfile;
  /** On validation, by name. */
  readonly metrics: Readonly<Record<string, Estimate>>;
  /** What the trainer measured in its own precision, by name. */
  readonly trainerMetrics: Readonly<Record<string, number | null>>;
  readonly rows: { readonly train: number; readonly validation: number; readonly tooLong: number };
  /** Licence of the base model; null = not known here. */
  readonly baseLicence: string | null;
  /** From the dataset's card; null where it is not at hand. */
  readonly data: {
    readonly benchmarks: readonly string[];
    readonly licences: readonly string[];
    readonly generators: readonly string[];
    readonly runners: readonly string[];
  } | null;
  /** Package to version. */
  readonly versions: Readonly<Record<string, string>>;
}

/** The README of a judge's folder: what it is, what it was made of and how, what it earned, and what nobody should take it for. */
export function renderModelCard(facts: ModelCardFacts): string {
  const { profile, metrics, trainerMetrics, rows, baseLicence, data, versions } = facts;
  const { training } = profile;
  const settings = Object.entries(training?.settings ?? {}).map(([name, value]) => `${name} ${value}`);
  const count = (name: string) => metrics[name]?.value ?? 'unknown';
  return [
    `# ${profile.name}`,
    '',
    'A judge: it reads a task and one candidate solution and says how likely the candidate passes all tests of the task.',
    '',
    '## What it is',
    '',
    `- base model: ${profile.model}${baseLicence === null ? '' : ` (licence ${baseLicence})`}${digest(profile.modelDigest)}`,
    ...(profile.adapter === null ? [] : [`- adapter: ${profile.adapter}${digest(profile.adapterDigest)}`]),
    `- method: ${profile.method}, layout ${profile.layout}, ${profile.promptKind} prompt`,
    `- licence: ${profile.licence ?? 'not decided; it depends on the licences of base model and data'}`,
    '',
    '## How it was made',
    '',
    `- trained with objective ${training?.objective}, method ${training?.method}, on ${rows.train} rows of training tasks` +
      (rows.tooLong === 0 ? '' : ` (${rows.tooLong} rows were too long and left out)`),
    `- data: ${profile.trainedOn}, data card sha256 ${training?.datasetDigest}`,
    ...(data === null
      ? []
      : [
          `- benchmarks: ${list(data.benchmarks)}`,
          `- licences of the tasks: ${list(data.licences)}`,
          `- candidates written by: ${list(data.generators)}`,
          `- labels decided by: ${list(data.runners)}`,
        ]),
    `- epochs: ${training?.epochs}, seed ${training?.seed}`,
    `- settings: ${list(settings)}`,
    `- versions: ${list(Object.entries(versions).map(([name, version]) => `${name} ${version}`))}`,
    '',
    '## What it earned',
    '',
    `Measured on validation, with the files in this folder as they are served: ${count('candidates')} candidates of ${count('tasks')} tasks,`,
    `${count('positives')} of them correct; ${count('invalid')} answers were invalid. Brier score and calibration error (ECE) are of probabilities after Platt scaling. Intervals are 95 %,`,
    'by bootstrap over tasks.',
    '',
    '| metric | value | 95 % interval | in the trainer |',
    '| --- | --- | --- | --- |',
    ...Object.entries(METRIC_NAMES).map(([name, title]) => {
      const { value = null, low = null, high = null } = metrics[name] ?? {};
      const interval = low === null || high === null ? '' : `${low.toFixed(3)} to ${high.toFixed(3)}`;
      return `| ${title} | ${number(value)} | ${interval} | ${number(trainerMetrics[name] ?? null)} |`;
    }),
    '',
    '## Limits',
    '',
    `- ${decidedOnValidation(profile)}`,
    '- It knows the languages and kinds of tasks of its data. On others, measure it before you rely on it: `codejury evaluate`.',
    '- It says what a small model thinks likely, and runs nothing. Tests decide.',
    '',
  ].join('\n');
}

/** Of a head, only the direction is not from validation: all that makes a verdict of it is. */
function decidedOnValidation({ method }: JudgeProfile): string {
  return method === 'probe'
    ? 'Epoch, level, threshold, the weight of the likelihood of the code (where it counts) and the calibration were all decided on the same validation tasks, so that the numbers above flatter it. Test tasks say what it is worth.'
    : 'The epoch was chosen and the calibration fitted on the same validation tasks, so that the numbers above flatter it somewhat.';
}

function digest(sha256: string | null): string {
  return sha256 === null ? '' : `, sha256 ${sha256}`;
}

function list(values: readonly string[]): string {
  return values.length === 0 ? 'none' : values.join(', ');
}

function number(value: number | null): string {
  return value === null ? '' : value.toFixed(3);
}
