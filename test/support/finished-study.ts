import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExplorerTask, StudyReport } from '../../src/contracts/study-report.ts';
import { hashJson } from '../../src/util/hash.ts';
import { studyDocument, studyTimesDocument } from './study-document.ts';

/** Puts into a folder, which is made, what a study leaves there when it is finished: the made-up one, or another. */
export function writeFinishedStudy(
  out: string,
  {
    report = studyDocument(),
    candidates = [],
  }: { report?: StudyReport; candidates?: readonly ExplorerTask[] },
): void {
  mkdirSync(out, { recursive: true });
  const made = { ...report.made, configDigest: hashJson(report.config) };
  writeFileSync(join(out, 'study.json'), JSON.stringify({ ...report, made }));
  writeFileSync(join(out, 'times.json'), JSON.stringify(studyTimesDocument()));
  writeFileSync(
    join(out, 'candidates.jsonl'),
    candidates.map((task) => `${JSON.stringify(task)}\n`).join(''),
  );
}
