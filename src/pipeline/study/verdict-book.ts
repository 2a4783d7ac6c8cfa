import { type JudgedLine, judgedLineSchema } from '../../contracts/judge-many-result.ts';
import { readJsonRecords } from '../../io/read-json-records.ts';
import { parseStrict } from '../../util/parse-strict.ts';

/** What judges said of candidates, by the number of a candidate's first sample and the judge's name. */
export type VerdictBook = ReadonlyMap<number, ReadonlyMap<string, JudgedLine>>;

/** Reads what the stage of the verdicts wrote; candidates that no judge was asked about are not in it. */
export async function readVerdictBook(path: string): Promise<VerdictBook> {
  const book = new Map<number, Map<string, JudgedLine>>();
  for await (const { value, line } of readJsonRecords(path)) {
    const verdict: JudgedLine = parseStrict(judgedLineSchema, value, `${path}:${line}`);
    if (verdict.rejected !== null) continue;
    const ofSample = book.get(verdict.index) ?? new Map<string, JudgedLine>();
    book.set(verdict.index, ofSample.set(verdict.judge, verdict));
  }
  return book;
}
