import { describe, expect, it } from 'vitest';
import { resolveLimits } from '../limits.ts';
import type { EndedBy } from '../sandbox/sandbox.ts';
import { encodeNetstring } from '../session/netstrings.ts';
import type { Answer, Session } from '../session/session.ts';
import { askPython } from './python-request.ts';

const limits = resolveLimits();
const request = {
  mode: 'run' as const,
  tests: { before: '', after: '' },
  code: 'pass',
  files: [],
  options: { limits, signal: new AbortController().signal },
};

/** A verdict in the server's words; NONCE is replaced by the one of the request. */
const verdict = (outcome: string, kind: string, next: string, nonce = 'NONCE') => [
  ...[nonce, '1500', outcome, kind],
  ...Array.from({ length: 5 }, () => null),
  next,
];

interface Script {
  readonly asked: number;
  /** Fields of the answer, or what ended the session. */
  readonly says: readonly (string | null)[] | EndedBy;
  /** Kills for want of memory before and after. */
  readonly kills?: readonly [number, number];
}

function scripted({ asked, says, kills: [before, after] = [0, 0] }: Script) {
  const log: string[] = [];
  let kills = before;
  const ask = async (fields: readonly (string | Buffer)[]): Promise<Answer> => {
    if (fields.length === 1) {
      log.push(`greeted ${fields[0]}`);
      return { kind: 'complete', parts: [Buffer.from('ready')], durationMs: 1 };
    }
    kills = after;
    const nonce = String(fields.at(-1));
    log.push(`asked, nonce of ${nonce.length}`);
    if (typeof says === 'string') {
      const end = { exitCode: 1, signal: null, stderr: Buffer.alloc(0), endedBy: says, durationMs: 7 };
      return { kind: 'broken', parts: [], end };
    }
    const encoded = says.map((field) =>
      encodeNetstring(field === null ? '-' : `+${field === 'NONCE' ? nonce : field}`),
    );
    return { kind: 'complete', parts: [Buffer.concat(encoded)], durationMs: 2 };
  };
  const session: Session = {
    isOpen: true,
    asked,
    ask,
    memoryKills: () => kills,
    close: async () => {
      log.push('closed');
    },
  };
  return { session, log };
}

describe('askPython', () => {
  it('waits for the start of a new server, then sends the candidate', async () => {
    const { session, log } = scripted({ asked: 0, says: verdict('passed', '', 'more') });
    expect(await askPython(session, request)).toEqual({ outcome: 'passed', feedback: null, durationMs: 1.5 });
    expect(log).toEqual(['greeted hello', 'asked, nonce of 32']);
  });

  it('closes a server whose sandbox is not as it was', async () => {
    const { session, log } = scripted({ asked: 5, says: verdict('passed', '', 'end') });
    expect((await askPython(session, request))?.outcome).toBe('passed');
    expect(log).toEqual(['asked, nonce of 32', 'closed']);
  });

  it('believes no verdict without the nonce, and blames it on the candidate only if nobody was there before', async () => {
    const says = verdict('passed', '', 'more', 'x'.repeat(32));
    const used = scripted({ asked: 5, says });
    expect(await askPython(used.session, request)).toBeNull();
    expect(used.log.at(-1)).toBe('closed');
    const fresh = scripted({ asked: 0, says });
    expect(await askPython(fresh.session, request)).toMatchObject({
      outcome: 'runtime-error',
      feedback: { kind: 'runner-ended' },
    });
  });

  it('counts the kills for want of memory of this candidate alone', async () => {
    const outcomeOf = async (script: Omit<Script, 'asked'>) =>
      (await askPython(scripted({ asked: 5, ...script }).session, request))?.outcome ?? null;
    const killed = verdict('runtime-error', 'SIGKILL', 'more');
    expect(await outcomeOf({ says: killed, kills: [1, 2] })).toBe('out-of-memory');
    expect(await outcomeOf({ says: killed, kills: [2, 2] })).toBe('runtime-error');
    expect(await outcomeOf({ says: 'memory', kills: [1, 2] })).toBe('out-of-memory');
    expect(await outcomeOf({ says: 'memory', kills: [2, 2] })).toBeNull();
  });

  it('knows of a server that was ended only what ended it', async () => {
    const outcomeOf = async (says: EndedBy, asked: number) =>
      (await askPython(scripted({ asked, says }).session, request))?.outcome ?? null;
    expect(await outcomeOf('wall-time', 5)).toBe('timeout');
    expect(await outcomeOf('exit', 5)).toBeNull();
    expect(await outcomeOf('exit', 0)).toBe('runtime-error');
    await expect(outcomeOf('aborted', 5)).rejects.toMatchObject({ code: 'aborted' });
  });

  it('is told by the server, not by a candidate, that files could not be written', async () => {
    const { session } = scripted({ asked: 5, says: verdict('sandbox-error', 'resources', 'end') });
    await expect(askPython(session, request)).rejects.toMatchObject({ code: 'sandbox' });
  });
});
