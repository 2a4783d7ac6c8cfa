import { join } from 'node:path';
import { z } from 'zod';
import { CodejuryError } from '../../errors.ts';
import { hashFile } from '../../io/hash-file.ts';
import { readJsonFile } from '../../io/read-json-file.ts';
import { parseStrict } from '../../util/parse-strict.ts';

/** The part of a data card that says what the files of the dataset were; absent where somebody else made the dataset. */
const cardSchema = z.object({
  files: z.array(z.object({ file: z.string(), sha256: z.string() })).default([]),
});

/**
 * Makes sure that files of a dataset are those its data card tells of: the digest of the card is what a judge's profile says it
 * was trained on. A file that the card does not list is taken as it is.
 *
 * @param folder of the dataset
 * @param names of the files that will be read
 * @throws {CodejuryError} `digest-mismatch` naming the first file that is another or missing; `usage` for a card that is none.
 */
export async function requireUnchanged(folder: string, names: readonly string[]): Promise<void> {
  const card = join(folder, 'data-card.json');
  const hint = '`codejury dataset build` writes it';
  const { files } = parseStrict(cardSchema, await readJsonFile(card, 'data card', hint), card);
  for (const { file, sha256 } of files) {
    if (!names.includes(file)) continue;
    const found = await hashFile(join(folder, file)).catch(() => null);
    if (found === sha256) continue;
    const wrong = found === null ? 'is missing' : 'has changed since `dataset build`: labels may be others';
    throw new CodejuryError('digest-mismatch', `--dataset: ${join(folder, file)} ${wrong}`, {
      hint: 'build the dataset anew; if the change is meant, remove the entry of this file under "files" in data-card.json',
    });
  }
}
