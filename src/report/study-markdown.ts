import type { ReportSection } from './study-sections.ts';
import type { SummaryPart } from './summary/study-summary.ts';
import { escapeMarkdown, toMarkdown } from './to-markdown.ts';

/** A report as Markdown: summary, sections, tables; figures have their numbers in the tables. */
export function studyMarkdown(
  title: string,
  {
    subtitle,
    summary,
    sections,
  }: {
    readonly subtitle: string;
    readonly summary: readonly SummaryPart[];
    readonly sections: readonly ReportSection[];
  },
): string {
  const blocks = [
    `# ${escapeMarkdown(title)}`,
    escapeMarkdown(subtitle),
    '## Summary',
    ...summary.flatMap((part) => [
      ...(part.title === null ? [] : [`### ${escapeMarkdown(part.title)}`]),
      part.sentences.map((sentence) => `- ${escapeMarkdown(sentence)}`).join('\n'),
    ]),
    ...sections.flatMap((section) => [
      `## ${escapeMarkdown(section.title)}`,
      escapeMarkdown(section.lead),
      ...section.parts.flatMap(({ table }) => (table === null ? [] : [toMarkdown(table).trimEnd()])),
    ]),
  ];
  return `${blocks.join('\n\n')}\n`;
}
