import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { SolveResult } from '../../src/contracts/solve-result.ts';
import { openLanguageRunner } from '../../src/execute/open-language-runner.ts';
import { openSandbox } from '../../src/execute/sandbox/open-sandbox.ts';
import { readLanguages } from '../../src/pipeline/read-languages.ts';
import { startCodeServer } from './code-server.ts';
import { runCodejury } from './run-codejury.ts';

const home = mkdtempSync(join(tmpdir(), 'codejury-gates-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const privateLanguage = resolve(import.meta.dirname, '../../examples/private-language/language.yaml');

interface Case {
  readonly language: string;
  readonly signature: string;
  readonly tests: string | { readonly before: string; readonly after: string };
  readonly good: string;
  readonly failing: string;
  /** A text that the cleaner can read and the language's compiler cannot. */
  readonly broken: string;
  /** What the gates say of the latter two. */
  readonly compileSays: RegExp;
  readonly testsSay: RegExp;
}

const java = (body: string) => `public static long twice(int x) {\n    ${body}\n}`;
const script = (body: string) => `function twice(x) {\n  ${body}\n}`;
const typescript = (body: string) => `function twice(x: number): number {\n  ${body}\n}`;
const cpp = (body: string) => `long twice(long x) {\n  ${body}\n}`;
const lua = (body: string) => `local function twice(x)\n  ${body}\nend`;
const rules = (body: string) => `rule twice(x)\n  ${body}\ndone`;
const assert = "if (twice(3) !== 6) throw new Error('twice(3)');";

const cases: readonly Case[] = [
  {
    language: 'java',
    signature: 'public static long twice(int x) {',
    tests: {
      before: 'class Problem {\n',
      after: '    public static void main(String[] args) {\n        assert twice(3) == 6;\n    }\n}\n',
    },
    good: java('return 2L * x;'),
    failing: java('return x * x;'),
    broken: java('return "six";'),
    compileSays: /line 2: .*String cannot be converted to long/,
    testsSay: /^failed: twice\(3\) gave 9, expected 6/,
  },
  {
    language: 'javascript',
    signature: 'function twice(x) {',
    tests: "require('assert').strictEqual(twice(3), 6);",
    good: script('return 2 * x;'),
    failing: script('return x * x;'),
    broken: script('let y = x; let y = 2; return x * y;'),
    compileSays: /line 2: .*'y' has already been declared/,
    testsSay: /^failed: twice\(3\) gave 9, expected 6/,
  },
  {
    language: 'typescript',
    signature: 'function twice(x: number): number {',
    tests: assert,
    good: typescript('return 2 * x;'),
    failing: typescript('return x * x;'),
    broken: typescript('return "six";'),
    compileSays: /line 2: .*not assignable/,
    testsSay: /^(failed|runtime-error): .*twice\(3\)/,
  },
  {
    language: 'cpp',
    signature: 'long twice(long x) {',
    tests: 'int main() {\n  assert(twice(3) == 6);\n}\n',
    good: cpp('return 2 * x;'),
    failing: cpp('return x * x;'),
    broken: cpp('return absent(x);'),
    compileSays: /line 2: .*absent/,
    testsSay: /^failed: .*twice\(3\)/,
  },
  {
    language: 'lua',
    signature: 'local function twice(x)',
    tests: 'assert(twice(3) == 6)',
    good: lua('return 2 * x'),
    failing: lua('return x * x'),
    broken: lua('goto nowhere'),
    compileSays: /nowhere/,
    testsSay: /^failed: twice\(3\) gave 9, expected 6/,
  },
  {
    language: 'rulescript',
    signature: 'rule twice(x)',
    tests: 'check twice(3) is 6',
    good: rules('give x * 2'),
    failing: rules('give x * x'),
    broken: rules('give absent(x)'),
    compileSays: /line 2: .*there is no rule absent/,
    testsSay: /^failed: twice\(3\) gave 9, expected 6/,
  },
];

/** Why a language cannot be executed here; null when it can. */
async function problemOf(language: string): Promise<string | null> {
  try {
    const sandbox = await openSandbox('auto', process.env);
    const runner = await openLanguageRunner(sandbox, language, await readLanguages([privateLanguage]));
    await runner.close();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe('gates of a team', () => {
  for (const { language, signature, tests, good, failing, broken, compileSays, testsSay } of cases) {
    it(`${language}: what does not compile or fails is rejected before any judge, what passes wins`, async ({
      skip,
    }) => {
      const problem = await problemOf(language);
      skip(problem !== null, problem ?? '');
      const answers = [broken, failing, good].map((code) => `Sure!\n\`\`\`${language}\n${code}\n\`\`\``);
      // A judge that believes in the wrong ones, if it were asked.
      await using server = await startCodeServer({ answers, isRight: (prompt) => !prompt.includes(good) });
      const model = `openai:tiny@${server.baseUrl}`;
      const team = join(home, `${language}-team.yaml`);
      const task = join(home, `${language}-task.yaml`);
      writeFileSync(
        team,
        JSON.stringify({
          generator: { model, samples: 30 },
          judges: [{ model }],
          gates: ['parse', 'compile', 'tests'],
          languageFiles: [privateLanguage],
          limits: { wallTime: '10s' },
        }),
      );
      writeFileSync(
        task,
        JSON.stringify({
          language,
          description: 'Give twice the number.',
          signature,
          entryPoint: 'twice',
          tests,
        }),
      );
      const args = ['solve', '--task', task, '--team', team, '--json'];
      const { status, stdout, stderr } = await runCodejury(args, { home });
      expect(status, stderr).toBe(0);
      const { candidates, selected } = JSON.parse(stdout) as SolveResult;
      expect(candidates).toHaveLength(3);
      const of = (code: string) => candidates.find((candidate) => candidate.code.trim() === code);
      expect(of(broken)?.rejected).toMatchObject({
        reason: 'gate-compile',
        detail: expect.stringMatching(compileSays),
      });
      expect(of(failing)?.rejected).toMatchObject({
        reason: 'gate-tests',
        detail: expect.stringMatching(testsSay),
      });
      expect([of(broken), of(failing)].map((candidate) => candidate?.verdicts)).toEqual([[], []]);
      expect(of(good)).toMatchObject({ rejected: null, execution: { outcome: 'passed' } });
      expect(selected?.code.trim()).toBe(good);
    }, 120_000);
  }
});
