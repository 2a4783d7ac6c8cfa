import { Script } from 'node:vm';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { explorerCandidate, explorerTasks } from '../../../test/support/explorer-tasks.ts';
import type { ExplorerData, TaskTexts } from '../../contracts/explorer-data.ts';
import { explorerPart } from './explorer-part.ts';

const input = { tasks: explorerTasks(), judges: ['A', 'B'], study: { name: '</script>', digest: 'd1' } };

function dataOf(html: string): { facts: ExplorerData; texts: readonly TaskTexts[] } {
  const lines = /id="explorer-data">([^<]*)</.exec(html)?.[1]?.split('\n') ?? [];
  const [facts, ...chunks] = lines.map((line) =>
    JSON.parse(gunzipSync(Buffer.from(line, 'base64')).toString()),
  );
  return { facts, texts: chunks.flat() };
}

it('carries all candidates, whatever they say', () => {
  const { html } = explorerPart(input);
  const { facts, texts } = dataOf(html);
  const { tasks, generators, study, languages, chunks } = facts;
  expect([generators, study.name]).toEqual([['small', 'big+1'], '</script>']);
  expect(Object.keys(languages)).toEqual(['java', 'python']);
  expect(tasks[0]?.candidates[3]).toMatchObject({ id: 'a4', labels: '0x', feedback: 'AssertionError' });
  expect(texts[0]?.candidates[3]).toMatchObject({
    probabilities: [0.125, null],
    feedback: { input: 'f(1)' },
  });
  expect([chunks, texts.length]).toEqual([[3], 3]);
  expect(tasks[1]?.candidates[1]).toMatchObject({ id: 'b2', labels: '--', rejected: 'incomplete' });
  expect(html).toContain('9 candidates of 3 tasks');
  expect(html.match(/<\/script>/g)).toHaveLength(1);
});

it('is the same text for the same input', () => {
  expect(explorerPart(input)).toEqual(explorerPart(input));
});

it('gives a script that parses, names taken once, and a style sheet, neither reaching for the network', () => {
  const { css, script } = explorerPart(input);
  // A module's top-level names must differ; those of a block, too.
  expect(() => new Script(`'use strict'; async () => {{ ${script} }}`)).not.toThrow();
  expect(script + css).not.toMatch(/https?:|url\(|@import|\bfetch\(/);
});

it('orders verdicts as the study does, and says where one is missing', () => {
  const [task] = input.tasks;
  if (task === undefined) throw new Error('no task');
  const [candidate] = task.candidates;
  if (candidate === undefined) throw new Error('no candidate');
  const verdicts = [{ judge: 'B', label: 0 as const, probabilityCorrect: 0.123456 }];
  const { html } = explorerPart({
    ...input,
    tasks: [{ ...task, candidates: [{ ...candidate, verdicts }] }],
  });
  const { facts, texts } = dataOf(html);
  expect(facts.tasks[0]?.candidates[0]?.labels).toBe('-0');
  expect(texts[0]?.candidates[0]?.probabilities).toEqual([null, 0.1235]);
});

it('divides the texts of many tasks into chunks', () => {
  const [task] = input.tasks;
  if (task === undefined) throw new Error('no task');
  const candidates = [{ ...explorerCandidate('a1', 'passed'), code: 'x'.repeat(100_000) }];
  const tasks = Array.from({ length: 7 }, (_, index) => ({ ...task, id: `t${index}`, candidates }));
  const { facts, texts } = dataOf(explorerPart({ ...input, tasks }).html);
  expect([facts.chunks, texts.length]).toEqual([[3, 3, 1], 7]);
});
