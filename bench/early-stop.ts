/** Candidates of bundled tasks, answers ended where nothing that follows can change the candidate, against the same seeds to their end. */

import { performance } from 'node:perf_hooks';
import { cleanText } from '../src/clean/clean-text.ts';
import type { Task } from '../src/contracts/task.ts';
import { generateSamples } from '../src/generate/generate-samples.ts';
import { findLanguage } from '../src/lang/find-language.ts';
import type { LanguageModel } from '../src/lm/language-model.ts';
import { writerRequest } from '../src/pipeline/writer-request.ts';
import { listBundledTasks } from '../src/tasks/bundled-tasks.ts';
import { openBenchModel } from './open-bench-model.ts';

const TASKS = 12;
const SAMPLES = 4;
const SEED = 1;
const SETTINGS = { temperature: 1, topP: 0.9, topK: 0, maxTokens: 512 };

interface Drawn {
  readonly texts: readonly string[];
  readonly tokens: number;
  readonly seconds: number;
}

export async function run(): Promise<void> {
  const tasks = (await listBundledTasks())
    .filter(({ language, metadata }) => language === 'python' && metadata.smallModel === true)
    .slice(0, TASKS);
  console.log(
    `early-stop: ${SAMPLES} samples of ${tasks.length} tasks for small models, at most ${SETTINGS.maxTokens} tokens`,
  );
  const model = await openBenchModel({ threads: 1, batching: 'batched' });
  try {
    await compare(model, tasks);
  } finally {
    await model.dispose();
  }
}

async function compare(model: LanguageModel, tasks: readonly Task[]): Promise<void> {
  const sums = { whole: 0, ended: 0, wholeSeconds: 0, endedSeconds: 0, texts: 0, candidates: 0 };
  for (const task of tasks) {
    const ended = await draw(model, task, true);
    const whole = await draw(model, task, false);
    console.log(`  ${task.id}: ${whole.tokens} tokens to the end, ${ended.tokens} ended early`);
    sums.whole += whole.tokens;
    sums.ended += ended.tokens;
    sums.wholeSeconds += whole.seconds;
    sums.endedSeconds += ended.seconds;
    for (const [index, text] of ended.texts.entries()) {
      const wholeText = whole.texts[index] ?? '';
      sums.texts += wholeText.startsWith(text) ? 0 : 1;
      sums.candidates += (await codeOf(task, text)) === (await codeOf(task, wholeText)) ? 0 : 1;
    }
  }
  const ratioOf = (ended: number, whole: number) => (ended / whole).toFixed(2);
  console.log(`  tokens ${sums.whole} and ${sums.ended}, ratio ${ratioOf(sums.ended, sums.whole)}`);
  console.log(
    `  seconds ${sums.wholeSeconds.toFixed(0)} and ${sums.endedSeconds.toFixed(0)}, ratio ${ratioOf(sums.endedSeconds, sums.wholeSeconds)}`,
  );
  // Batches of another size round differently, so texts may part ways: rarely.
  console.log(
    `  ${sums.candidates} candidates differ, ${sums.texts} texts are other ones from some token on`,
  );
}

async function draw(model: LanguageModel, task: Task, endsEarly: boolean): Promise<Drawn> {
  const language = findLanguage(task.language);
  const writer = {
    model,
    promptKind: 'chat',
    settings: SETTINGS,
    context: { documents: [], examples: [] },
  } as const;
  const { isComplete, ...request } = await writerRequest(task, language, writer, console.error);
  const texts: string[] = [];
  let tokens = 0;
  const startedAt = performance.now();
  for await (const { index, text, tokenCount } of generateSamples({
    ...request,
    isComplete: endsEarly ? isComplete : undefined,
    indices: Array.from({ length: SAMPLES }, (_, index) => index),
    seed: SEED,
    inTurn: false,
  })) {
    texts[index] = text;
    tokens += tokenCount ?? 0;
  }
  return { texts, tokens, seconds: (performance.now() - startedAt) / 1000 };
}

async function codeOf(task: Task, text: string): Promise<string> {
  const language = findLanguage(task.language);
  return (await cleanText({ task: { ...task, prompt: null }, language, text, form: 'chat' })).code;
}
