import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectModelFile } from '../../src/models/model-file.ts';
import { locationOf } from '../../src/models/model-location.ts';
import { writeModelRecord } from '../../src/models/model-record.ts';
import { findModelEntry } from '../../src/models/registry.ts';
import { writeTinyGguf } from '../../src/testing/write-tiny-gguf.ts';
import { problem, titled } from '../execute/attack-bench.ts';
import { temporaryFolder } from '../support/tiny-model.ts';

const ROOT = join(import.meta.dirname, '../..');
const MODEL = 'smollm2-135m';

const folder = await temporaryFolder();
afterAll(() => folder.remove());

/**
 * A step of docs/tutorial.md: a block ```sh, and the block ```text behind it. `sh status=3` says how its last command ends; what follows
 * `text model` was printed with the real model and is not compared.
 */
interface Step {
  readonly title: string;
  readonly commands: string;
  readonly status: number;
  /** Lines that have to be printed in this order, whatever stands between them. */
  readonly shown: readonly string[];
}

function stepsOf(guide: string): Step[] {
  const blocks = [...guide.matchAll(/^```(sh|text)(.*)\n([\s\S]*?)^```$/gm)];
  return blocks.flatMap(([, kind, notes = '', commands = ''], index): Step[] => {
    if (kind !== 'sh') return [];
    const [, nextKind, nextNotes = '', output = ''] = blocks[index + 1] ?? [];
    const compared = nextKind === 'text' && nextNotes === '';
    return [
      {
        title: commands.match(/^codejury .*/m)?.[0] ?? commands,
        commands,
        status: Number(/^ status=(\d)$/.exec(notes)?.[1] ?? 0),
        shown: compared ? output.split('\n').filter((line) => !/^\s*(?:…\s*)?$/.test(line)) : [],
      },
    ];
  });
}

const steps = stepsOf(readFileSync(join(ROOT, 'docs/tutorial.md'), 'utf8'));

/**
 * Puts a tiny model where the store keeps the registered one, with the record of a file that was verified, so that every command and
 * file of the tutorial stays as written: the store trusts a file that is as its record says. Asked for a verdict it says 0 or 1; asked
 * for code it writes the same, which is no rule.
 */
async function plantModel(): Promise<void> {
  const { file, record } = locationOf({ kind: 'registered', name: MODEL }, folder.path('home/models'));
  mkdirSync(dirname(file), { recursive: true });
  await writeTinyGguf(file, { contextSize: 8192, transitions: { '\n': { '1': 0.5, '0': 0 } } });
  const facts = await inspectModelFile(file);
  await writeModelRecord(record, {
    sha256: findModelEntry(MODEL)?.sha256 ?? '',
    ...facts,
    source: MODEL,
    commit: null,
    checkedAgainst: 'registry',
    installedAt: new Date(0).toISOString(),
  });
}

/** What a shell prints that runs the commands where the reader is by then: in the project, once the first step has made it. */
function play(commands: string): Promise<{ status: number | null; printed: string }> {
  const project = folder.path('my-language');
  return new Promise((done, fail) => {
    const child = spawn('sh', ['-e', '-c', `exec 2>&1\n${commands}`], {
      cwd: existsSync(project) ? project : folder.path('.'),
      env: {
        ...process.env,
        PATH: `${folder.path('bin')}${delimiter}${process.env.PATH}`,
        CODEJURY_HOME: folder.path('home'),
        // If the planted model were not found, the test should fail, not download.
        HF_HUB_OFFLINE: '1',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    child.stdout?.on('data', (chunk) => {
      printed += String(chunk);
    });
    child.on('error', fail);
    child.on('close', (status) => done({ status, printed }));
  });
}

/** The shown lines up to the first that was not printed behind the one before it: all of them where the guide is right. */
function found(shown: readonly string[], printed: string): string[] {
  const lines = printed.split('\n').map((line) => line.trimEnd());
  let from = 0;
  return shown.slice(0, firstMissing());

  function firstMissing(): number {
    const missing = shown.findIndex((line) => {
      const at = lines.indexOf(line.trimEnd(), from);
      from = at + 1;
      return at < 0;
    });
    return missing < 0 ? shown.length : missing;
  }
}

// The commands of the tutorial one after another, as somebody types them who follows it.
describe.skipIf(problem !== null)(titled('docs/tutorial.md'), () => {
  beforeAll(async () => {
    mkdirSync(folder.path('bin'));
    const command = `#!/bin/sh\nexec '${process.execPath}' '${join(ROOT, 'src/cli/main.ts')}' "$@"\n`;
    writeFileSync(folder.path('bin/codejury'), command, { mode: 0o755 });
    await plantModel();
  });

  it('has commands', () => expect(steps.length).toBeGreaterThan(10));

  it.each(steps)('$title', async ({ commands, status, shown }) => {
    const result = await play(commands);
    expect(result, result.printed).toMatchObject({ status });
    expect(found(shown, result.printed), result.printed).toEqual(shown);
  });
});
