import { type JudgeSetting, studyConfigSchema } from '../../src/contracts/study-config.ts';
import type {
  StudyJudgeFacts,
  StudyReport,
  StudyTimes,
  StudyWriterFacts,
} from '../../src/contracts/study-report.ts';
import { studyCostsDocument } from './study-costs-document.ts';
import { SIZES, studyGenerator, TEAMS } from './study-generator.ts';

/**
 * The document of a study that was never run: a generator and a pool, three judges of one model, two teams, a larger model. Its numbers
 * are made up, but no cell that a table can fill is empty, and texts are as awkward as they can be.
 */
export function studyDocument(): StudyReport {
  const config = studyConfigSchema.parse({
    name: 'A made-up study, 50 % <small> & "quoted"',
    seed: 7,
    tasks: ['tasks.jsonl', 'bundled:java'],
    generators: [
      { name: 'small_1b', model: 'smollm2-135m' },
      { name: 'pool', pool: 'pools/written|before.jsonl' },
    ],
    largeModels: [{ name: 'big', model: 'file:big.gguf' }],
    judges: ['zero', 'shots', 'tuned'].map((name) => ({ name, model: 'smollm2-135m' })),
    candidates: SIZES,
  });
  return {
    format: 1,
    name: config.name,
    made: {
      codejury: '0.1.0',
      configDigest: 'c0ffee'.padEnd(64, '0'),
      rankers: { 'judge:judges/mine': 'f'.repeat(64) },
      files: { 'samples/pool.jsonl': 'a'.repeat(64), 'tasks.jsonl': 'b'.repeat(64) },
    },
    config,
    tasks: {
      count: 40,
      languages: [
        { language: 'java', tasks: 10 },
        { language: 'python', tasks: 30 },
      ],
      benchmarks: [{ benchmark: 'codejury', tasks: 40 }],
    },
    writers: [writer('small_1b', 0.3125), writer('pool', 0.25), writer('big', 0.4375)],
    judges: [
      judgeFacts('tuned', 'fine-tuned', 0.5625),
      judgeFacts('zero', 'zero-shot', null),
      judgeFacts('shots', 'few-shot', null),
    ],
    teams: TEAMS,
    overlaps: [
      { name: 'tuned', kind: 'judge', trained: 3, validation: 0 },
      { name: 'team of tuned', kind: 'team', trained: 3, validation: 2 },
      { name: 'judge:other', kind: 'ranker', trained: null, validation: null },
    ],
    generators: [studyGenerator('small_1b', 0.3125), studyGenerator('pool', 0.25)],
    costs: studyCostsDocument(),
  };
}

export function studyTimesDocument(): StudyTimes {
  return {
    stages: [
      { id: 'tasks', title: 'tasks', seconds: 0.432 },
      { id: 'samples-small_1b', title: 'candidates of small_1b, and their tests', seconds: 7_325.5 },
    ],
    measured: [
      { writer: 'small_1b', kind: 'generator', perSample: 1.25, judgements: judgements(0.375, 1.5) },
      { writer: 'pool', kind: 'generator', perSample: null, judgements: judgements(0.375, null) },
      { writer: 'big', kind: 'large', perSample: 6.75, judgements: [] },
    ],
  };
}

function writer(name: string, passAt1: number): StudyWriterFacts {
  const isLarge = name === 'big';
  return {
    name,
    kind: isLarge ? 'large' : 'generator',
    model: name === 'pool' ? null : isLarge ? 'file:big.gguf' : 'smollm2-135m',
    pool: name === 'pool' ? 'pools/written|before.jsonl' : null,
    written: {
      tasks: 40,
      tasksWithoutSamples: 0,
      samples: 400,
      candidates: 320,
      outcomes: [
        { outcome: 'runtime-error', candidates: 160, samples: 190 },
        { outcome: 'passed', candidates: 80, samples: 120 },
        { outcome: 'failed', candidates: 60, samples: 70 },
        { outcome: null, candidates: 20, samples: 20 },
      ],
      faults: [
        {
          outcome: 'runtime-error',
          kind: '=cmd|calc',
          candidates: 110,
          example: {
            taskId: 'java/add_all',
            candidateId: 'c1',
            feedback: {
              ...{ kind: '=cmd|calc', line: 3, message: 'no\n"such" <b>thing</b>, 100 % \\broken' },
              ...{ input: null, expected: null, actual: null },
            },
          },
        },
        {
          outcome: 'failed',
          kind: 'AssertionError',
          candidates: 60,
          example: {
            taskId: 'python/clamp',
            candidateId: 'c2',
            feedback: {
              ...{ kind: 'AssertionError', line: null, message: '' },
              ...{ input: 'clamp(5, 0, 3)', expected: '3', actual: '5' },
            },
          },
        },
      ],
      passAtK: [
        { k: 1, value: passAt1, tasks: 40 },
        ...(isLarge ? [] : [{ k: 10, value: passAt1 + 0.25, tasks: 40 }]),
      ],
      failedReferences: name === 'pool' ? ['python/clamp'] : [],
      notices: [],
    },
  };
}

function judgeFacts(name: string, setting: JudgeSetting, kappa: number | null): StudyJudgeFacts {
  return {
    ...{ name, setting, model: 'smollm2-135m', template: 'e'.repeat(64) },
    method: setting === 'fine-tuned' ? 'verdict' : setting === 'few-shot' ? 'few-shot' : 'zero-shot',
    digest: 'd'.repeat(64),
    profile:
      kappa === null ? null : { kappa, trainedOn: '3,281 rows of training tasks', trainingRows: 3_281 },
  };
}

function judgements(tuned: number, shots: number | null) {
  return [
    { judge: 'tuned', seconds: tuned },
    { judge: 'shots', seconds: shots },
  ];
}
