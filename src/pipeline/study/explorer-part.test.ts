import { Script } from 'node:vm';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { explorerTasks } from '../../../test/support/explorer-tasks.ts';
import type { ExplorerData } from '../../contracts/explorer-data.ts';
import { explorerPart } from './explorer-part.ts';

const input = { tasks: explorerTasks(), judges: ['A', 'B'], study: { name: '</script>', digest: 'd1' } };

function dataOf(html: string): ExplorerData {
  const base64 = /id="explorer-data">([^<]*)</.exec(html)?.[1] ?? '';
  return JSON.parse(gunzipSync(Buffer.from(base64, 'base64')).toString()) as ExplorerData;
}

it('carries all candidates, whatever they say', () => {
  const { html } = explorerPart(input);
  const { tasks, generators, study, languages } = dataOf(html);
  expect([generators, study.name]).toEqual([['small', 'big+1'], '</script>']);
  expect(Object.keys(languages)).toEqual(['java', 'python']);
  expect(tasks[0]?.candidates[3]).toMatchObject({ id: 'a4', labels: '0x', probabilities: [0.125, null] });
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
  expect(dataOf(html).tasks[0]?.candidates[0]).toMatchObject({ labels: '-0', probabilities: [null, 0.1235] });
});
