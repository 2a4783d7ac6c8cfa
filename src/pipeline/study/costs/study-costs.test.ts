import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { studyDocument } from '../../../../test/support/study-document.ts';
import { temporaryFolder } from '../../../../test/support/tiny-model.ts';
import { studyConfigSchema } from '../../../contracts/study-config.ts';
import type { StudyCosts } from '../../../contracts/study-costs.ts';
import type { StudyReport } from '../../../contracts/study-report.ts';
import { writeTinyGguf } from '../../../testing/index.ts';
import { readCostBasis } from './cost-basis.ts';
import { studyCosts } from './study-costs.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());

const at = (model: string) => `openai:${model}@http://127.0.0.1:1/v1`;
const sixteen = (parameters: number) => ({ parameters, precision: 'fp16' });
/** Qwen's family as the paper has it: generator and judge are other weights of one size. */
const PAPER = {
  generators: [{ name: 'small_1b', model: at('qwen-3b') }],
  largeModels: [{ name: 'big', model: at('qwen-32b') }],
  judges: [
    { name: 'tuned', model: at('judge-3b') },
    { name: 'shots', model: at('judge-3b') },
  ],
  teams: { order: ['tuned'] },
  candidates: [10],
  costs: {
    among: ['RTX 3060 12 GB', 'RTX 3090 24 GB', 'L40S 48 GB', 'A100 80 GB'],
    models: {
      [at('qwen-3b')]: sixteen(3e9),
      [at('judge-3b')]: sixteen(3e9),
      [at('qwen-32b')]: sixteen(33e9),
    },
    seconds: [
      { of: 'team of tuned', n: 10, seconds: 19.7, on: 'RTX 3090 24 GB' },
      { of: 'big', seconds: 6.7, on: 'A100 80 GB' },
    ],
  },
};

async function costsOf(
  fields: Record<string, unknown>,
  overrides: { readonly document?: StudyReport } = {},
): Promise<StudyCosts> {
  const document = overrides.document ?? studyDocument();
  const config = studyConfigSchema.parse({ name: 'x', tasks: ['t'], ...fields });
  const study = {
    ...{ config, folder: folder.path('.'), out: folder.path('out'), languages: [], offline: true },
    env: { CODEJURY_HOME: folder.path('home') },
    ...{ sandbox: 'auto', workers: null, signal: new AbortController().signal },
  };
  const gpus = await readCostBasis(study);
  const generators = document.generators.filter(({ name }) =>
    config.generators.some((writer) => writer.name === name),
  );
  const teams = document.teams.filter(({ judges }) => judges.length === 1);
  return studyCosts(study, { config, teams, generators }, { gpus, tasks: [] });
}

describe('what a study costs to use', () => {
  it("is the paper's: two small GPUs beside one of 80 GB", async () => {
    const { rows, prices } = await costsOf(PAPER);
    expect(
      rows.map(({ name, n, gpus, dollars, developersPerGpu, notes }) => [
        ...[name, n, gpus, dollars, developersPerGpu?.toFixed(2) ?? null, notes],
      ]),
    ).toEqual([
      ['single candidate', 1, [{ name: 'RTX 3060 12 GB', count: 1 }], 300, null, []],
      [
        ...['team of tuned', 10, [{ name: 'RTX 3060 12 GB', count: 2 }], 600, '1.27'],
        ['seconds were measured on RTX 3090 24 GB, dollars are those of RTX 3060 12 GB'],
      ],
      ['big', 1, [{ name: 'A100 80 GB', count: 1 }], 17_500, '7.48', []],
    ]);
    expect(prices.map(({ gpu, dollars }) => [gpu, dollars])).toEqual([
      ['RTX 3060 12 GB', 300],
      ['A100 80 GB', 17_500],
    ]);
  });

  it("serves the paper's developers: at most six by the large model of 8.5 seconds", async () => {
    const seconds = [{ of: 'big', seconds: 8.5, on: 'A100 80 GB' }];
    const { rows } = await costsOf({ ...PAPER, costs: { ...PAPER.costs, seconds } });
    expect(rows.at(-1)?.developersPerGpu?.toFixed(2)).toBe('5.89');
    const demand = { recommendationsPerWeek: 575 };
    const half = await costsOf({ ...PAPER, costs: { ...PAPER.costs, seconds, demand } });
    expect(half.rows.at(-1)?.developersPerGpu?.toFixed(2)).toBe('11.79');
  });

  it('has the pass@1 of a team that chooses among one, not of the largest draws', async () => {
    const document = studyDocument();
    const generators = document.generators.map((report) => ({
      ...report,
      choices: {
        ...report.choices,
        rows: report.choices.rows
          .filter(({ n, name }) => n !== 5 && (n === 10 || name === 'team of tuned'))
          .map((row) =>
            row.n === 2 ? { ...row, n: 1, passAt1: { value: 0.125, low: 0.1, high: 0.15 } } : row,
          ),
      },
    }));
    const { rows } = await costsOf(
      { ...PAPER, candidates: [1, 10], costs: { ...PAPER.costs, seconds: [] } },
      { document: { ...document, generators } },
    );
    const shown = rows.map(({ name, n, passAt1 }) => [name, n, passAt1?.value]);
    expect(shown).toEqual([
      ['single candidate', 1, expect.any(Number)],
      ['team of tuned', 1, 0.125],
      ['team of tuned', 10, expect.any(Number)],
      ['big', 1, expect.any(Number)],
    ]);
    expect(shown[2]?.[2]).not.toBe(0.125);
  });

  it('packs models where that is asked for', async () => {
    const { rows } = await costsOf({ ...PAPER, costs: { ...PAPER.costs, sharing: 'packed' } });
    expect(rows[1]?.dollars).toBe(600);
    const dear = folder.path('gpus.yaml');
    writeFileSync(
      dear,
      'gpus:\n  RTX 3060 12 GB: { memoryGb: 12, dollars: 900, asOf: 2026-01, source: here }\n',
    );
    const packed = await costsOf({
      ...PAPER,
      costs: { ...PAPER.costs, gpus: ['gpus.yaml'], sharing: 'packed' },
    });
    expect(packed.rows[1]).toMatchObject({ dollars: 1000, gpus: [{ name: 'RTX 3090 24 GB', count: 1 }] });
    expect(packed.prices[0]).toMatchObject({ gpu: 'RTX 3060 12 GB', dollars: 900, source: 'here' });
  });

  it('asks servers that nobody describes for no GPU, and for dollars where they have a price', async () => {
    const { rows } = await costsOf({
      ...PAPER,
      costs: { models: { [at('qwen-3b')]: sixteen(3e9), [at('judge-3b')]: sixteen(3e9) } },
      prices: { [at('qwen-32b')]: { input: 1, output: 2 } },
    });
    const large = rows.at(-1);
    expect(large).toMatchObject({ gpus: [], dollars: 0, notes: [] });
    // 150 tokens of instructions, and 512 of an answer as long as it may be.
    expect(large?.apiDollarsPerAnswer).toBeCloseTo((150 + 2 * 512) / 1e6, 12);
    expect(rows[1]?.apiDollarsPerAnswer).toBeNull();
  });
});

