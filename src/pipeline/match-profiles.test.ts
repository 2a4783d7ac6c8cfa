import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { JudgeIdentity } from '../contracts/judge-identity.ts';
import { matchProfiles } from './match-profiles.ts';
import { readProfile } from './read-profile.ts';

const folder = mkdtempSync(join(tmpdir(), 'codejury-profiles-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function profile(file: string, name: string, modelDigest: string | null): string {
  const path = join(folder, file);
  writeFileSync(path, JSON.stringify({ name, model: 'm', modelDigest, templateHash: 'template' }));
  return path;
}
const [first, second] = [profile('first.json', 'x', 'one'), profile('second.json', 'x', 'two')];
const server = profile('server.json', 'x', null);
const identity = (weights: string | null): JudgeIdentity => ({ weights, template: 'template', data: null });

async function match(paths: readonly string[], judges: Readonly<Record<string, JudgeIdentity | null>>) {
  const { profiles, notices } = matchProfiles(
    await Promise.all(paths.map(readProfile)),
    new Map(Object.entries(judges)),
  );
  return { found: Object.fromEntries([...profiles].map(([name, { path }]) => [name, path])), notices };
}

describe('matchProfiles', () => {
  it.each([[[first, second]], [[second, first]], [[first, second, first]]])(
    'finds a judge by what it is, whatever it is called: %j',
    async (paths) => {
      const judges = { x: identity('two'), 'x#2': identity('one') };
      expect(await match(paths, judges)).toEqual({ found: { x: second, 'x#2': first }, notices: [] });
      expect((await match([second], { other: identity('two'), x: null })).found).toEqual({ other: second });
    },
  );

  it('gives each of two judges that are the same its own', async () => {
    const twin = profile('twin.json', 'x', 'one');
    const judges = { 'x#2': identity('one'), x: identity('one') };
    expect((await match([first, twin], judges)).found).toEqual({ x: first, 'x#2': twin });
  });

  it('finds it by name where it does not say what it is, and says so', async () => {
    const { found, notices } = await match([first], { y: identity('two'), x: null });
    expect(found).toEqual({ x: first });
    expect(notices).toEqual([expect.stringContaining('x: only its name says that')]);
    expect((await match([server], { y: identity(null), x: identity(null) })).found).toEqual({ x: server });
  });

  it('refuses a profile of another judge or of none, and two of one', async () => {
    const refused = (paths: readonly string[], judges: Parameters<typeof match>[1]) =>
      expect(match(paths, judges)).rejects;
    await refused([first], { x: identity('two') }).toThrow('are of another judge "x"');
    await refused([first], { y: identity('two'), z: null }).toThrow('no verdict is of its judge "x"');
    await refused([first, second], { x: null }).toThrow(/second.json: its judge "x" is also that of .*first/);
    const twin = profile('twin.json', 'z', 'one');
    await refused([first, twin], { x: identity('one') }).toThrow('its judge "x" is also that of');
  });
});
