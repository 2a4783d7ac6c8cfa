import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { PAPER_DEMAND } from '../../contracts/cost-settings.ts';
import type { Gpu } from '../../contracts/gpu.ts';
import type { Precision } from '../../contracts/precisions.ts';
import { readCsvRecords } from '../../io/read-csv-records.ts';
import { cheapestGpus } from './cheapest-gpus.ts';
import { type AnswerCost, type AnswerModels, costOfAnswer } from './cost-of-answer.ts';
import { type AttentionShape, estimateMemory } from './estimate-memory.ts';
import { gpuCatalogue } from './gpu-catalogue.ts';

/** The paper's tables, which are not part of the project. */
const PAPER = resolve(import.meta.dirname, '../../../../shared/data/paper');
const isHere = existsSync(join(PAPER, 'generators.csv'));
const read = async (name: string) =>
  isHere ? (await Array.fromAsync(readCsvRecords(join(PAPER, name), ','))).map(({ value }) => value) : [];
const [generators, latency, teams] = await Promise.all(
  ['generators.csv', 'latency.csv', 'teams.csv'].map(read) as [
    ReturnType<typeof read>,
    ReturnType<typeof read>,
    ReturnType<typeof read>,
  ],
);

const PAPER_GPUS = ['RTX 3060 12 GB', 'RTX 3090 24 GB', 'L40S 48 GB', 'A100 80 GB'];
const shipped = join(import.meta.dirname, '../../../data/gpus.yaml');
const catalogue = gpuCatalogue(parse(readFileSync(shipped, 'utf8')), shipped);
const paperCatalogue = catalogue.filter(({ name }) => PAPER_GPUS.includes(name));

/** Of a model as the paper gives its size: `3B`. */
function memoryOf(
  size: string | undefined,
  precision: Precision,
  attention: AttentionShape | null = null,
): number {
  const parameters = Number.parseFloat(size ?? '') * 1e9;
  const cache = { attention, contextTokens: 4096, sequences: 1, keyValueBits: 16 };
  return estimateMemory({ parameters, precision, ...cache }).memoryBytes;
}

const local = generators.filter(({ gpu }) => gpu !== '');
/** Models whose cheapest GPU is not the one that the paper names. */
const disagreements = (precision: Precision) =>
  local.flatMap(({ model, size, gpu, vram_gb: memory }) => {
    const choice = cheapestGpus(paperCatalogue, [memoryOf(size, precision)], { sharing: 'separate' });
    const chosen = choice.gpus?.[0]?.gpu.name ?? null;
    return chosen === `${gpu} ${memory} GB` ? [] : [`${model} ${size}: ${chosen}`];
  });

const alone = { choice: paperCatalogue, sharing: 'separate' as const };
const JUDGE = { name: 'Qwen2.5 Coder 3B', memoryBytes: memoryOf('3B', 'fp16') };

interface PaperRow extends AnswerModels {
  readonly name: string;
  readonly passAt1: number;
  readonly choice: readonly Gpu[];
}

/** Large model, team of ten candidates and one judge on the least hardware, and on the GPU it was measured on. */
function rowsOf(family: number): PaperRow[] {
  const time = latency[family] ?? {};
  const small = generators[family] ?? {};
  const large = generators[latency.length + family] ?? {};
  const generator = { name: small.model ?? '', memoryBytes: memoryOf(small.size, 'fp16') };
  const team = {
    models: [generator, JUDGE],
    ...{ secondsPerAnswer: Number(time.team_10), secondsMeasuredOn: 'RTX 3090 24 GB' },
    passAt1: Number(teams[3 * family + 2]?.one_judge),
  };
  return [
    {
      ...alone,
      name: `${large.model} ${large.size}`,
      models: [{ name: large.model ?? '', memoryBytes: memoryOf(large.size, 'fp16') }],
      secondsPerAnswer: Number(time.large_model_seconds),
      secondsMeasuredOn: `${large.gpu} ${large.vram_gb} GB`,
      passAt1: Number(large.pass_at_1),
    },
    { ...alone, ...team, name: `${small.model} ${small.size} + judge` },
    {
      ...alone,
      ...team,
      name: `${small.model} ${small.size} + judge, measured`,
      choice: paperCatalogue.filter(({ name }) => name === 'RTX 3090 24 GB'),
      sharing: 'packed',
    },
  ];
}

