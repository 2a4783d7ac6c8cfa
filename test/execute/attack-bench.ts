import { readdirSync, readFileSync } from 'node:fs';
import type { CustomLanguage } from '../../src/contracts/custom-language.ts';
import type { Execution } from '../../src/contracts/execution.ts';
import type { Task, TestProgram } from '../../src/contracts/task.ts';
import type { Limits } from '../../src/execute/limits.ts';
import { type Executor, openExecutor } from '../../src/execute/open-executor.ts';
import { describeSandbox, openSandbox } from '../../src/execute/sandbox/open-sandbox.ts';
import type { Sandbox } from '../../src/execute/sandbox/sandbox.ts';

/** Why attacks cannot be tried on this machine; null where they can. */
export const problem = (await describeSandbox(process.env)).problem;

/** A title that says why the tests below it are skipped, where they are. */
export function titled(title: string): string {
  return problem === null ? title : `${title} (skipped: ${problem})`;
}

const SIGNATURES: Readonly<Record<string, string>> = {
  python: 'def attack():',
  javascript: 'function attack()',
  java: 'static int attack()',
};

/** The number, inside, of the process that waits for the next candidate: it is no survivor, nor is a child it has forked ahead. */
const WAITING_NUMBER: Readonly<Record<string, number>> = { python: 1, javascript: 2 };

export function attackTask(language: string, tests: TestProgram): Task {
  return {
    id: 'attack',
    benchmark: 'adhoc',
    language,
    description: 'attack',
    signature: SIGNATURES[language] ?? 'attack()',
    prompt: null,
    completion: null,
    entryPoint: 'attack',
    tests,
    problem: null,
    canonical: null,
    resources: null,
    metadata: {},
  };
}

export interface AttackBench {
  readonly sandbox: Sandbox;
  readonly executor: Executor;
  run(code: string, after: string, limits?: Partial<Limits>): Promise<Execution>;
  /** Sandboxes started to be talked to, so far. */
  starts(): number;
  /** Host process ids of whatever this bench's runs left behind, once the system had time to end them. */
  survivors(): Promise<number[]>;
  close(): Promise<void>;
}

const SURVIVAL_MS = 5_000;

/** A sandbox whose processes all carry a mark in their arguments, so that the host can find what is left of them. */
export async function openAttackBench(
  name: string,
  language = 'python',
  languages: readonly CustomLanguage[] = [],
): Promise<AttackBench> {
  const mark = `codejury-attack-${name}-${process.pid}`;
  const bare = await openSandbox('bubblewrap', process.env);
  let starts = 0;
  const sandbox: Sandbox = {
    ...bare,
    run: (command) => bare.run({ ...command, argv: [...command.argv, mark] }),
    start: (command) => {
      starts += 1;
      return bare.start({ ...command, argv: [...command.argv, mark] });
    },
  };
  const executor = openExecutor({ sandbox, languages });
  let isClosed = false;
  const found = () => strays(mark, isClosed ? null : (WAITING_NUMBER[language] ?? null));
  return {
    sandbox,
    executor,
    starts: () => starts,
    run: (code, after, limits = {}) =>
      executor.execute({
        task: attackTask(language, { before: '', after }),
        candidate: { id: 'attack', code },
        limits,
        signal: new AbortController().signal,
      }),
    survivors: async () => {
      const deadline = Date.now() + SURVIVAL_MS;
      let left = found();
      while (left.length > 0 && Date.now() < deadline) {
        await new Promise((resolve) => setImmediate(resolve));
        left = found();
      }
      return left;
    },
    close: async () => {
      await executor.close();
      isClosed = true;
    },
  };
}

/**
 * Processes of the mark and whatever descends from them, but for the sandboxes' own: bubblewrap, and the one inside that waits
 * for the next candidate, told by its number there. All of them for null.
 */
function strays(mark: string, waitingNumber: number | null): number[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => ({ pid: Number(pid), marked: commandLine(pid).includes(mark), ...statusOf(pid) }));
  const ours = new Set(all.filter(({ marked }) => marked).map(({ pid }) => pid));
  for (let size = 0; size < ours.size; ) {
    size = ours.size;
    for (const { pid, parent } of all) if (ours.has(parent)) ours.add(pid);
  }
  const inside = all.filter(({ pid }) => ours.has(pid));
  if (waitingNumber === null) return inside.map(({ pid }) => pid);
  const waiting = new Set(
    inside.filter(({ ownNumber }) => ownNumber === waitingNumber).map(({ pid }) => pid),
  );
  const ahead = [...waiting].flatMap((pid) => inside.find(({ parent }) => parent === pid)?.pid ?? []);
  return inside
    .filter(({ pid, name }) => name !== 'bwrap' && !waiting.has(pid) && !ahead.includes(pid))
    .map(({ pid }) => pid);
}

/** Name, parent, and the number a process has in its own namespace; nothing of one that has ended. */
function statusOf(pid: string): { name: string; parent: number; ownNumber: number } {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const field = (name: string) => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1] ?? '';
    return {
      name: field('Name'),
      parent: Number(field('PPid')),
      ownNumber: Number(field('NSpid').split(/\s+/).at(-1)),
    };
  } catch {
    // It ended while we looked.
    return { name: 'bwrap', parent: 0, ownNumber: 1 };
  }
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    // It ended while we looked.
    return '';
  }
}
