import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { explorerTasks } from '../../../test/support/explorer-tasks.ts';
import { writeFinishedStudy } from '../../../test/support/finished-study.ts';
import { studyDocument } from '../../../test/support/study-document.ts';
import { hashFile } from '../../io/hash-file.ts';
import { REPORT_FORMATS, writeReport } from './write-report.ts';

let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'codejury-report-'));
});
afterEach(() => rmSync(out, { recursive: true }));

const { config } = studyDocument();
const study = () => ({ config, folder: out, languages: [], out, to: null, formats: REPORT_FORMATS });

describe('writeReport', () => {
  it('writes all forms into the folder of the study, the same each time', async () => {
    writeFinishedStudy(out, { candidates: explorerTasks() });
    const { written } = await writeReport(study());
    const read = () =>
      Object.fromEntries(
        written.files.map((file) => [file, readFileSync(join(out, 'report', file), 'utf8')]),
      );
    const first = read();
    expect(Object.keys(first).slice(0, 3)).toEqual(['report.html', 'report.md', 'tables/tasks.csv']);
    expect(readdirSync(join(out, 'report'))).toEqual([
      'report.html',
      'report.md',
      'tables',
      'tables.json',
      'written.json',
    ]);
    expect(readdirSync(join(out, 'report', 'tables'))).toHaveLength(2 * 32);
    await writeReport(study());
    expect(read()).toEqual(first);
  });

  it('leaves no table of an earlier report, and removes nothing else', async () => {
    const tables = () => readdirSync(join(out, 'report', 'tables')).filter((name) => !name.endsWith('.tex'));
    writeFinishedStudy(out, {});
    await writeReport(study());
    const before = tables();
    writeFileSync(join(out, 'report/tables/own.csv'), 'mine');
    writeFileSync(join(out, 'report/tables/judge-agreement.csv'), 'corrected by hand');
    const report = studyDocument();
    writeFinishedStudy(out, {
      report: {
        ...report,
        generators: report.generators.map((generator) => ({
          ...generator,
          evaluation: { ...generator.evaluation, agreement: [], judgeComparisons: [] },
        })),
      },
    });
    await writeReport({ ...study(), formats: ['csv'] });
    const gone = before.filter((name) => !tables().includes(name));
    expect(gone).toEqual(['judge-comparisons.csv']);
    expect(tables().filter((name) => !before.includes(name))).toEqual(['own.csv']);
    expect(readdirSync(join(out, 'report/tables'))).toContain('judge-comparisons.tex');
    await writeReport(study());
    expect(readdirSync(join(out, 'report/tables'))).not.toContain('judge-comparisons.tex');
    expect(readFileSync(join(out, 'report/tables/judge-agreement.csv'), 'utf8')).toBe('corrected by hand');
  });

  it('follows no list that leads elsewhere', async () => {
    writeFinishedStudy(out, {});
    const kept = JSON.stringify([{ file: '../times.json', sha256: await hashFile(join(out, 'times.json')) }]);
    for (const list of [kept, 'no list']) {
      mkdirSync(join(out, 'report'), { recursive: true });
      writeFileSync(join(out, 'report/written.json'), list);
      await writeReport(study());
      expect(readdirSync(out)).toContain('times.json');
    }
  });

  it('is one page that may run its own scripts alone, and fetch nothing', async () => {
    writeFinishedStudy(out, { candidates: explorerTasks() });
    await writeReport({ ...study(), formats: ['html'], to: join(out, 'elsewhere', 'deep') });
    const page = readFileSync(join(out, 'elsewhere', 'deep', 'report.html'), 'utf8');
    expect(page).toMatch(
      /content="default-src 'none'; script-src 'sha256-[^' ]+' 'sha256-[^' ]+'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"/,
    );
    expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(
      /(?:src|href)="(?!#)|url\(|@import|https?:/,
    );
  });

  it('says when the config is another one now', async () => {
    writeFinishedStudy(out, {});
    const { written } = await writeReport({ ...study(), config: { ...config, seed: 8 }, formats: ['json'] });
    expect(written).toMatchObject({
      files: ['tables.json'],
      notices: [
        expect.stringContaining('the config has changed'),
        expect.stringContaining('training tasks of tuned (3)'),
      ],
    });
  });

  it('says what to do with a study that is not finished, or of another version', async () => {
    await expect(writeReport(study())).rejects.toMatchObject({
      code: 'not-found',
      hint: expect.stringContaining('codejury study run'),
    });
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, 'study.json'), '{"format":2}');
    await expect(writeReport(study())).rejects.toMatchObject({ code: 'usage' });
    expect(readdirSync(out)).toEqual(['study.json']);
  });
});
