import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { ExecutedCandidate } from '../src/contracts/executed-candidate.ts';
import { writeFileAtomically } from '../src/io/write-file-atomically.ts';
import { findLanguage } from '../src/lang/find-language.ts';
import { openPromptTokenizer } from '../src/lm/llama/open-prompt-tokenizer.ts';
import { chatRequest, promptLanguage } from '../src/prompts/generator.ts';
import { readTasks } from '../src/tasks/read-tasks.ts';
import { readJsonLines, toJsonLines } from './json-lines.ts';

// What SmolLM2 writes for the project's own Python tasks, labelled by their tests: data of the shipped judge. Drawing takes more than
// an hour on two cores, so the result is kept in the repository.
//   node scripts/shipped-judge-samples.ts --python PYTHON --model MODEL.gguf [--drawn FILE] [--threads N]
// PYTHON is that of `codejury train --setup`; FILE (default: judge-samples.jsonl in the system's folder for temporary files) keeps
// what is drawn, so that a stopped run goes on there.

const TASKS = 'judges/data';
const FILE = 'judges/samples/smollm2-135m-python.jsonl.gz';
/** Of each task. */
const SAMPLES = 16;

interface DrawnSample {
  readonly id: string;
  readonly sample: number;
  readonly text: string;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      python: { type: 'string' },
      model: { type: 'string' },
      drawn: { type: 'string', default: join(tmpdir(), 'judge-samples.jsonl') },
      threads: { type: 'string', default: '2' },
    },
  });
  const { python, model, drawn, threads } = values;
  if (python === undefined || model === undefined) {
    console.error('node scripts/shipped-judge-samples.ts --python PYTHON --model MODEL.gguf [--drawn FILE]');
    process.exitCode = 2;
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'codejury-samples-'));
  try {
    const prompts = join(folder, 'prompts.jsonl');
    const ids = await writePrompts(model, prompts);
    const args = ['scripts/draw-samples.py', model, prompts, drawn, '--samples', String(SAMPLES)];
    execFileSync(python, [...args, '--threads', threads], { stdio: 'inherit' });
    const lines = await label(readDrawn(drawn), ids, folder);
    await writeFileAtomically(FILE, gzipSync(toJsonLines(lines)));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The tokens that codejury's generator is given for each task; the ids of the tasks, in order. */
async function writePrompts(model: string, file: string): Promise<string[]> {
  const tokenizer = await openPromptTokenizer({ name: model, path: model, gpu: 'off', chatTemplate: null });
  const language = promptLanguage(findLanguage('python'));
  const lines: { id: string; tokens: number[] }[] = [];
  for await (const task of readTasks([TASKS])) {
    const shared = chatRequest(task, language);
    lines.push({
      id: task.id,
      tokens: tokenizer.encodeQuestion({ kind: 'chat', system: null, shared, own: '' }),
    });
  }
  await tokenizer.dispose();
  await writeFile(file, toJsonLines(lines));
  return lines.map(({ id }) => id);
}

/** Samples of each task, in order; none of tasks that are no more. */
function readDrawn(file: string): Map<string, DrawnSample[]> {
  const samples = readJsonLines<DrawnSample>(file).sort((a, b) => a.sample - b.sample);
  return Map.groupBy(samples, ({ id }) => id);
}

async function label(
  drawn: ReadonlyMap<string, readonly DrawnSample[]>,
  ids: readonly string[],
  folder: string,
): Promise<ExecutedCandidate[]> {
  const [samples, out] = [join(folder, 'samples.jsonl'), join(folder, 'out.jsonl')];
  const lines = ids.flatMap((taskId) =>
    (drawn.get(taskId) ?? []).map(({ text }) => ({ taskId, text, form: 'chat', generator: 'smollm2-135m' })),
  );
  await writeFile(samples, toJsonLines(lines));
  const args = ['execute', '--tasks', TASKS, '--samples', samples, '--out', out, '--quiet', '--json'];
  execFileSync(process.execPath, ['src/cli/main.ts', ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  // The same bytes whatever the machine was doing.
  return readJsonLines<ExecutedCandidate>(out).map((line) => ({ ...line, durationMs: null }));
}

await main();
