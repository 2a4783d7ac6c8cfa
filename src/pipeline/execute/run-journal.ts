import { readFileSync, rmSync } from 'node:fs';
import { z } from 'zod';
import { CodejuryError } from '../../errors.ts';
import { errorCode } from '../../io/error-code.ts';
import { writeFileAtomically } from '../../io/write-file-atomically.ts';

const journalSchema = z.object({ inputs: z.record(z.string(), z.string()) });

/** Says, while a run is not finished, what it works on. */
export interface RunJournal {
  /** The run is finished. */
  close(): void;
}

export interface RunJournalOptions {
  readonly out: string;
  /** What decides the result, by name: digests of files, settings. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly resume: boolean;
  readonly onNotice: (text: string) => void;
}

/**
 * Opens the journal beside the output file. What an interrupted run finished is on record, so any run of the same
 * candidates takes it up; `resume` makes sure that it is the same run.
 *
 * @throws {CodejuryError} `usage` when `resume` meets an interrupted run with other inputs.
 */
export async function openRunJournal({
  out,
  inputs,
  resume,
  onNotice,
}: RunJournalOptions): Promise<RunJournal> {
  const path = `${out}.run.json`;
  const earlier = readJournal(path);
  if (resume && earlier === null) {
    onNotice('there is no interrupted run to resume: starting one');
  }
  const changed =
    earlier === null ? [] : Object.keys(inputs).filter((name) => earlier.inputs[name] !== inputs[name]);
  if (resume && changed.length > 0) {
    throw new CodejuryError(
      'usage',
      `cannot resume the run to ${out}: changed since then: ${changed.join(', ')}`,
      {
        hint: 'without --resume a new run begins; what the old one recorded of the same candidates is still used',
      },
    );
  }
  await writeFileAtomically(path, `${JSON.stringify({ inputs }, null, 2)}\n`);
  return { close: () => rmSync(path, { force: true }) };
}

function readJournal(path: string): z.infer<typeof journalSchema> | null {
  try {
    return journalSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    // A file that is none of ours says nothing of a run.
    if (errorCode(error) === 'ENOENT' || error instanceof SyntaxError || error instanceof z.ZodError)
      return null;
    throw error;
  }
}
