import { writeFileSync } from 'node:fs';
import { type Random, seededRandom } from '../src/util/random.ts';
import { codegenIsHere, codegenTexts, solutionTexts, type TokenText } from '../test/support/token-texts.ts';
import { packageScores } from './package-scores.ts';

// Records what the package crystalbleu gives for 500 pairs of implementations, which test/crystalbleu compares with ours: bundled
// solutions and variants of them, whose tokens are recorded too, and where they are there CodeGen 16B's samples, of which only
// the numbers are kept.
//   node scripts/record-crystalbleu.ts PYTHON

const SEED = 20260211;
const PAIRS = 500;
/** Of CodeGen's 5,200 samples every tenth. */
const STEP = 10;
/** The project's setting, one in between, and BLEU with NLTK's epsilon. */
const SETTINGS = [
  { trivialCount: 500, epsilon: 1e-4 },
  { trivialCount: 50, epsilon: 1e-4 },
  { trivialCount: 0, epsilon: 0.1 },
];

async function main(): Promise<void> {
  const [python] = process.argv.slice(2);
  if (python === undefined) {
    console.error('node scripts/record-crystalbleu.ts PYTHON (with crystalbleu 0.2 and nltk)');
    process.exitCode = 2;
    return;
  }
  const random = seededRandom(SEED);
  const groups = [];
  for (const language of ['python', 'java']) {
    const texts = (await solutionTexts(language, 3, random)).slice(0, 80);
    const pairs = drawPairs(texts, PAIRS / 2, random);
    groups.push({
      language,
      pairs,
      ...score(python, texts, pairs),
      texts: texts.map(({ tokens }) => tokens),
    });
  }
  write('solutions.json', groups);
  if (codegenIsHere) {
    const texts = await codegenTexts(STEP);
    const pairs = drawPairs(texts, PAIRS, random);
    write('codegen16b.json', { step: STEP, pairs, ...score(python, texts, pairs) });
  }
}

function score(python: string, texts: readonly TokenText[], pairs: readonly [number, number][]) {
  const { seconds: _, ...scores } = packageScores(python, {
    texts: texts.map(({ tokens }) => tokens),
    corpusSize: texts.length,
    pairs,
    settings: SETTINGS,
  });
  return { settings: SETTINGS, ...scores };
}

/** Distinct ones, half of them of one task, where similarity is high. */
function drawPairs(texts: readonly TokenText[], count: number, random: Random): [number, number][] {
  const pairs = new Map<string, [number, number]>();
  while (pairs.size < count) {
    const hypothesis = Math.floor(random() * texts.length);
    const { taskId } = texts[hypothesis] as TokenText;
    const others = [...texts.keys()].filter(
      (other) => other !== hypothesis && (pairs.size % 2 === 0 || texts[other]?.taskId === taskId),
    );
    const reference = others[Math.floor(random() * others.length)];
    if (reference !== undefined) {
      pairs.set(`${hypothesis} ${reference}`, [hypothesis, reference]);
    }
  }
  return [...pairs.values()];
}

function write(name: string, value: unknown): void {
  writeFileSync(new URL(`../test/crystalbleu/${name}`, import.meta.url), `${JSON.stringify(value)}\n`);
}

await main();
