import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { candidates, careful, writeJudgedCandidates } from '../../../test/support/judged-candidates.ts';
import { judgeProfileSchema } from '../../contracts/judge-profile.ts';
import { hashFile } from '../../io/hash-file.ts';

const { evaluate, file, folder, remove } = writeJudgedCandidates();
afterAll(remove);

describe('runEvaluate', () => {
  it('calibrates a judge, and measures its probabilities as its profile scales them', async () => {
    mkdirSync(join(folder, 'judge'));
    const path = file('judge/profile.json', [{ name: 'careful', model: 'smollm2-135m', licence: 'MIT' }]);
    const profiles = [join(folder, 'judge')];
    const raw = (await evaluate({ profiles })).judges[0];
    expect(raw?.calibration).toEqual({ platt: null, confidenceBounds: null });
    const calibrated = await evaluate({ profiles, calibrate: true });
    expect(calibrated.notices).toContainEqual(expect.stringContaining('with fewer than 20 of each'));
    const fitted = calibrated.judges[0];
    const profile = judgeProfileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    expect(profile.licence).toBe('MIT');
    expect(profile.platt?.slope).toBeGreaterThan(0);
    expect(profile.confidenceBounds).toEqual({ min: 0.6, max: 0.95 });
    expect(profile.metrics.brier).toBe(fitted?.metrics.brier.value);
    expect(profile.metrics.brier).toBeLessThan(raw?.metrics.brier.value as number);
    expect(profile.metrics.auc).toBe(raw?.metrics.auc.value);
    expect((await evaluate({ profiles })).judges[0]).toEqual(fitted);
  });

  it('does not write into a judge that comes with the package', async () => {
    await expect(
      evaluate({ profiles: ['bundled:smollm2-135m-python'], calibrate: true }),
    ).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining('comes with codejury') });
  });

  it('says when a judge is measured on the tasks it was trained on', async () => {
    const labels = join(folder, 'trained');
    mkdirSync(labels);
    writeFileSync(join(labels, 'data-card.json'), '{}');
    file(
      'trained/candidates.jsonl',
      candidates.map(({ taskId, candidateId, correct }, i) => ({
        ...{ taskId, candidateId, label: correct ? 1 : 0, split: i < 10 ? 'train' : 'validation' },
      })),
    );
    const training = { objective: 'verdict', method: 'lora', rows: 1, epochs: 1, seed: 1, settings: {} };
    const noticesOf = async (datasetDigest: string, split: string | null) => {
      const profile = { name: 'careful', model: 'm', training: { ...training, datasetDigest } };
      const { notices } = await evaluate({ labels, split, profiles: [file('t.json', [profile])] });
      return notices.join('\n');
    };
    const digest = await hashFile(join(labels, 'data-card.json'));
    expect(await noticesOf(digest, 'train')).toContain('careful was trained on this dataset');
    expect(await noticesOf(digest, null)).toContain('careful was trained on this dataset');
    expect(await noticesOf(digest, 'validation')).not.toContain('was trained on');
    expect(await noticesOf('another', 'train')).not.toContain('was trained on');
  });

  it('compares what gave the verdicts with the profile, not only its name', async () => {
    const identity = { weights: 'a+b', template: 't', data: null };
    const known = file(
      'known.jsonl',
      careful.map((verdict) => ({ ...verdict, identity })),
    );
    const profile = { name: 'careful', model: 'smollm2-135m', modelDigest: 'a', adapterDigest: 'b' };
    const measure = (more: object) => {
      const profiles = [file('identity.json', [{ ...profile, ...more }])];
      return evaluate({ profiles, verdicts: [known] });
    };
    expect((await measure({ templateHash: 't' })).notices.join()).not.toContain('only its name');
    // The second of two judges in a team has another name than its profile.
    const second = careful.map((verdict) => ({ ...verdict, identity, judge: 'careful#2' }));
    const platt = { slope: 1, intercept: 0 };
    const scaled = file('scaled.json', [{ ...profile, templateHash: 't', platt }]);
    const { judges } = await evaluate({ profiles: [scaled], verdicts: [file('team.jsonl', second)] });
    expect(judges[0]).toMatchObject({ judge: 'careful#2', calibration: { platt } });
    await expect(measure({ adapterDigest: 'c' })).rejects.toThrow(
      /identity.json: the verdicts are of another judge "careful": the profile has other weights/,
    );
    await expect(measure({ templateHash: 'u' })).rejects.toThrow('another method or prompt template');
    const { notices } = await evaluate({ profiles: [file('identity.json', [profile])] });
    expect(notices[0]).toContain('careful: only its name says that the verdicts are those of');
  });

  it('calibrates on validation tasks of a dataset alone, and no other judge', async () => {
    const profiles = [file('other.json', [{ name: 'other', model: 'smollm2-135m' }])];
    for (const [split, says] of [
      ['test', 'calibrated on test tasks'],
      ['train', 'surer of what it was trained on'],
      [null, 'it has training and test tasks'],
    ] as const) {
      const labels = file(
        'divided.jsonl',
        candidates.map(({ taskId, candidateId }, i) => ({
          ...{ taskId, candidateId, label: 1 },
          split: i < 10 ? 'train' : 'test',
        })),
      );
      await expect(evaluate({ profiles, labels, calibrate: true, split })).rejects.toThrow(says);
    }
    await expect(evaluate({ profiles })).rejects.toThrow('no verdict is of its judge "other"');
  });
});
