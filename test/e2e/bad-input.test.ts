import { existsSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeTinyGguf } from '../../src/testing/write-tiny-gguf.ts';
import { runCodejury } from './run-codejury.ts';

const home = mkdtempSync(join(tmpdir(), 'codejury-e2e-'));
const path = (name: string) => join(home, name);
const file = (name: string, data: string | Buffer) => {
  writeFileSync(path(name), data);
  return path(name);
};
afterAll(() => rmSync(home, { recursive: true, force: true }));

const tiny = path('tiny.gguf');
const truncated = path('truncated.gguf');
const web = createServer((_request, response) =>
  response.setHeader('content-type', 'text/html').end('<!DOCTYPE html><title>Sign in</title>'),
);

beforeAll(async () => {
  await writeTinyGguf(tiny);
  await writeTinyGguf(truncated);
  truncateSync(truncated, 200_000);
  await new Promise<void>((done) => web.listen(0, '127.0.0.1', done));
});
afterAll(() => void web.close());

const task = ['Return x.', '--language', 'python', '--signature', 'def f(x):'];
const solve = (...args: string[]) => ['solve', ...task, ...args];
const candidate = (name: string, data: string | Buffer) => [
  'judge',
  '--task',
  'python/clamp',
  file(name, data),
];

interface BadInput {
  readonly input: string;
  readonly args: () => string[];
  readonly status: number;
  /** What the message says. */
  readonly says: RegExp;
}

const BAD_INPUTS: readonly BadInput[] = [
  { input: 'no task', args: () => ['solve'], status: 2, says: /no task/ },
  { input: 'an empty task', args: () => ['solve', '  ', '--language', 'python'], status: 2, says: /no task/ },
  {
    input: 'an empty task file',
    args: () => ['solve', '--task', file('e.yaml', '')],
    status: 2,
    says: /e\.yaml.*empty/s,
  },
  {
    input: 'a missing task',
    args: () => ['solve', '--task', 'python/clmp'],
    status: 2,
    says: /python\/clamp/,
  },
  {
    input: 'a task file with an unknown field',
    args: () => ['solve', '--task', file('u.yaml', 'language: python\ndescription: d\nsignatur: s\n')],
    status: 2,
    says: /signatur.*signature/s,
  },
  {
    input: 'a binary candidate',
    args: () => candidate('a.py', Buffer.from([1, 0, 2])),
    status: 2,
    says: /a\.py is a binary file/,
  },
  { input: 'an empty candidate', args: () => candidate('b.py', ' \n'), status: 2, says: /b\.py is empty/ },
  {
    input: 'a candidate of 5 MB',
    args: () => candidate('c.py', 'x = 1\n'.repeat(900_000)),
    status: 2,
    says: /c\.py is too large/,
  },
  {
    input: 'a broken candidates line',
    args: () => [
      'judge',
      '--task',
      'python/clamp',
      '--candidates',
      file('c.jsonl', '{"code": "x"}\n{"code":'),
    ],
    status: 2,
    says: /c\.jsonl:2: not JSON/,
  },
  { input: 'samples 0', args: () => solve('--samples', '0'), status: 2, says: /samples.*>=1.*received 0/s },
  {
    input: 'temperature NaN',
    args: () => solve('--temperature', 'NaN'),
    status: 2,
    says: /temperature.*NaN/s,
  },
  {
    input: 'a temperature in words',
    args: () => solve('--temperature', 'warm'),
    status: 2,
    says: /temperature.*NaN/s,
  },
  {
    input: 'a negative seed',
    args: () => solve('--seed', '-1'),
    status: 2,
    says: /--seed: expected a whole number from 0 on, received "-1"/,
  },
  {
    input: 'an unknown language',
    args: () => ['solve', 'Do it.', '--language', 'pyton', '--model', tiny, '--judge', tiny],
    status: 2,
    says: /pyton.*"python"/s,
  },
  { input: 'no language', args: () => ['solve', 'Do it.'], status: 2, says: /language/ },
  {
    input: 'an unknown key in the team',
    args: () => solve('--team', file('t.yaml', 'generator: { temprature: 1 }')),
    status: 2,
    says: /t\.yaml: unknown key "generator\.temprature".*"temperature"/s,
  },
  {
    input: 'a team that is not YAML',
    args: () => solve('--team', file('t2.yaml', 'generator: [')),
    status: 2,
    says: /t2\.yaml/,
  },
  { input: 'a missing team', args: () => solve('--team', path('none.yaml')), status: 2, says: /none\.yaml/ },
  { input: 'an unknown model', args: () => solve('--model', 'smollm2-135'), status: 2, says: /smollm2-135m/ },
  {
    input: 'a truncated model',
    args: () => solve('--model', truncated, '--judge', 'none'),
    status: 1,
    says: /truncated\.gguf/,
  },
  {
    input: 'a model that is no model',
    args: () => solve('--model', file('m.gguf', 'hello '.repeat(99))),
    status: 1,
    says: /m\.gguf is no GGUF model/,
  },
  {
    input: 'a missing adapter',
    args: () =>
      solve(
        '--team',
        file(
          't3.yaml',
          `generator: { model: "${tiny}" }\njudges: [{ model: "${tiny}", adapter: none.gguf }]`,
        ),
      ),
    status: 2,
    says: /adapter .*none\.gguf/,
  },
  {
    input: 'a model given as adapter',
    args: () =>
      solve(
        '--team',
        file(
          't4.yaml',
          `generator: { model: "${tiny}" }\njudges: [{ model: "${tiny}", adapter: "${tiny}" }]`,
        ),
      ),
    status: 1,
    says: /adapter/,
  },
  {
    input: 'a prompt longer than the context',
    args: () => [
      'solve',
      'word '.repeat(2000),
      '--language',
      'python',
      '--model',
      tiny,
      '--judge',
      'none',
      '--max-tokens',
      '8',
    ],
    status: 2,
    says: /tokens.*context of 512/s,
  },
  {
    input: 'a judge without room for the candidate',
    args: () => ['judge', '--task', 'python/clamp', '--judge', tiny, file('long.py', 'x = 1\n'.repeat(500))],
    status: 2,
    says: /context/,
  },
  {
    input: 'the gate tests without tests',
    args: () => solve('--gate', 'tests'),
    status: 2,
    says: /no tests.*--tests FILE/s,
  },
  {
    input: 'paper scores without a profile',
    args: () => [
      'judge',
      '--task',
      'python/clamp',
      file('p.py', 'def clamp(): pass'),
      '--team',
      file('t5.yaml', `score: paper\njudges: [{ model: "${labelling()}" }]`),
    ],
    status: 2,
    says: /validation bounds/,
  },
  {
    input: 'a server that is down',
    args: () => solve('--model', 'openai:m@http://127.0.0.1:9/v1', '--judge', 'none'),
    status: 1,
    says: /127\.0\.0\.1:9/,
  },
  {
    input: 'a server that answers HTML',
    args: () =>
      solve(
        '--model',
        `openai:m@http://127.0.0.1:${(web.address() as AddressInfo).port}/v1`,
        '--judge',
        'none',
      ),
    status: 1,
    says: /HTML/i,
  },
  { input: 'an unknown command', args: () => ['slove'], status: 2, says: /solve/ },
  { input: 'an unknown flag', args: () => solve('--sampels', '3'), status: 2, says: /--samples/ },
  {
    input: 'an unknown sandbox',
    args: () => solve('--sandbox', 'chroot'),
    status: 2,
    says: /auto, bubblewrap, docker, podman, none/,
  },
  {
    input: 'a model never pulled, offline',
    args: () => solve('--offline'),
    status: 1,
    says: /models pull smollm2-135m/,
  },
];

