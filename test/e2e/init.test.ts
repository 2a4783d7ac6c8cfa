import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DataCard } from '../../src/contracts/data-card.ts';
import type { ExecuteSummary } from '../../src/contracts/execute-summary.ts';
import type { ExecutedCandidate } from '../../src/contracts/executed-candidate.ts';
import type { InitResult } from '../../src/contracts/init-result.ts';
import type { InspectionReport } from '../../src/contracts/inspection.ts';
import type { JudgeResult } from '../../src/contracts/judge-result.ts';
import type { SolveResult } from '../../src/contracts/solve-result.ts';
import type { Task } from '../../src/contracts/task.ts';
import { problem, titled } from '../execute/attack-bench.ts';
import { startCodeServer } from './code-server.ts';
import { runCodejury } from './run-codejury.ts';
import { noTerminal, talkOnTerminal } from './talk-on-terminal.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'codejury-init-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = (...names: string[]) => join(folder, ...names);
const run = (...args: string[]) => runCodejury(args, { home: at('home') });
const records = <T>(file: string): T[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);

/** A team like the project's, but with models on a local server. */
function teamFile(baseUrl: string): string {
  const model = `openai:tiny@${baseUrl}`;
  const file = at('my-language', 'local-team.yaml');
  writeFileSync(
    file,
    JSON.stringify({
      generator: { model, samples: 6, context: ['language.md', 'example.yaml'] },
      judges: [{ model }],
      gates: ['parse', 'compile', 'tests'],
      languageFiles: ['language.yaml'],
    }),
  );
  return file;
}

const larger = (condition: string) =>
  `Sure!\n\`\`\`rulescript\nrule larger(a, b)\n  when ${condition}\n    give a\n  done\n  give b\ndone\n\`\`\``;