describe('the memory of a model', () => {
  beforeAll(() => writeTinyGguf(folder.path('tiny.gguf')));

  it('comes from its file, once for a judge that is the same one', async () => {
    const model = `file:${folder.path('tiny.gguf')}`;
    const { models, rows } = await costsOf({
      generators: [
        { name: 'small_1b', model },
        { name: 'pool', pool: 'pool.jsonl', model },
      ],
      judges: [{ name: 'tuned', model }],
      teams: { order: ['tuned'] },
      candidates: [10],
    });
    expect(models.map(({ name, from }) => [name, from])).toEqual([
      [model, 'file'],
      ['pool', null],
    ]);
    expect(models[0]?.keyValueCache).toMatch(/layers × \d+ heads/);
    const team = rows.find(({ generator, n }) => generator === 'small_1b' && n === 10);
    expect(team).toMatchObject({ models: [model], gpus: [{ count: 1 }] });
    // Who scores a pool did not write it.
    expect(rows.find(({ generator, n }) => generator === 'pool' && n === 1)).toMatchObject({
      ...{ models: ['pool'], memoryBytes: null, gpus: null, dollars: null },
      notes: ['memory of pool unknown: costs.models can say how many weights it has'],
    });
  });
});

describe('which models are one', () => {
  beforeAll(async () => {
    mkdirSync(folder.path('judge'), { recursive: true });
    await writeTinyGguf(folder.path('tiny.gguf'));
    await writeTinyGguf(folder.path('judge/tiny.gguf'));
    for (const [name, model] of [
      ['same', '../tiny.gguf'],
      ['other', 'tiny.gguf'],
    ]) {
      writeFileSync(folder.path(`judge/${name}.json`), JSON.stringify({ name, model }));
    }
  });

  it.each([
    ['same', 1],
    ['other', 2],
  ])('is told by the file that a profile names from where it lies: %s', async (profile, count) => {
    const { rows } = await costsOf({
      generators: [{ name: 'small_1b', model: 'tiny.gguf' }],
      judges: [{ name: 'tuned', profile: `judge/${profile}.json` }],
      teams: { order: ['tuned'] },
      candidates: [10],
      costs: { among: ['RTX 3060 12 GB'] },
    });
    const team = rows.find(({ n }) => n === 10);
    expect(team).toMatchObject({
      gpus: [{ name: 'RTX 3060 12 GB', count }],
      dollars: 300 * count,
      notes: [],
    });
  });
});

describe('names that are not there', () => {
  it.each([
    [{ among: ['RTX 3060 12GB'] }, 'costs.among: the catalogues have no GPU RTX 3060 12GB'],
    [
      { seconds: [{ of: 'team of tunde', n: 10, seconds: 1 }] },
      'costs.seconds: this study measures no team of tunde',
    ],
    [{ models: { 'qwen-3b': sixteen(3e9) } }, 'costs.models: this study asks no model qwen-3b'],
    [
      { seconds: [{ of: 'team of tuned', n: 7, seconds: 1 }] },
      'costs.seconds: team of tuned: expected n of 10, received 7',
    ],
    [{ seconds: [{ of: 'team of tuned', seconds: 1 }] }, 'expected n of 10, received null'],
    [{ seconds: [{ of: 'big', n: 10, seconds: 1 }] }, 'costs.seconds: big: expected n of 1, received 10'],
  ])('are told before anything runs: %j', async (costs, message) => {
    await expect(costsOf({ ...PAPER, costs })).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining(message),
    });
  });

  it('are told with what may be meant, and with all there are where nothing is near', async () => {
    const hintOf = (name: string) => costsOf({ ...PAPER, costs: { among: [name] } });
    await expect(hintOf('RTX 3060 12GB')).rejects.toMatchObject({ hint: 'did you mean "RTX 3060 12 GB"?' });
    await expect(hintOf('none')).rejects.toMatchObject({
      hint: expect.stringMatching(/^known are .*RTX 3060 12 GB/),
    });
  });
});