/** A tiny model that says 1 or 0 whatever it is asked. */
function labelling(): string {
  return path('labelling.gguf');
}

beforeAll(() => writeTinyGguf(labelling(), { contextSize: 2048, transitions: { '\n': { '1': 1, '0': 0 } } }));

describe('bad input ends with a clear error and nothing half-written', () => {
  it.each(BAD_INPUTS)('$input', async ({ args, status, says }) => {
    const out = path('out.jsonl');
    const list = args();
    const withOut = list[0] === 'judge' ? [...list, '--out', out] : list;
    const result = await runCodejury(withOut, { home, env: { OPENAI_API_KEY: '' } });
    expect(result.stderr).toMatch(says);
    expect(result.status).toBe(status);
    expect(result.stdout).toBe('');
    expect(result.stderr).not.toMatch(/\n\s+at .*\.ts:\d+/);
    expect(existsSync(out)).toBe(false);
  });

  it.each([
    ['bad config', ['--samples', '0']],
    ['an unknown flag', ['--sampels', '3']],
    ['aliases that explode', ['--team', path('bomb.yaml')]],
  ])('is one JSON line on stderr for programs: %s', async (_name, flags) => {
    const levels = Array.from({ length: 6 }, (_, level) => {
      const item = level === 0 ? '"x"' : `*a${level - 1}`;
      return `a${level}: &a${level} [${Array(9).fill(item).join(', ')}]`;
    });
    file('bomb.yaml', levels.join('\n'));
    const { status, stderr, stdout } = await runCodejury(solve(...flags, '--json'), { home });
    expect(status).toBe(2);
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'usage' } });
    expect(stdout).toBe('');
  });

  it('a damaged results file costs the reuse of results, not the run', async () => {
    const damaged = path('damaged');
    mkdirSync(damaged);
    writeFileSync(join(damaged, 'results.sqlite'), 'garbage '.repeat(99));
    const args = [
      'judge',
      '--task',
      'python/clamp',
      '--judge',
      labelling(),
      file('ok.py', 'def clamp(): pass'),
    ];
    const { status, stderr } = await runCodejury(args, { home: damaged });
    expect(status).toBe(0);
    expect(stderr).toMatch(/no results are reused or recorded: .*results\.sqlite/);
  });

  it('--out into a folder that is not there ends before any work and makes no folder', async () => {
    const args = [
      'judge',
      '--task',
      'python/clamp',
      '--judge',
      labelling(),
      file('ok.py', 'def clamp(): pass'),
    ];
    const { status, stderr } = await runCodejury([...args, '--out', path('none/out.jsonl')], { home });
    expect(status).toBe(2);
    expect(stderr).toMatch(/there is no folder/);
    expect(existsSync(path('none'))).toBe(false);
  });

  it('more threads than cores are cut down and said so', async () => {
    const args = solve(
      '--model',
      labelling(),
      '--judge',
      'none',
      '--threads',
      '512',
      '--samples',
      '1',
      '--json',
    );
    const { stdout } = await runCodejury(args, { home });
    expect(JSON.parse(stdout).trace.notices.join()).toMatch(/512 asked for, \d+ used/);
  });
});