describe('codejury init --yes', () => {
  const tasks = () => at('my-language', 'tasks');
  const language = () => at('my-language', 'language.yaml');
  const samples = () => at('my-language', 'samples.jsonl');
  beforeAll(async () => {
    const { status, stdout, stderr } = await run('init', at('my-language'), '--yes');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^ {2}cd \S+my-language\n {2}codejury tasks inspect tasks --language-file/m);
    expect(stdout).not.toContain('FILL IN');
  });

  it('has the whole example project, and writes it once', async () => {
    expect(readdirSync(at('my-language')).toSorted()).toEqual(
      'README.md example.yaml language.md language.yaml rulescript.py samples.jsonl study.yaml tasks team.yaml'.split(
        ' ',
      ),
    );
    writeFileSync(at('my-language', 'mine'), '');
    const again = await run('init', at('my-language'), '--yes', '--json');
    expect(again).toMatchObject({ status: 2, stdout: '' });
    expect(JSON.parse(again.stderr).error).toMatchObject({
      code: 'usage',
      message: expect.stringContaining('is there already'),
    });
    rmSync(at('my-language', 'mine'));
  });

  it('lists and shows its tasks', async () => {
    const list = await run('tasks', 'list', tasks());
    expect(list.stdout.trim().split('\n')).toHaveLength(12);
    const show = await run('tasks', 'show', tasks(), 'larger');
    expect(show.stdout).toContain('check larger(1, 2) is 2');
    const task = JSON.parse((await run('tasks', 'show', tasks(), 'larger', '--json')).stdout) as Task;
    expect(task).toMatchObject({ id: 'rulescript/larger', entryPoint: 'larger', language: 'rulescript' });
  });

  describe.skipIf(problem !== null)(titled('in a sandbox'), () => {
    const onLanguage = () => ['--language-file', language()];

    it('inspects them: none is dropped, and programs that solve nothing were tried', async () => {
      const exclusions = at('my-language', 'weak.yaml');
      const inspect = [
        'tasks',
        'inspect',
        tasks(),
        ...onLanguage(),
        '--exclusions',
        exclusions,
        '--runs',
        '2',
      ];
      const { status, stdout } = await run(...inspect, '--json', '--fail-on-dropped');
      expect(status).toBe(0);
      const report = JSON.parse(stdout) as InspectionReport;
      expect(report.tasks.map(({ verdict }) => verdict)).toEqual(Array(11).fill('kept'));
      for (const { checks } of report.tasks) {
        const kinds = new Map(checks.map(({ check, outcome }) => [check, outcome]));
        expect([...kinds.keys()].toSorted()).toEqual(['dummy', 'empty', 'reference', 'throwing']);
        expect(kinds.get('reference')).toBe('passed');
        // It compiles, and is seen to fail where it runs.
        expect(kinds.get('throwing')).toBe('runtime-error');
      }
      expect(readFileSync(exclusions, 'utf8')).toContain('excluded: []');
      expect((await run(...inspect)).stdout).toMatch(/= kept +11\n/);
    });

    it('drops a task whose tests say nothing', async () => {
      const weak = at('weak-task.yaml');
      const text = readFileSync(join(tasks(), 'larger.yaml'), 'utf8');
      writeFileSync(
        weak,
        text.replace(/^ {2}check .*\n/gm, '').replace('tests: |\n', 'tests: |\n  check 1 is 1\n'),
      );
      const { status, stdout } = await run('tasks', 'inspect', weak, ...onLanguage(), '--fail-on-dropped');
      expect(status).toBe(3);
      expect(stdout).toMatch(/an empty body passes +1\n/);
    });

    it('executes its samples: every outcome, with feedback in the lines of the candidate', async () => {
      const out = at('results.jsonl');
      const args = ['execute', '--tasks', tasks(), '--samples', samples(), ...onLanguage(), '--out', out];
      const { status, stdout } = await run(...args, '--json');
      expect(status).toBe(0);
      const summary = JSON.parse(stdout) as ExecuteSummary;
      expect(summary).toMatchObject({ tasks: 11, tasksWithoutSamples: 0, samples: 29, candidates: 28 });
      const rows = records<ExecutedCandidate>(out);
      const found = (sample: number) => rows.find((row) => row.samples.includes(sample));
      expect(rows.filter(({ outcome }) => outcome === 'passed')).toHaveLength(12);
      expect(found(0)).toMatchObject({ samples: [0, 1], outcome: 'passed', feedback: null });
      expect(found(2)).toMatchObject({
        outcome: 'failed',
        feedback: { kind: 'assertion', input: 'larger(1, 2)', expected: '2', actual: '1' },
      });
      // What the candidates' own second lines say.
      expect(found(3)).toMatchObject({
        outcome: 'compile-error',
        feedback: { line: 2, message: 'nothing is called c here' },
      });
      expect(found(4)).toMatchObject({
        outcome: 'runtime-error',
        feedback: { kind: 'wrong-kind', line: 2 },
      });
      expect(found(5)).toMatchObject({ outcome: 'exited-early' });
      expect(found(6)).toMatchObject({ outcome: null, rejected: { reason: 'incomplete' } });
      expect(found(10)?.feedback).toMatchObject({ kind: 'out-of-range', line: 5 });
      expect(found(18)?.feedback).toMatchObject({ expected: '["quick", "brown"]', actual: '["quick"]' });
    });

    it('tells what is too slow, too large or too deep', async () => {
      const rule = (...lines: string[]) =>
        JSON.stringify({
          taskId: 'rulescript/larger',
          text: ['rule larger(a, b)', ...lines, 'done'].join('\n'),
          form: 'chat',
        });
      const hard = at('hard.jsonl');
      writeFileSync(
        hard,
        [
          rule('  while yes', '  done'),
          rule('  let x be [1]', '  while yes', '    let x be x & x', '  done'),
          rule('  give larger(a, b)'),
          rule('  while yes', '    say "flood"', '  done'),
        ].join('\n'),
      );
      const out = at('hard-results.jsonl');
      const args = ['execute', '--tasks', tasks(), '--samples', hard, ...onLanguage(), '--out', out];
      const limits = ['--limit', 'memory=256MiB', '--limit', 'wallTime=5s', '--json'];
      expect((await run(...args, ...limits)).status).toBe(0);
      expect(
        records<ExecutedCandidate>(out).map(({ outcome, feedback }) => [outcome, feedback?.kind]),
      ).toEqual([
        ['timeout', 'wall-time'],
        ['out-of-memory', 'memory'],
        ['runtime-error', 'too-deep'],
        ['runtime-error', 'output'],
      ]);
    });

    it('builds a dataset: files, split, labels; the same bytes again', async () => {
      const build = (out: string) =>
        run(
          ...['dataset', 'build', '--tasks', tasks(), '--samples', samples(), ...onLanguage()],
          ...['--out', at(out), '--seed', '1', '--json'],
        );
      const card = JSON.parse((await build('dataset')).stdout) as DataCard;
      expect(card.splits.map(({ split, tasks, candidates }) => [split, tasks, candidates])).toEqual([
        ['train', 6, expect.any(Number)],
        ['validation', 2, expect.any(Number)],
        ['test', 3, expect.any(Number)],
      ]);
      expect(card.splits.reduce((sum, { candidates }) => sum + candidates, 0)).toBe(27);
      const feedback = records<{ prompt: string; completion: string }>(
        at('dataset', 'judge-feedback.train.jsonl'),
      );
      expect(new Set(feedback.map(({ completion }) => completion[0]))).toEqual(new Set(['0', '1']));
      expect(feedback[0]?.prompt).toContain('rule ');
      expect(feedback.some(({ completion }) => /\bExpected .*, but got /.test(completion))).toBe(true);
      const solutions = readFileSync(at('dataset', 'generator.train.jsonl'), 'utf8');
      expect(solutions).toContain('RuleScript');
      await build('dataset-again');
      for (const name of readdirSync(at('dataset'))) {
        const [bytes, again] = ['dataset', 'dataset-again'].map((one) => readFileSync(at(one, name)));
        expect(bytes?.equals(again ?? Buffer.of()), name).toBe(true);
      }
    });

    it('is written, tested and judged by a team', async () => {
      const answers = [larger('a > b'), larger('a < b'), larger('a > c')];
      await using server = await startCodeServer({
        answers,
        isRight: (prompt) => prompt.includes('a > b'),
      });
      const team = teamFile(server.baseUrl);
      const task = join(tasks(), 'larger.yaml');
      const solved = await run('solve', '--task', task, '--team', team, '--seed', '7', '--json');
      expect(solved.status).toBe(0);
      const result = JSON.parse(solved.stdout) as SolveResult;
      expect(result.selected?.code).toBe(
        'rule larger(a, b)\n  when a > b\n    give a\n  done\n  give b\ndone',
      );
      const rejected = (text: string) =>
        result.candidates.find(({ code }) => code.includes(text))?.rejected?.reason;
      expect([rejected('a > b'), rejected('a < b'), rejected('a > c')]).toEqual([
        undefined,
        'gate-tests',
        'gate-compile',
      ]);
      const prompt = server.generatingPrompts().join('\n');
      expect(prompt).toContain('`sorted(list)`');
      expect(prompt).toContain('rule average_from(numbers, limit)');

      const candidates = at('candidates.jsonl');
      const codes = ['a > b', 'a < b'].map((condition) =>
        larger(condition)
          .split('```')[1]
          ?.replace(/^\w+\n/, ''),
      );
      writeFileSync(candidates, codes.map((code) => `${JSON.stringify({ code })}\n`).join(''));
      const judged = await run(
        ...['judge', '--task', task, '--candidates', candidates, '--team', team, '--json'],
      );
      expect(judged.status).toBe(0);
      const { candidates: verdicts } = JSON.parse(judged.stdout) as JudgeResult;
      expect(verdicts.map(({ probabilityCorrect }) => Number(probabilityCorrect?.toFixed(3)))).toEqual([
        0.9, 0.1,
      ]);
    });
  });
});