/** Rows with what they cost. */
const costsOf = (family: number): (PaperRow & AnswerCost)[] =>
  rowsOf(family).map((row) => ({
    ...row,
    ...costOfAnswer(row, { gpus: row.choice, demand: PAPER_DEMAND }),
  }));

const shown = ({
  name,
  passAt1,
  gpus,
  dollars,
  developersPerGpu,
  dollarsPerDeveloper,
}: PaperRow & AnswerCost) => [
  ...[name, passAt1, gpus?.map(({ gpu }) => gpu.name).join(' + '), dollars],
  ...[developersPerGpu?.toFixed(2), dollarsPerDeveloper?.toFixed(0)],
];

describe.skipIf(!isHere)(
  isHere ? 'the numbers of the paper' : 'the numbers of the paper (skipped: no ../shared/data)',
  () => {
    it('are those of models in 16 bits, each on the cheapest GPU that holds it', () => {
      expect(local).toHaveLength(10);
      expect(disagreements('fp16')).toEqual([]);
      expect(disagreements('bf16')).toEqual([]);
    });

    it('are not those of any other precision', () => {
      // No 33 B model fits into 80 GB, no 3 B model into 12.
      expect(disagreements('fp32')).toHaveLength(8);
      expect(disagreements('fp32')).toContain('Qwen2.5 Coder 33B: null');
      expect(disagreements('fp32')).toContain('Qwen2.5 Coder 3B: RTX 3090 24 GB');
      expect(disagreements('q8_0')).toEqual([
        'DeepSeek Coder 33B: L40S 48 GB',
        'OpenCoder 8B: RTX 3060 12 GB',
        'Qwen2.5 Coder 33B: L40S 48 GB',
        'Phi-4 15B: RTX 3090 24 GB',
        'Gemma-3 27B: L40S 48 GB',
      ]);
      // In four bits, and with what is known of how it is built, the 33 B model runs on $1,000.
      const shape = { layers: 62, keyValueHeads: 8, headSize: 128 };
      const bytes = memoryOf('33B', 'q4_k_m', shape);
      expect(cheapestGpus(paperCatalogue, [bytes], { sharing: 'separate' }).dollars).toBe(1000);
    });

    it('compare a team of two 3 B models on $600 with one of 33 B on $17,500', () => {
      const rows = costsOf(2);
      expect(rows.map(shown)).toEqual([
        ['Qwen2.5 Coder 33B', 0.487, 'A100 80 GB', 17_500, '7.48', '2341'],
        ['Qwen2.5 Coder 3B + judge', 0.521, 'RTX 3060 12 GB + RTX 3060 12 GB', 600, '1.27', '236'],
        ['Qwen2.5 Coder 3B + judge, measured', 0.521, 'RTX 3090 24 GB', 1_000, '2.54', '393'],
      ]);
      expect(rows.map(({ notes }) => notes)).toEqual([
        [],
        ['seconds were measured on RTX 3090 24 GB, dollars are those of RTX 3060 12 GB'],
        [],
      ]);
    });

    it('say how many developers the GPU serves that was measured', () => {
      const served = latency.map((_, family) => {
        const [large, , team] = costsOf(family);
        return [large, team].map((row) => row?.developersPerGpu?.toFixed(1));
      });
      expect(served).toEqual([
        ['6.3', '4.8'],
        ['15.2', '3.9'],
        ['7.5', '2.5'],
        ['9.5', '2.0'],
        ['5.9', '1.9'],
      ]);
    });

    it('make the team the cheaper one a developer, except beside the 8 B model that needs no large GPU', () => {
      const dollars = latency.map((_, family) => {
        const [large, , team] = costsOf(family);
        return [large, team].map((row) => Math.round(row?.dollarsPerDeveloper ?? Number.NaN));
      });
      expect(dollars).toEqual([
        [2760, 208],
        [66, 254],
        [2341, 393],
        [794, 493],
        [2970, 513],
      ]);
    });
  },
);
