import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { combinerSchema } from '../../contracts/combiner.ts';
import type { EnsembleResult } from '../../contracts/ensemble-result.ts';
import { isFormula } from '../../select/combine-scores.ts';
import { type ScoredVerdict, UNCALIBRATED } from '../../select/score-verdict.ts';
import { adhocTask } from '../../tasks/adhoc-task.ts';
import { openCombiner } from '../open-combiner.ts';
import { readTeam } from '../read-team.ts';
import { runEnsembleFit } from './run-ensemble-fit.ts';

const folder = mkdtempSync(join(tmpdir(), 'codejury-ensemble-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = (name: string) => join(folder, name);
function lines(name: string, records: readonly object[]): string {
  writeFileSync(path(name), records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  return path(name);
}

const candidates = Array.from({ length: 40 }, (_, index) => ({
  taskId: `t${index % 8}`,
  candidateId: `c${index}`,
}));
const truthOf = (index: number) => index % 3 === 0;
const labels = lines(
  'labels.jsonl',
  candidates.map((candidate, index) => ({ ...candidate, label: truthOf(index) ? 1 : 0 })),
);
const verdicts = (judge: string, isRight: (index: number) => boolean) =>
  lines(
    `${judge}.jsonl`,
    candidates.map((candidate, index) => {
      const label = truthOf(index) === isRight(index) ? 1 : 0;
      const confidence = 0.6 + (index % 5) / 20;
      return {
        ...candidate,
        judge,
        label,
        confidence,
        probabilityCorrect: label === 1 ? confidence : 1 - confidence,
      };
    }),
  );
const weak = verdicts('weak', (index) => index % 4 > 0);
const strong = verdicts('strong', (index) => index % 11 > 0);
const named = (name: string, digest: string | null = null) => ({
  ...{ name, calibration: UNCALIBRATED, model: { digest, settings: {} } },
  strategy: { templateHash: 'template', dataDigest: null },
});
const both = [named('weak'), named('strong')];
const fitting = { split: null, combine: 'forest', judges: null, folds: 5, seed: 1 } as const;
const options = { ...fitting, labels, profiles: [] };

describe('runEnsembleFit', () => {
  it('puts judges in the order of kappa, and writes a file that a team of these judges opens', async () => {
    const out = path('combiner.json');
    const result = await runEnsembleFit({ ...options, verdicts: [weak, strong], out });
    expect(result.judges.map(({ name }) => name)).toEqual(['strong', 'weak']);
    expect(result.rows).toHaveLength(2 * 6);
    const written = combinerSchema.parse(JSON.parse(readFileSync(out, 'utf8')));
    expect(written).toMatchObject({
      judges: ['strong', 'weak'],
      fitted: { candidates: 40, tasks: 8, folds: 5 },
    });

    const team = path('team.yaml');
    writeFileSync(team, 'combine: forest\ncombiner: combiner.json\n');
    const source = await readTeam(team);
    const combine = await openCombiner(source, both);
    const said = (judge: string, label: 0 | 1) => ({
      ...{ judge, label, confidence: 0.8 },
      ...{ probabilityCorrect: null, rating: null },
    });
    const agreed = combine([said('weak', 1), said('strong', 1)]) ?? 0;
    expect(agreed).toBeGreaterThan(combine([said('weak', 0), said('strong', 0)]) ?? 1);
    expect(combine([])).toBeNull();
    await expect(openCombiner(source, [named('other')])).rejects.toThrow(
      'was fitted for the judges strong, weak; the team has other',
    );
    writeFileSync(team, 'combine: network\ncombiner: combiner.json\n');
    await expect(openCombiner(await readTeam(team), both)).rejects.toThrow(
      'expected a combination "network", received "forest"',
    );
    writeFileSync(team, 'combine: network\n');
    await expect(readTeam(team)).rejects.toThrow('the file with what was fitted');
  });

  it('remembers what the judges are, and opens for no other judge of the name', async () => {
    const identity = { weights: 'digest', template: 'template', data: null };
    const written = readFileSync(strong, 'utf8')
      .trim()
      .split('\n')
      .map((line) => ({ ...(JSON.parse(line) as object), identity }));
    const known = lines('known.jsonl', written);
    await runEnsembleFit({ ...options, verdicts: [known, weak], out: path('known.json') });
    const combiner = combinerSchema.parse(JSON.parse(readFileSync(path('known.json'), 'utf8')));
    expect(combiner.identities).toEqual([identity, null]);
    writeFileSync(path('known.yaml'), 'combine: forest\ncombiner: known.json\n');
    const source = await readTeam(path('known.yaml'));
    await openCombiner(source, [named('weak', 'any'), named('strong', 'digest')]);
    await expect(openCombiner(source, [named('weak'), named('strong', 'other')])).rejects.toThrow(
      /known.json was fitted for another judge "strong"/,
    );
    const second = lines('second.jsonl', [{ ...written[0], identity: { ...identity, weights: 'other' } }]);
    await expect(
      runEnsembleFit({ ...options, verdicts: [known, second], out: path('d.json') }),
    ).rejects.toThrow(/second.jsonl:1: its judge "strong" has other weights .* than that of .*known.jsonl:1/);
  });

  it('shows formulas as a team with these profiles computes them, and fits to what it puts in', async () => {
    const profile = { name: 'weak', model: 'm', platt: { slope: 0.5, intercept: -1 } };
    writeFileSync(path('profile.json'), JSON.stringify(profile));
    const given = { ...options, verdicts: [weak, strong], out: path('g.json') };
    const [plain, scaled] = [
      await runEnsembleFit(given),
      await runEnsembleFit({ ...given, profiles: [path('profile.json')] }),
    ];
    expect(scaled.notices).toEqual([expect.stringContaining('weak: only its name')]);
    expect(scaled.judges).toMatchObject([
      { name: 'strong', profile: null, platt: null },
      { name: 'weak', profile: path('profile.json'), platt: profile.platt },
    ]);

    const calibration = { ...UNCALIBRATED, platt: profile.platt };
    const team = [named('strong'), { ...named('weak'), calibration }];
    const verdictsOf = [strong, weak].map((file) =>
      readFileSync(file, 'utf8')
        .trim()
        .split('\n')
        .map((line) => ({ ...(JSON.parse(line) as ScoredVerdict), rating: null })),
    );
    const squaredErrors = async (yaml: string, judges: Parameters<typeof openCombiner>[1]) => {
      writeFileSync(path('scaled.yaml'), yaml);
      const combine = await openCombiner(await readTeam(path('scaled.yaml')), judges);
      return candidates.map((_candidate, index) => {
        const score = combine(verdictsOf.map((verdicts) => verdicts[index] as ScoredVerdict)) ?? 0;
        return (score - (truthOf(index) ? 1 : 0)) ** 2;
      });
    };
    for (const combine of ['posterior', 'product', 'mean']) {
      const brier = ({ rows }: EnsembleResult) =>
        rows.find((row) => row.judges === 2 && row.combination === combine)?.brier;
      const errors = await squaredErrors(`combine: ${combine}\n`, team);
      expect(brier(scaled)).toBeCloseTo(
        errors.reduce((sum, error) => sum + error / errors.length, 0),
        12,
      );
      expect(brier(scaled)).not.toBeCloseTo(brier(plain) ?? 0, 3);
    }
    const learned = ({ rows }: EnsembleResult) => rows.filter(({ combination }) => !isFormula(combination));
    expect(learned(scaled)).toEqual(learned(plain));
    const fitted = 'combine: forest\ncombiner: g.json\n';
    expect(await squaredErrors(fitted, team)).toEqual(await squaredErrors(fitted, both));
  });

  it.each([
    ['lora', 1],
    ['probe', 0],
  ])(
    'says of a probe that was trained by %s what its head learned from validation',
    async (method, count) => {
      const profile = {
        ...{ name: 'weak', model: 'm', method: 'probe', probe: 'probe.json' },
        training: {
          ...{ objective: 'verdict', method, datasetDigest: 'd', rows: 9 },
          ...{ epochs: 1, seed: 1, settings: {} },
        },
      };
      writeFileSync(path('head.json'), JSON.stringify(profile));
      const profiles = [path('head.json')];
      const { notices } = await runEnsembleFit({
        ...options,
        profiles,
        verdicts: [weak, strong],
        out: path('h.json'),
      });
      expect(notices.filter((notice) => notice.startsWith('weak: epoch, level'))).toHaveLength(count);
    },
  );

  it("takes kappa from a judge's own labels, and leaves its invalid verdicts out", async () => {
    const rating = lines(
      'rating.jsonl',
      candidates.map((candidate, index) => ({
        ...candidate,
        judge: 'rating',
        // Right where it answers, though it finds most of a wrong candidate good.
        label: index % 10 === 9 ? null : truthOf(index) ? 1 : 0,
        probabilityCorrect: null,
        rating: index % 10 === 9 ? null : truthOf(index) ? 1 : 0.75,
      })),
    );
    const result = await runEnsembleFit({ ...options, verdicts: [strong, rating], out: path('b.json') });
    expect(result.judges[0]).toMatchObject({ name: 'rating', kappa: 1, profile: null, platt: null });
  });

  it('fits on validation tasks of a dataset alone', async () => {
    const divided = (names: readonly string[]) =>
      lines(
        'divided.jsonl',
        candidates.map((candidate, index) => ({
          ...{ ...candidate, label: truthOf(index) ? 1 : 0, split: names[index % names.length] },
        })),
      );
    const fitOn = (names: readonly string[], split: string | null) =>
      runEnsembleFit({ ...options, labels: divided(names), split, verdicts: [strong], out: path('e.json') });
    await expect(fitOn(['train', 'test'], null)).rejects.toThrow('it has training and test tasks');
    await expect(fitOn(['test'], null)).rejects.toThrow('it has test tasks');
    await expect(fitOn(['train', 'test'], 'test')).rejects.toThrow(
      'a combination fitted on test tasks cannot be measured on them any more',
    );
    await expect(fitOn(['train', 'test'], 'train')).rejects.toThrow('surer of what it was trained on');
    expect((await fitOn(['validation', 'validation', 'test'], 'validation')).candidates).toBe(27);
    expect((await fitOn(['validation'], null)).candidates).toBe(40);
  });

  it('keeps tasks about the same in one fold, where the dataset says so', async () => {
    mkdirSync(path('dataset'));
    lines(
      'dataset/candidates.jsonl',
      candidates.map((candidate, index) => ({
        ...{ ...candidate, label: truthOf(index) ? 1 : 0, split: 'validation' },
      })),
    );
    const base = adhocTask({ description: 'Do.', signature: 'def f(x):', language: 'python' });
    lines(
      'dataset/tasks.jsonl',
      Array.from({ length: 8 }, (_, index) => ({
        split: 'validation',
        task: { ...base, id: `t${index}`, description: `Do ${index % 3}.` },
      })),
    );
    const out = path('f.json');
    const brierOf = async (given: { readonly labels: string; readonly verdicts: readonly string[] }) => {
      const { rows } = await runEnsembleFit({ ...options, ...given, out });
      return rows.find((row) => row.judges === 2 && row.combination === 'logistic')?.brier;
    };
    const grouped = await brierOf({ labels: path('dataset'), verdicts: [weak, strong] });
    const { fitted } = combinerSchema.parse(JSON.parse(readFileSync(out, 'utf8')));
    expect(fitted).toMatchObject({ tasks: 8, folds: 3 });

    // The same as if tasks about the same were one, and not as if nothing were known of them.
    const merged = (name: string, file: string) =>
      lines(
        name,
        readFileSync(file, 'utf8')
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as { taskId: string })
          .map((line) => ({ ...line, taskId: `t${Number(line.taskId.slice(1)) % 3}` })),
      );
    const one = await brierOf({
      labels: merged('labels-one.jsonl', labels),
      verdicts: [merged('weak-one.jsonl', weak), merged('strong-one.jsonl', strong)],
    });
    expect(grouped).toBeCloseTo(one ?? 0, 9);
    expect(grouped).not.toBeCloseTo((await brierOf({ labels, verdicts: [weak, strong] })) ?? 0, 4);
  });

  it('is an error for more judges than there are, and for too few tasks', async () => {
    const more = { ...options, verdicts: [weak], judges: 2, out: path('c.json') };
    await expect(runEnsembleFit(more)).rejects.toThrow('--judges: expected at most 1, received 2');
    const first = lines('first.jsonl', [{ ...candidates[0], label: 1 }]);
    const few = { ...options, labels: first, verdicts: [weak], out: path('c.json') };
    await expect(runEnsembleFit(few)).rejects.toThrow('nothing to fit to');
  });
});
