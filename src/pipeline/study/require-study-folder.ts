import { readdir } from 'node:fs/promises';
import { CodejuryError } from '../../errors.ts';

/** What only studies write: the first of them before anything else. */
const MARKS = ['study.lock', 'progress.json', 'rates.json', 'stages', 'pilot', 'study.json'];

/**
 * Before anything is written: a study has files of the names that a dataset has, and must not replace them.
 *
 * @param out a folder that need not be there
 * @throws {CodejuryError} `usage` for a folder with other files than a study's, or what is no folder.
 */
export async function requireStudyFolder(out: string): Promise<void> {
  const names = await readdir(out).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return [] as string[];
    throw new CodejuryError('usage', `${out}: expected the folder of a study (${cause.code})`, { cause });
  });
  if (names.length === 0 || MARKS.some((mark) => names.includes(mark))) return;
  throw new CodejuryError('usage', `${out}: there are other files than a study's`, {
    hint: 'give another folder with --out; without it the folder has the name of the config, without its ending',
  });
}