describe('codejury init of a language that is described', () => {
  const ACME = `# Python with \`fun\` for \`def\` and braces around blocks.
import re, sys, traceback
lines = open(sys.argv[-1]).read().split("\\n")
text = "\\n".join(re.sub(r"^ *\\}$", "", re.sub(r" *\\{$", ":", line)).replace("fun ", "def ") for line in lines)
try:
    exec(compile(text, "program", "exec"), {})
except Exception as error:
    sys.exit("line %d: %s: %s" % (traceback.extract_tb(error.__traceback__)[-1].lineno, type(error).__name__, error))
`;
  const flags = [
    ...[
      '--language-id',
      'acme',
      '--function-pattern',
      '^fun (?<name>\\w+)',
      '--finished',
      'print("{{token}}")',
    ],
    ...['--run', 'python3 -I -S acme.py {{file}}'],
  ];
  const inspect = (folder: string, ...more: string[]) =>
    run(
      'tasks',
      'inspect',
      at(folder, 'tasks'),
      '--language-file',
      at(folder, 'language.yaml'),
      '--runs',
      '2',
      ...more,
    );
  const change = (file: string, ...changes: readonly (readonly [string, string])[]) => {
    let text = readFileSync(file, 'utf8');
    for (const [from, to] of changes) {
      expect(text).toContain(from);
      text = text.replace(from, () => to);
    }
    writeFileSync(file, text);
  };

  let made: InitResult;
  beforeAll(async () => {
    made = JSON.parse((await run('init', at('acme'), '--yes', ...flags, '--json')).stdout) as InitResult;
  });

  it('makes what loads, and says what its owner has to write', async () => {
    expect(made).toEqual({
      folder: at('acme'),
      language: 'acme',
      files: expect.arrayContaining(['README.md', 'language.yaml', 'team.yaml', 'study.yaml']),
      incomplete: ['language.md', 'tasks/larger.yaml', 'tasks/distance.yaml', 'example.yaml'],
      missing: ['acme.py'],
    });
    const report = await run('init', at('acme-too'), '--yes', ...flags);
    expect(report.stdout).toMatch(
      /^ {2}put acme\.py into .*\n {2}complete language\.md, .* FILL IN where\n/m,
    );
    const { stdout, status } = await run('tasks', 'list', at('acme', 'tasks'));
    expect(status).toBe(0);
    expect(stdout).toMatch(/^acme\/larger +- +- +- +fun larger\(a, b\)$/m);
    const solve = await run(
      'solve',
      '--task',
      at('acme', 'tasks/larger.yaml'),
      '--team',
      at('acme', 'team.yaml'),
    );
    expect(solve).toMatchObject({ status: 2, stderr: expect.stringContaining('has no tests') });
  });

  it.skipIf(problem !== null)(titled('works once it is completed'), async () => {
    expect((await inspect('acme')).stdout).toContain('acme/larger    no tests');
    change(
      at('acme', 'tasks/larger.yaml'),
      ['tests: |\n', 'tests: |\n  assert larger(1, 2) == 2\n  assert larger(5, 3) == 5\n'],
      ['canonical: |\n', 'canonical: |\n  fun larger(a, b) {\n    return max(a, b)\n  }\n'],
    );
    change(
      at('acme', 'tasks/distance.yaml'),
      ['tests: |\n', 'tests: |\n  assert distance(1, 4) == 3\n  assert distance(4, 1) == 3\n'],
      ['canonical: |\n', 'canonical: |\n  fun distance(a, b) {\n    return abs(a - b)\n  }\n'],
    );
    const lacking = await inspect('acme');
    expect(lacking.status).toBe(2);
    expect(lacking.stderr).toMatch(/cannot read .*acme\.py, which a language's runner needs/);
    writeFileSync(at('acme', 'acme.py'), ACME);
    change(
      at('acme', 'language.yaml'),
      ['  # errors:\n', '  errors:\n'],
      [
        "  #   runtime: ['^(?<kind>\\w+) at line (?<line>\\d+): (?<message>.*)$']",
        "    runtime: ['^line (?<line>\\d+): (?<kind>\\w+): (?<message>.*)$']",
      ],
      ['dummies: []', "dummies: ['return 0', 'return 1', 'return a']"],
    );
    const whole = await inspect('acme', '--fail-on-dropped', '--json');
    expect(whole.status).toBe(0);
    const { tasks } = JSON.parse(whole.stdout) as InspectionReport;
    expect(tasks.map(({ verdict }) => verdict)).toEqual(['kept', 'kept']);
    expect(tasks[1]?.checks.map(({ check }) => check)).toEqual([
      'reference',
      'empty',
      'dummy',
      'dummy',
      'dummy',
    ]);

    const samples = at('acme', 'samples.jsonl');
    const texts = ['fun larger(a, b) {\n  return a if a > b else b\n}', 'fun larger(a, b) {\n  return c\n}'];
    writeFileSync(
      samples,
      texts.map((text) => JSON.stringify({ taskId: 'acme/larger', text, form: 'chat' })).join('\n'),
    );
    const out = at('acme', 'results.jsonl');
    const args = ['--tasks', at('acme', 'tasks'), '--samples', samples, '--out', out];
    await run('execute', ...args, '--language-file', at('acme', 'language.yaml'));
    expect(records<ExecutedCandidate>(out)).toMatchObject([
      { outcome: 'passed' },
      { outcome: 'runtime-error', feedback: { kind: 'NameError', line: 2 } },
    ]);
  });

  it('says which flag is wrong, and writes nothing', async () => {
    const wrong = await run('init', at('wrong'), '--yes', ...flags, '--extension', 'acme');
    expect(wrong).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining('--extension: expected'),
    });
    expect(readdirSync(folder).filter((name) => name.startsWith('wrong'))).toEqual([]);
  });

  it('needs a terminal to ask on', async () => {
    const blind = await run('init', at('blind'));
    expect(blind).toMatchObject({ status: 2, stderr: expect.stringContaining('--yes') });
  });
});

