import type { DataCard } from '../contracts/data-card.ts';

/** The paper's counts, to see how a dataset differs from the one the method was measured with (arXiv 2602.11911). */
const PAPER = {
  tasks: '722 (504 / 73 / 145)',
  candidates: '27,998 (19,484 / 2,873 / 5,641) of 36,100 generations',
  correct: 'about 30 % in each split',
};

/** The data card for people, in Markdown. */
export function renderDataCard(card: DataCard): string {
  const total = (of: (split: DataCard['splits'][number]) => number) =>
    card.splits.reduce((sum, split) => sum + of(split), 0);
  const perSplit = (of: (split: DataCard['splits'][number]) => number) =>
    `${number(total(of))} (${card.splits.map((split) => number(of(split))).join(' / ')})`;
  return `${[
    '# Data card',
    '',
    `Made by \`codejury dataset build\` ${card.codejury}. Everything here follows from inputs and settings: the same command gives`,
    'the same bytes.',
    '',
    '## What is left after each filter',
    '',
    ...table(
      ['filter', 'of', 'removed', 'left'],
      card.funnel.map(({ filter, unit, removed, left }) => [filter, unit, number(removed), number(left)]),
    ),
    '',
    '## Splits',
    '',
    'By problem: tasks of one problem, in whatever benchmark or language, are in one split.',
    '',
    ...table(
      ['split', 'problems', 'tasks', 'with candidates', 'candidates', 'correct', 'wrong', 'correct, share'],
      card.splits.map((split) => [
        split.split,
        number(split.problems),
        number(split.tasks),
        number(split.tasksWithCandidates),
        number(split.candidates),
        number(split.correct),
        number(split.wrong),
        share(split.correct, split.candidates),
      ]),
    ),
    '',
    ...table(
      ['', 'this dataset', 'the paper (Java)'],
      [
        ['tasks', perSplit(({ tasks }) => tasks), PAPER.tasks],
        ['candidates', perSplit(({ candidates }) => candidates), PAPER.candidates],
        [
          'correct',
          share(
            total(({ correct }) => correct),
            total(({ candidates }) => candidates),
          ),
          PAPER.correct,
        ],
      ],
    ),
    '',
    '## Outcomes',
    '',
    ...table(
      ['outcome', 'candidates'],
      card.outcomes.map(({ outcome, candidates }) => [outcome, number(candidates)]),
    ),
    '',
    '## Lengths in characters',
    '',
    ...table(
      ['', 'minimum', 'median', '90 %', 'maximum'],
      card.lengths.map((length) => [
        length.what,
        ...[length.minimum, length.median, length.percentile90, length.maximum].map((value) =>
          value === null ? '-' : number(value),
        ),
      ]),
    ),
    '',
    '## Origin',
    '',
    ...table(
      ['benchmark', 'language', 'tasks'],
      card.benchmarks.map(({ benchmark, language, tasks }) => [benchmark, language, number(tasks)]),
    ),
    '',
    ...table(
      ['licence', 'tasks'],
      card.licences.map(({ licence, tasks }) => [licence, number(tasks)]),
    ),
    '',
    ...table(
      ['generator', 'candidates'],
      card.generators.map(({ generator, candidates }) => [generator, number(candidates)]),
    ),
    '',
    '## How it was made',
    '',
    ...card.runners.map((runner) => `- labels: ${runner}`),
    ...Object.entries(card.settings).map(([name, value]) => `- ${name}: ${JSON.stringify(value)}`),
    ...Object.entries(card.templates).map(([name, hash]) => `- prompt template ${name}: ${hash}`),
    ...card.inputs.map(({ name, sha256 }) => `- input ${name}: sha256 ${sha256 ?? 'unknown'}`),
    '',
    ...table(
      ['file', 'lines', 'sha256'],
      card.files.map(({ file, lines, sha256 }) => [file, number(lines), sha256]),
    ),
  ].join('\n')}\n`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

/** With commas, the same in every locale. */
function number(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

function share(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`;
}
