import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readTeam } from './read-team.ts';

const folder = mkdtempSync(join(tmpdir(), 'codejury-teams-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (text: string) => {
  const path = join(folder, 'team.yaml');
  writeFileSync(path, text);
  return path;
};

const profile = JSON.stringify({ name: 'mine', model: 'a' });
writeFileSync(join(folder, 'mine.json'), profile);
mkdirSync(join(folder, 'mine'));
writeFileSync(join(folder, 'mine', 'profile.json'), profile);

describe('readTeam', () => {
  it('is the default team without a file', async () => {
    const { config } = await readTeam(null);
    expect(config.generator).toMatchObject({ model: 'smollm2-135m', samples: 10, temperature: 1 });
    expect(config.judges).toMatchObject([{ model: 'smollm2-135m', profile: null }]);
  });

  it('merges the generator field by field and replaces lists', async () => {
    const path = file(
      'generator: { model: a, samples: 3 }\njudges: [{ model: b }, { model: c }]\ngates: []\n',
    );
    const overrides = { team: { generator: { samples: 5 }, judges: [{ model: 'd' }] } };
    const { config, folder: from } = await readTeam(path, overrides);
    expect(config.generator).toMatchObject({ model: 'a', samples: 5 });
    expect(config.judges).toMatchObject([{ model: 'd' }]);
    expect(config.gates).toEqual([]);
    expect(from).toBe(folder);
  });

  it('sets what is meant for every model everywhere', async () => {
    const path = file(
      'judges: [{ model: b }, { profile: mine.json }]\nminimumScore: 0.5\nescalateTo: { model: e }\n',
    );
    const { config } = await readTeam(path, { everyModel: { threads: 3 } });
    expect(config.generator.threads).toBe(3);
    expect(config.judges.map(({ threads }) => threads)).toEqual([3, 3]);
    expect(config.escalateTo?.threads).toBe(3);
    await expect(readTeam(path, { everyModel: { threads: 0 } })).rejects.toMatchObject({ code: 'usage' });
  });

  it('reads limits with their units', async () => {
    const path = file('limits: { wallTime: 5s, memory: 256MiB, processes: 32 }\n');
    const { config } = await readTeam(path, { everyModel: { threads: 3 } });
    expect(config.limits).toEqual({ wallTimeMs: 5_000, memoryBytes: 256 * 1024 ** 2, processes: 32 });
    await expect(readTeam(file('limits: { memory: much }\n'))).rejects.toThrow(
      /limits\.memory: expected a size with its unit .*, received "much"/,
    );
  });

  it('puts the limits of flags before those of the file, one by one', async () => {
    const file = join(folder, 'limits-and-flags.yaml');
    writeFileSync(file, 'limits: { wallTime: 15s, memory: 1GiB }\n');
    const { config } = await readTeam(file, { limits: { wallTimeMs: 2_000 } });
    expect(config.limits).toEqual({ wallTimeMs: 2_000, memoryBytes: 1024 ** 3 });
  });

  it('finds a judge that is not there before anything is opened', async () => {
    const missing = { code: 'not-found', message: expect.stringContaining('there is no judge profile') };
    await expect(readTeam(file('judges: [{ profile: nobody }]\n'))).rejects.toMatchObject(missing);
  });

  it('asks every judge that is a model by the method of the flags, and leaves profiles alone', async () => {
    const path = file('judges: [{ model: a }, { profile: mine }]\n');
    const { config } = await readTeam(path, { everyJudge: { method: 'ice-score' } });
    expect(config.judges.map(({ method }) => method)).toEqual(['ice-score', null]);
    await expect(
      readTeam(file('judges: [{ profile: mine }]\n'), { everyJudge: { method: 'ice-score' } }),
    ).rejects.toThrow(/^--method: there is no judge that is a model/);
  });

  it.each([
    [
      'an unknown method',
      '{ model: a, method: guess }',
      /judges\[0\]\.method: .*"zero-shot".*received "guess"/,
    ],
    ['a method that only training makes', '{ model: a, method: verdict }', /judges\[0\]\.method/],
    [
      'few-shot without examples',
      '{ model: a, method: few-shot }',
      /expected "examples" with method "few-shot"/,
    ],
    ['examples without few-shot', '{ model: a, examples: d }', /expected "examples" with method "few-shot"/],
    ['a method beside a profile', '{ profile: a.json, method: auto-cot }', /a profile says by itself/],
  ])('refuses %s', async (_name, judge, message) => {
    await expect(readTeam(file(`judges: [${judge}]\n`))).rejects.toThrow(message);
  });

  it('takes an empty file for the default team, and JSON for YAML', async () => {
    expect((await readTeam(file('# nothing\n'))).config.generator.samples).toBe(10);
    expect((await readTeam(file('{"generator": {"samples": 2}}'))).config.generator.samples).toBe(2);
  });

  it.each([
    ['a list', '- a\n', /expected object/],
    ['broken YAML', 'a: [', /team\.yaml/],
    ['a wrong type', 'generator: fast\n', /generator: .*received "fast"/],
    ['a null generator', 'generator: null\n', /generator/],
    ['binary', 'a\0b', /not a team file/],
  ])('refuses %s', async (_name, text, message) => {
    await expect(readTeam(file(text))).rejects.toThrow(message);
  });
});