describe.skipIf(noTerminal !== null)(`codejury init on a terminal ${noTerminal ?? ''}`, () => {
  const talk = (name: string, answers: readonly string[]) =>
    talkOnTerminal(['init', at(name)], answers, { home: at('home') });

  it('asks, again after a faulty answer, and makes what was answered', async () => {
    const { status, shown } = await talk('finch', [
      ...['Finch\r', 'finch\r', '\r', '\r', '--\r', 'keyword\r', '\r'],
      ...['^to (?<name>\\w+)\r', 'to larger a b\r', '\r', 'finch\r', 'finch {{file}}\r', '\r'],
    ]);
    expect(shown).toContain('expected lower-case letters');
    expect(shown).toContain('expected {{file}} among its arguments');
    expect(shown).toContain('complete language.md, tasks/larger.yaml');
    expect(status).toBe(0);
    expect(readFileSync(at('finch', 'language.yaml'), 'utf8')).toContain("endKeyword: 'end'");
    const distance = await run('tasks', 'show', at('finch', 'tasks'), 'distance', '--json');
    expect(JSON.parse(distance.stdout)).toMatchObject({ signature: 'to distance a b' });
  });

  it('writes nothing when the answers end, or at Ctrl-C', async () => {
    const ended = await talk('ended', ['finch\r', '\u0004']);
    expect(ended.status).toBe(2);
    expect(ended.shown).toContain('the input ended');
    expect((await talk('ended', ['finch\r', '\u0003'])).status).toBe(130);
    expect(readdirSync(folder).filter((name) => name.startsWith('ended'))).toEqual([]);
  });
});
