import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { CodejuryError } from '../errors.ts';
import { cannotWrite } from './cannot-write.ts';

const system = (code: string) => Object.assign(new Error(`${code}: it failed`), { code });

/** What SQLite throws when there is no page left. */
function fullDatabase(): unknown {
  using database = new DatabaseSync(':memory:');
  database.exec('create table filler (text text)');
  database.exec('pragma max_page_count = 3');
  try {
    database.exec(`insert into filler values ('${'x'.repeat(100_000)}')`);
  } catch (error) {
    return error;
  }
  throw new Error('expected a full database');
}

describe('cannotWrite', () => {
  it.each([
    ['a full disk', system('ENOSPC'), 'disk-full', 'cannot write a.jsonl: the disk is full'],
    ['a quota', system('EDQUOT'), 'disk-full', 'cannot write a.jsonl: the disk is full'],
    ['a full database', fullDatabase(), 'disk-full', 'cannot write a.jsonl: the disk is full'],
    ['a place that is not ours', system('EACCES'), 'usage', 'cannot write a.jsonl: EACCES'],
  ])('tells %s, with what to do', (_, cause, code, message) => {
    const error = cannotWrite('a.jsonl', cause) as CodejuryError;
    expect(error).toMatchObject({ code, message, cause });
    expect(error.hint).toContain('free some space');
  });

  it('leaves bugs and what was told already as they are', () => {
    for (const error of [new TypeError('x'), new CodejuryError('aborted', 'interrupted')]) {
      expect(cannotWrite('a.jsonl', error)).toBe(error);
    }
  });
});
