import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { z } from 'zod';
import { hashFile } from '../../io/hash-file.ts';
import { readJsonFile } from '../../io/read-json-file.ts';
import { writeFileAtomically } from '../../io/write-file-atomically.ts';

/** Beside the report: what it wrote. */
export const WRITTEN_FILE = 'written.json';

/** Names that a report writes; anything else in the list is not followed, wherever it leads. */
const nameSchema = z.string().regex(/^(?:tables\/)?[\w-]+\.(?:html|md|csv|json|tex)$/);
const writtenSchema = z.array(z.strictObject({ file: nameSchema, sha256: z.string() }));
type Written = z.infer<typeof writtenSchema>;

/** The files of one form of a report, by their names in its folder. */
export type FormFiles = readonly (readonly [name: string, text: string])[];

/**
 * Writes the files, each at once or not at all, and removes those with the same endings that an earlier report left there: what the list in
 * the folder names and nobody has changed since. Killed in between, the next report still knows all.
 *
 * @param endings of the forms that are written, e.g. `.csv`; files of others stay
 * @throws {CodejuryError} `disk-full`; `usage` for a folder that cannot be written.
 */
export async function writeReportFiles(
  folder: string,
  files: FormFiles,
  endings: readonly string[],
): Promise<void> {
  const list = join(folder, WRITTEN_FILE);
  const earlier = await readWritten(list);
  const now = files.map(([file, text]) => ({
    file,
    sha256: createHash('sha256').update(text).digest('hex'),
  }));
  await writeWritten(list, [...earlier, ...now]);
  for (const [name, text] of files) await writeFileAtomically(join(folder, name), text);
  const names = new Set(files.map(([name]) => name));
  const old = earlier.filter(({ file }) => !names.has(file));
  const isStale = ({ file }: Written[number]) => endings.includes(extname(file));
  for (const { file, sha256 } of old.filter(isStale)) {
    const path = join(folder, file);
    // One that is gone already has no hash.
    const present = await hashFile(path).catch(() => null);
    if (present === sha256) await rm(path, { force: true });
  }
  await writeWritten(list, [...old.filter((entry) => !isStale(entry)), ...now]);
}

/** A list that is not there, or that no report wrote, names nothing: then nothing is removed. */
async function readWritten(list: string): Promise<Written> {
  const value = await readJsonFile(list, 'list of what a report wrote', '').catch(() => []);
  return writtenSchema.safeParse(value).data ?? [];
}

function writeWritten(list: string, written: Written): Promise<void> {
  const sorted = written.toSorted((a, b) => (a.file < b.file ? -1 : 1));
  return writeFileAtomically(list, `${JSON.stringify(sorted, null, 2)}\n`);
}
