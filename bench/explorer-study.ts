import type { Outcome } from '../src/contracts/execution.ts';
import type { ExplorerCandidate, ExplorerTask } from '../src/contracts/study-report.ts';
import { type Random, seededRandom } from '../src/util/random.ts';

const SYLLABLES = 'ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo zu'.split(' ');
const OUTCOMES: readonly Outcome[] = [
  'passed',
  'failed',
  'failed',
  'runtime-error',
  'compile-error',
  'timeout',
];
const LANGUAGES = ['python', 'java', 'javascript'];

/** Candidates of one task share their words, as those of a model do. */
const WORDS_A_TASK = 100;

/** An invented study: code of invented words, still harder to compress than that of models, about 800 characters a candidate. */
export function explorerStudy(
  taskCount: number,
  candidatesATask: number,
  judges: readonly string[],
): readonly ExplorerTask[] {
  const random = seededRandom(1);
  const words = Array.from({ length: 2000 }, () => invent(random));
  return Array.from({ length: taskCount }, (_, index): ExplorerTask => {
    const first = Math.floor(random() * (words.length - WORDS_A_TASK));
    const word = () => words[first + Math.floor(random() * WORDS_A_TASK)] ?? '';
    const name = `${word()}_${word()}`;
    const language = LANGUAGES[index % LANGUAGES.length] ?? '';
    return {
      id: `${language}/${name}-${index}`,
      language,
      description: Array.from({ length: 60 }, word).join(' '),
      signature: `def ${name}(${word()}: int, ${word()}: str) -> str:`,
      canonical: program(name, word, random),
      candidates: Array.from({ length: candidatesATask }, (__, number) =>
        candidate(`${index}-${number}`, program(name, word, random), judges, random),
      ),
    };
  });
}

function candidate(id: string, code: string, judges: readonly string[], random: Random): ExplorerCandidate {
  const outcome = OUTCOMES[Math.floor(random() * OUTCOMES.length)] ?? 'passed';
  return {
    id: `${Math.floor(random() * 2 ** 32).toString(16)}${id}`,
    generator: random() < 0.5 ? 'small' : 'smaller',
    code,
    samples: 1 + Math.floor(random() * 3),
    rejected: null,
    outcome,
    feedback:
      outcome === 'passed'
        ? null
        : {
            kind: 'AssertionError',
            line: 1 + Math.floor(random() * 12),
            message: `expected ${random()}`,
            input: `f(${random()})`,
            expected: `${random()}`,
            actual: `${random()}`,
          },
    verdicts: judges.map((judge) => {
      const probabilityCorrect = random();
      return { judge, label: probabilityCorrect > 0.5 ? 1 : 0, probabilityCorrect };
    }),
  };
}

function program(name: string, word: () => string, random: Random): string {
  const lines = Array.from({ length: 14 }, () => {
    const indent = ' '.repeat(4 * (1 + Math.floor(random() * 3)));
    return `${indent}${word()} = ${word()}.${word()}(${word()}, ${Math.floor(random() * 100)})  # ${word()}`;
  });
  return `def ${name}(${word()}, ${word()}):\n${lines.join('\n')}\n    return "${word()}"\n`;
}

function invent(random: Random): string {
  return Array.from(
    { length: 2 + Math.floor(random() * 3) },
    () => SYLLABLES[Math.floor(random() * 20)],
  ).join('');
}
