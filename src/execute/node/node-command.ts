import { readFile } from 'node:fs/promises';
import { hashParts } from '../../util/hash.ts';
import type { Limits } from '../limits.ts';
import type { SandboxCommand, SandboxFile } from '../sandbox/sandbox.ts';
import type { Node } from './find-node.ts';

/** The programs that run inside, and what they are. */
export interface NodePrograms {
  readonly files: readonly SandboxFile[];
  /** Of their texts. */
  readonly digest: string;
}

/** What is fixed when a process starts. */
export interface NodeStart {
  /** Of `Math.random`. */
  readonly seed: number;
  /** Null = no limit. */
  readonly cpuSeconds: number | null;
  readonly limits: Limits;
}

const SOURCES = new URL('../../../runners/node/', import.meta.url);
const PARTS = ['classify', 'compile', 'explain', 'expressions', 'source-map', 'wire'];
const MAINS = ['run', 'compile-typescript'] as const;

/** Where they lie in the working folder. */
const FOLDER = '.codejury';

/** Of the limit, what is left to everything but the heap of JavaScript values: engine, compiled code, buffers. */
const BESIDES_HEAP_BYTES = 192 * 1024 ** 2;

/** Seconds between the signal that a program may handle and the one it may not. */
const CPU_KILL_DELAY_S = 2;

/** Megabytes and more may be on the stack: see the script. Kilobytes. */
const STACK = { system: 8192, engine: 3936, engineWithout: 984 };

/**
 * A recursion of ten thousand calls fits the default stack of V8 when the function is compiled in time and does not when it is
 * not, which is chance; four times the default moves that border out of the reach of ordinary tests. A system stack that
 * can hold it is asked for; where that is refused, the default stays.
 */
const STACK_SCRIPT = `{ ulimit -s ${STACK.system}; } 2>/dev/null && stack=${STACK.engine} || stack=${STACK.engineWithout}`;

/** Away from what programs use: they read an empty stdin and print to nowhere. */
const STREAMS_SCRIPT = 'exec 7>&1 8<&0 </dev/null >/dev/null';

export async function readNodePrograms(): Promise<NodePrograms> {
  const read = async (name: string) =>
    [name, await readFile(new URL(`${name}.cjs`, SOURCES), 'utf8')] as const;
  const [parts, mains] = await Promise.all([Promise.all(PARTS.map(read)), Promise.all(MAINS.map(read))]);
  return {
    files: mains.map(([name, text]) => ({ path: `${FOLDER}/${name}.cjs`, content: bundle(text, parts) })),
    digest: hashParts(...[...parts, ...mains].flat()),
  };
}

/** One file, which takes less than half the time that several take to load, and leaves no modules for programs to find. */
function bundle(main: string, parts: readonly (readonly [name: string, text: string])[]): string {
  const entries = parts.map(([name, text]) => `'./${name}.cjs'(module, require) {${text}\n},`);
  return `(() => {
const parts = {${entries.join('\n')}};
const loaded = new Map();
const load = require;
const requirePart = (name) => {
  if (!Object.hasOwn(parts, name)) return load(name);
  if (!loaded.has(name)) {
    const part = { exports: {} };
    loaded.set(name, part);
    parts[name](part, requirePart);
  }
  return loaded.get(name).exports;
};
((require) => {${main}
})(requirePart);
})();`;
}

/** A Node.js process that waits for a request on descriptor 8 and answers on 7. */
export function nodeCommand(
  node: Node,
  programs: NodePrograms,
  program: (typeof MAINS)[number],
  { seed, cpuSeconds, limits }: NodeStart,
): SandboxCommand {
  const script = [
    STREAMS_SCRIPT,
    STACK_SCRIPT,
    ...(cpuSeconds === null
      ? []
      : [`ulimit -S -t ${cpuSeconds}`, `ulimit -H -t ${cpuSeconds + CPU_KILL_DELAY_S}`]),
    'program=$1; shift; exec "$program" --stack-size=$stack "$@"',
  ].join('\n');
  return {
    argv: [
      '/bin/sh',
      '-c',
      script,
      'sh',
      node.executable,
      ...flags(seed, limits),
      `${FOLDER}/${program}.cjs`,
    ],
    files: programs.files.filter(({ path }) => path === `${FOLDER}/${program}.cjs`),
    readOnlyBinds: node.readOnlyBinds,
    capAddressSpace: false,
    limits,
  };
}

function flags(seed: number, limits: Limits): string[] {
  const heapBytes = Math.max(limits.memoryBytes - BESIDES_HEAP_BYTES, limits.memoryBytes / 2);
  return [
    // Hashing the engine's own start-up image anew takes a fifth of the start; nobody floods its tables.
    '--no-rehash-snapshot',
    // 0 would mean: by chance.
    `--random-seed=${(seed % 0x7fff_fffe) + 1}`,
    `--max-old-space-size=${Math.floor(heapBytes / 1024 ** 2)}`,
    // Nothing that a program registers can swallow what a promise was rejected with.
    '--unhandled-rejections=strict',
    '--experimental-vm-modules',
    '--no-addons',
    '--no-warnings',
  ];
}
