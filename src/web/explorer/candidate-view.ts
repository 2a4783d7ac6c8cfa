import type { CandidateTexts } from '../../contracts/explorer-data.ts';
import { visibleText } from '../../util/visible-text.ts';
import { codeBlock } from './code-block.ts';
import { button, counted, element } from './element.ts';
import type { ExplorerModel } from './model.ts';
import type { RowTexts } from './page-data.ts';
import type { Row } from './row.ts';
import { hrefOf } from './task-list.ts';
import { verdictKind } from './verdict-kind.ts';
import { kindWords, outcomeTone, outcomeWords } from './words.ts';

/**
 * A candidate: verdicts, code, what the tests said, and beside it the task. `extra` stands under the verdicts, `step` goes to the candidate so
 * many further.
 */
export function candidateView(
  model: ExplorerModel,
  row: Row,
  { task, candidate }: RowTexts,
  step: (steps: number) => void,
  extra: HTMLElement | null,
): readonly (HTMLElement | null)[] {
  const { language } = row.task;
  const syntax = new Map(Object.entries(model.data.languages)).get(language);
  const code = element(
    'div',
    { class: 'explorer-column' },
    element('h4', {}, 'The candidate'),
    codeBlock(candidate.code, 'Code of the candidate', language, syntax, candidate.feedback?.line),
    feedbackOf(candidate),
  );
  const about = element(
    'div',
    { class: 'explorer-column' },
    element('h4', {}, 'The task'),
    element('p', { class: 'explorer-description' }, visibleText(task.description)),
    element('div', { class: 'explorer-signature' }, codeBlock(task.signature, 'Signature', language, syntax)),
    element('h4', {}, 'Reference solution'),
    task.canonical === null
      ? element('p', { class: 'explorer-nothing' }, 'The task has none.')
      : codeBlock(task.canonical, 'Reference solution', language, syntax),
  );
  return [
    heading(model, row, step),
    verdictTable(model, row, candidate),
    extra,
    element('div', { class: 'explorer-columns' }, code, about),
  ];
}

/** In one sentence, for who listens. */
export function sentenceOf(model: ExplorerModel, row: Row): string {
  const { judge } = model.filters;
  const name = model.data.judges[judge];
  const said = name === undefined ? '' : `, ${name}: ${kindWords(verdictKind(row, judge))}`;
  const place = `${counted(model.position + 1)} of ${counted(model.shown.length)}`;
  return `Candidate ${place}: ${row.task.id}, ${outcomeWords(row)}${said}`;
}

function heading(model: ExplorerModel, row: Row, step: (steps: number) => void): HTMLElement {
  const stepper = (text: string, key: string, steps: number) =>
    button(text, () => step(steps), {
      'aria-disabled': model.keyAt(steps) === null ? 'true' : null,
      'aria-keyshortcuts': key,
      'data-focus': text,
    });
  const { samples } = row.candidate;
  return element(
    'header',
    { class: 'explorer-heading' },
    element(
      'div',
      {},
      element('h3', {}, row.task.id),
      element(
        'p',
        {},
        element('span', { class: 'explorer-badge', 'data-tone': outcomeTone(row) }, outcomeWords(row)),
        ' ',
        element('a', { href: hrefOf(row.key), 'data-focus': 'link' }, element('code', {}, row.candidate.id)),
        ` by ${row.generator}${samples > 1 ? `, sampled ${counted(samples)} times` : ''}, ${row.task.language}`,
      ),
    ),
    element(
      'div',
      { class: 'explorer-steps' },
      stepper('‹ Previous', 'k', -1),
      element('span', {}, `${counted(model.position + 1)} of ${counted(model.shown.length)}`),
      stepper('Next ›', 'j', 1),
    ),
  );
}

function verdictTable(model: ExplorerModel, row: Row, { probabilities }: CandidateTexts): HTMLElement | null {
  const { judges } = model.data;
  if (judges.length === 0) return null;
  const lines = judges.map((name, index) => {
    const kind = verdictKind(row, index);
    const probability = probabilities[index] ?? null;
    return element(
      'tr',
      { 'data-chosen': index === model.filters.judge },
      element('th', { scope: 'row' }, name),
      element('td', {}, saidOf(row.candidate.labels[index])),
      element('td', { class: 'explorer-probability' }, ...probabilityBar(probability)),
      element('td', {}, element('span', { class: 'explorer-tag', 'data-tone': kind }, kindWords(kind))),
    );
  });
  const titles = ['Judge', 'Says', 'P(correct)', 'Beside the tests'];
  return element(
    'table',
    { class: 'explorer-verdicts' },
    element('caption', { class: 'explorer-hidden' }, 'Verdicts of the judges'),
    element('thead', {}, element('tr', {}, ...titles.map((title) => element('th', { scope: 'col' }, title)))),
    element('tbody', {}, ...lines),
  );
}

function saidOf(label = '-'): string {
  return { '1': 'correct', '0': 'wrong', x: 'neither' }[label] ?? 'not asked';
}

function probabilityBar(probability: number | null): readonly (HTMLElement | string)[] {
  if (probability === null) return ['–'];
  const bar = element(
    'span',
    { class: 'explorer-bar', 'aria-hidden': 'true' },
    element('span', { class: 'explorer-share' }),
  );
  bar.style.setProperty('--share', String(probability));
  return [probability.toFixed(3), bar];
}

function feedbackOf({ feedback }: CandidateTexts): HTMLElement | null {
  if (feedback === null) return null;
  const { kind, line, message, input, expected, actual } = feedback;
  const facts = Object.entries({ Input: input, Expected: expected, Actual: actual }).flatMap(
    ([title, value]) =>
      value === null
        ? []
        : [element('dt', {}, title), element('dd', {}, element('code', {}, visibleText(value)))],
  );
  return element(
    'div',
    { class: 'explorer-feedback' },
    element('h4', {}, 'What the tests said'),
    element(
      'p',
      {},
      element('strong', {}, kind),
      line === null ? '' : ` in line ${line}`,
      message === '' ? '' : `: ${visibleText(message)}`,
    ),
    facts.length === 0 ? null : element('dl', {}, ...facts),
  );
}
