import { describe, expect, it } from 'vitest';
import { identifyJudge, identifyProfile, identityDifference } from './judge-identity.ts';
import { matchJudges } from './match-judges.ts';

const judge = (
  name: string,
  digest: string | null,
  templateHash = 'template',
  dataDigest: string | null = null,
) => ({
  name,
  model: { digest, settings: {} },
  strategy: { templateHash, dataDigest },
});
const fittedFor = (...judges: ReturnType<typeof judge>[]) => ({
  judges: judges.map(({ name }) => name),
  identities: judges.map(identifyJudge),
});
const match = (fitted: Parameters<typeof matchJudges>[0], ...judges: ReturnType<typeof judge>[]) =>
  matchJudges(fitted, judges, 'c.json');

describe('matchJudges', () => {
  const mine = judge('mine', 'a+b');
  const other = judge('other', 'c');

  it('takes an adapter of another scale for another judge', () => {
    const half = { ...judge('mine', 'a+b'), model: { digest: 'a+b', settings: { adapterScale: 0.5 } } };
    const profile = { modelDigest: 'a', adapterDigest: 'b', templateHash: 'template' };
    const digests = { examplesDigest: null, probeDigest: null };
    expect(identifyProfile({ ...profile, ...digests, adapterScale: 0.5 })).toEqual(identifyJudge(half));
    expect(identifyProfile({ ...profile, ...digests, adapterScale: 1 })).toEqual(identifyJudge(mine));
    expect(identityDifference(identifyJudge(mine), identifyJudge(half))).toContain('other weights (a+b*0.5');
  });

  it('finds judges by name, whatever their order', () => {
    expect(match(fittedFor(mine, other), other, mine)).toEqual(['mine', 'other']);
    expect(match({ judges: ['mine'], identities: null }, mine)).toEqual(['mine']);
    // A server's weights are unknown.
    expect(match(fittedFor(mine), judge('mine', null))).toEqual(['mine']);
  });

  it('refuses other names, and a judge that is not what it was', () => {
    expect(() => match(fittedFor(mine), other)).toThrow(
      'c.json was fitted for the judges mine; the team has other',
    );
    expect(() => match(fittedFor(mine))).toThrow('the team has none');
    expect(() => match(fittedFor(mine), judge('mine', 'a+d'))).toThrow(
      'c.json was fitted for another judge "mine": that of the team has other weights (a+d, not a+b)',
    );
    expect(() => match(fittedFor(mine), judge('mine', 'a+b', 'method'))).toThrow(
      'another method or prompt template',
    );
    expect(() => match(fittedFor(judge('mine', 'a', 't', 'probe')), judge('mine', 'a', 't', 'new'))).toThrow(
      'other examples or another probe',
    );
  });

  it('tells judges of one name apart by what they are, not by their places', () => {
    const [x, y] = [judge('x', 'a'), judge('x#2', 'b')];
    expect(match(fittedFor(x, y), x, y)).toEqual(['x', 'x#2']);
    expect(match(fittedFor(x, y), judge('x', 'b'), judge('x#2', 'a'))).toEqual(['x#2', 'x']);
    expect(() => match(fittedFor(x, y), judge('x', 'b'), judge('x#2', 'c'))).toThrow('another judge "x"');
    // The same judge twice.
    expect(match(fittedFor(x, judge('x#2', 'a')), x, judge('x#2', 'a'))).toEqual(['x', 'x#2']);
  });

  it('refuses several of one name that nothing tells apart', () => {
    const [x, y] = [judge('x', null), judge('x#2', null)];
    expect(() => match(fittedFor(x, y), x, y)).toThrow(
      'several judges "x", and nothing else tells which is which',
    );
    expect(() =>
      match({ judges: ['x', 'x#2'], identities: null }, judge('x', 'a'), judge('x#2', 'b')),
    ).toThrow('several judges "x"');
  });
});
