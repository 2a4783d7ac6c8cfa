import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { SolveResult } from '../../src/contracts/solve-result.ts';
import { describeSandbox } from '../../src/execute/sandbox/open-sandbox.ts';
import { startCodeServer } from './code-server.ts';
import { runCodejury } from './run-codejury.ts';

const home = mkdtempSync(join(tmpdir(), 'codejury-e2e-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const noSandbox = (await describeSandbox(process.env)).problem;

const body = (expression: string) =>
  `Sure!\n\`\`\`python\ndef inc(x: int) -> int:\n    return ${expression}\n\`\`\``;
const answers = [body('x + 1'), body('x - 1'), body('x * 2')];
const isRight = (prompt: string) => prompt.includes('x + 1');

function teamFile(baseUrl: string, more: object = {}): string {
  const path = join(home, `team-${Math.random()}.yaml`);
  const model = `openai:tiny@${baseUrl}`;
  writeFileSync(path, JSON.stringify({ generator: { model, samples: 6 }, judges: [{ model }], ...more }));
  return path;
}

const adhoc = ['Return x plus one.', '--language', 'python', '--signature', 'def inc(x: int) -> int:'];

describe('codejury solve, with a team on a local server', () => {
  it('prints one JSON document and nothing else on stdout', async () => {
    await using server = await startCodeServer({ answers, isRight });
    const { status, stdout } = await runCodejury(
      ['solve', ...adhoc, '--team', teamFile(server.baseUrl), '--seed', '7', '--json'],
      { home },
    );
    expect(status).toBe(0);
    const result = JSON.parse(stdout) as SolveResult;
    expect(Object.keys(result)).toEqual([
      'task',
      'team',
      'candidates',
      'selected',
      'abstained',
      'escalated',
      'trace',
    ]);
    expect(result.selected?.code).toContain('x + 1');
    const indices = result.candidates.flatMap(({ samples }) => samples).sort((a, b) => a - b);
    expect(indices).toEqual([0, 1, 2, 3, 4, 5]);
    for (const candidate of result.candidates) {
      expect(candidate.verdicts[0]?.probabilityCorrect).toBeCloseTo(
        candidate.code.includes('x + 1') ? 0.9 : 0.1,
        6,
      );
    }
  });

  it('shows people a table and the code', async () => {
    await using server = await startCodeServer({ answers, isRight });
    const { status, stdout } = await runCodejury(['solve', ...adhoc, '--team', teamFile(server.baseUrl)], {
      home,
    });
    expect(status).toBe(0);
    expect(stdout).toMatch(/candidate +score/);
    expect(stdout).toContain('def inc(x: int) -> int:\n    return x + 1');
  });

  it('reads the description from standard input', async () => {
    await using server = await startCodeServer({ answers, isRight });
    const args = ['solve', '-', ...adhoc.slice(1), '--team', teamFile(server.baseUrl), '--json'];
    const { stdout } = await runCodejury(args, { home, stdin: 'Return x plus one.\n' });
    expect((JSON.parse(stdout) as SolveResult).task.description).toBe('Return x plus one.');
  });

  it('abstains with exit status 3 below the minimum score', async () => {
    await using server = await startCodeServer({ answers: [body('x - 1')], isRight });
    const team = teamFile(server.baseUrl, { minimumScore: 0.5 });
    const { status, stdout } = await runCodejury(['solve', ...adhoc, '--team', team, '--json'], { home });
    expect(status).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({ selected: null, abstained: true });
  });

  it.skipIf(noSandbox !== null)(`--tests rejects what fails them ${noSandbox ?? ''}`, async () => {
    await using server = await startCodeServer({ answers, isRight: () => false });
    const tests = join(home, 'tests.py');
    writeFileSync(tests, 'assert inc(1) == 2\nassert inc(-1) == 0\n');
    const args = ['solve', ...adhoc, '--tests', tests, '--team', teamFile(server.baseUrl), '--json'];
    const { status, stdout } = await runCodejury(args, { home });
    expect(status).toBe(0);
    const result = JSON.parse(stdout) as SolveResult;
    expect(result.selected?.code).toContain('x + 1');
    const wrong = result.candidates.find(({ code }) => code.includes('x - 1'));
    expect(wrong?.rejected).toMatchObject({ reason: 'gate-tests' });
    expect(wrong?.execution).toMatchObject({ outcome: 'failed' });
    expect(wrong?.verdicts).toEqual([]);
  });

  it('Ctrl-C ends it with 130, also while a server says nothing', async () => {
    await using server = await startCodeServer({ answers, isRight, hang: true });
    let sent = false;
    const running = runCodejury(['solve', ...adhoc, '--team', teamFile(server.baseUrl), '--json'], {
      home,
      onStart: (kill) => {
        const timer = setInterval(() => {
          if (server.generations() > 0 && !sent) {
            sent = true;
            kill('SIGINT');
            clearInterval(timer);
          }
        }, 20);
      },
    });
    const { status, stdout } = await running;
    expect(status).toBe(130);
    expect(stdout).toBe('');
  });
});
