import type { ReportFigure } from './figures/report-figure.ts';
import type { ReportTable } from './report-table.ts';

/** A figure, a table, or a figure with the table that has its numbers. */
export interface SectionPart {
  readonly figure: ReportFigure | null;
  readonly table: ReportTable | null;
}

export interface ReportSection {
  readonly id: string;
  readonly title: string;
  /** What the section is about. */
  readonly lead: string;
  readonly parts: readonly SectionPart[];
}

interface SectionPlan extends Omit<ReportSection, 'parts'> {
  /** Ids; where there are two, those of a figure and of the table of its numbers. */
  readonly parts: readonly (readonly [table: string] | readonly [figure: string, table: string])[];
}

const SECTIONS: readonly SectionPlan[] = [
  {
    id: 'studied',
    title: 'What was studied',
    lead: 'The tasks, who wrote candidates for them, who judged, and what the tests said.',
    parts: [['tasks'], ['writers'], ['judge-models'], ['teams'], ['outcomes']],
  },
  {
    id: 'judges',
    title: 'How good are the judges?',
    lead: 'The first question of the paper: how far the verdicts of small models agree with the tests, by how they were made judges.',
    parts: [
      ['kappa-figure', 'kappa-by-setting'],
      ['confusion-figure', 'confusion'],
      ['precision-figure', 'precision-by-confidence'],
      ['judges'],
      ['judge-comparisons'],
    ],
  },
  {
    id: 'choices',
    title: 'Do teams choose better?',
    lead: 'The second question of the paper: how often what a team chooses passes, beside other ways of choosing and larger models.',
    parts: [
      ['pass-at-1-figure', 'pass-at-1'],
      ['choices-figure', 'choices'],
      ['choice-comparisons'],
      ['expectation-comparisons'],
      ['large-comparisons'],
    ],
  },
  {
    id: 'costs',
    title: 'What does it cost?',
    lead: 'The least hardware that holds the models, what it costs, and how many developers it serves.',
    parts: [['cost-hardware'], ['cost-answers'], ['cost-models']],
  },
  {
    id: 'beyond',
    title: 'Beyond the paper',
    lead: 'Fewer samples, answers that are not given or sent on, what probabilities are worth, whether judges err together, and how candidates fail.',
    parts: [
      ['frontier-figure', 'frontier'],
      ['early-stopping'],
      ['abstention-figure', 'abstention'],
      ['escalation-figure', 'escalation'],
      ['reliability-figure', 'reliability'],
      ['agreement-figure', 'judge-agreement'],
      ['gate'],
      ['faults'],
      ['judge-errors'],
    ],
  },
  {
    id: 'provenance',
    title: 'Provenance',
    lead: 'With these the study can be run again: the numbers above come out the same.',
    parts: [['provenance'], ['files'], ['notices']],
  },
  {
    id: 'times',
    title: 'Times',
    lead: 'The only numbers that another run does not repeat.',
    parts: [['answer-times'], ['times']],
  },
];

/**
 * Tables and figures in the order in which a report is read. Sections of which there is nothing are left out.
 *
 * @throws {Error} for a table or figure that has no place.
 */
export function studySections(
  tables: readonly ReportTable[],
  figures: readonly ReportFigure[],
): readonly ReportSection[] {
  const left = new Map<string, ReportTable | ReportFigure>(
    [...tables, ...figures].map((entry) => [entry.id, entry]),
  );
  const sections = SECTIONS.map(({ parts, ...facts }) => ({
    ...facts,
    parts: parts.flatMap((ids): SectionPart[] => {
      const figure = figures.find(({ id }) => id === ids[0]) ?? null;
      const table = tables.find(({ id }) => id === ids.at(-1)) ?? null;
      for (const id of ids) left.delete(id);
      return figure === null && table === null ? [] : [{ figure, table }];
    }),
  }));
  if (left.size > 0) throw new Error(`no section of the report has ${[...left.keys()].join(', ')}`);
  return sections.filter(({ parts }) => parts.length > 0);
}
