import { expect, it } from 'vitest';
import { studyTables } from '../../src/report/study-tables.ts';
import { toCsv } from '../../src/report/to-csv.ts';
import { toLatex } from '../../src/report/to-latex.ts';
import { toMarkdown } from '../../src/report/to-markdown.ts';
import { smallStudy } from '../support/small-study.ts';
import { studyTimesDocument } from '../support/study-document.ts';

const tables = studyTables(smallStudy(), studyTimesDocument());

/** Written anew by `vitest run test/golden -u`. */
it.each([
  ['md', tables.map(toMarkdown).join('\n')],
  ['csv', tables.map(toCsv).join('\r\n')],
  ['tex', tables.map(toLatex).join('\n')],
])('a small study gives these bytes as %s', async (extension, text) => {
  await expect(text).toMatchFileSnapshot(`study-tables.${extension}`);
});
