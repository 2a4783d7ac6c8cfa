import { describe, expect, it } from 'vitest';
import type { RankedTask } from '../../select/ranker.ts';
import { availableRankers, checkRankers, type RankerNeeds } from './check-rankers.ts';
import { parseRankers } from './ranker-spec.ts';

const taskIn = (language: string): RankedTask => ({
  id: `a ${language} task`,
  language,
  description: 'd',
  signature: 's',
  prompt: null,
  entryPoint: null,
  problem: null,
  preamble: '',
});
const python: RankerNeeds = { scores: null, train: null, tasks: [taskIn('python')], languages: [] };
const java: RankerNeeds = { ...python, tasks: [taskIn('python'), taskIn('java')] };

describe('parseRankers', () => {
  it('reads names and arguments, each once, and `all` as what is available', () => {
    expect(parseRankers(['judge:a.json', 'all', 'random'], ['random', 'judge'])).toEqual([
      { name: 'judge', argument: 'a.json', text: 'judge:a.json' },
      { name: 'random', argument: null, text: 'random' },
      { name: 'judge', argument: null, text: 'judge' },
    ]);
  });

  it.each([
    ['codett', 'did you mean codet?'],
    ['random:x', 'these do: judge'],
    ['judge:', 'these do: judge'],
  ])('%s is an error that helps', (text, hint) => {
    expect(() => parseRankers([text], [])).toThrow(
      expect.objectContaining({ code: 'usage', hint: expect.stringContaining(hint) }),
    );
  });
});

describe('checkRankers', () => {
  it.each([
    ['shallow', python, 'needs --train DATASET'],
    ['scores', python, 'needs --scores FILE'],
    ['codet', java, 'codet needs tasks in Python, and a java task is in java'],
  ])('%s is refused where it lacks something', (name, needs, message) => {
    expect(() => checkRankers(parseRankers([name], []), needs)).toThrow(message);
  });

  it('`all` leaves out what lacks something, and says so', () => {
    const { names, leftOut } = availableRankers(java);
    expect(names).toEqual([
      ...['random', 'multiplicity', 'log-likelihood', 'coder-reviewer', 'coder-reviewer-mean', 'judge'],
    ]);
    expect(leftOut).toHaveLength(3);
    expect(() => checkRankers(parseRankers(['scores:mine.jsonl', 'codet'], []), python)).not.toThrow();
  });
});
