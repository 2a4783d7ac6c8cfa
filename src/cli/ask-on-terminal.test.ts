import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { CodejuryError } from '../errors.ts';
import { openConversation } from './ask-on-terminal.ts';

const even = {
  text: 'an even number',
  default: '2',
  faultOf: (answer: string) => (Number(answer) % 2 === 0 ? null : `expected an even one, not ${answer}`),
};

function conversation() {
  const [input, output, stop] = [new PassThrough(), new PassThrough(), new AbortController()];
  return {
    input,
    stop,
    shown: () => String(output.read() ?? ''),
    ...openConversation(input, output, stop.signal),
  };
}

async function faultOf(work: Promise<unknown>): Promise<CodejuryError> {
  const error = await work.catch((error: unknown) => error);
  if (error instanceof CodejuryError) return error;
  throw new Error('expected a fault', { cause: error });
}

describe('a conversation', () => {
  it('takes the default for an empty answer, and asks again after a faulty one', async () => {
    const { ask, input, shown, close } = conversation();
    input.write('\n');
    expect(await ask(even)).toBe('2');
    input.write('3\nx\n  4 \n');
    expect(await ask(even)).toBe('4');
    expect(shown()).toBe(
      'an even number [2]: '.repeat(2) +
        '  expected an even one, not 3\nan even number [2]: ' +
        '  expected an even one, not x\nan even number [2]: ',
    );
    close();
  });

  it('loses no line that comes before its question', async () => {
    const { ask, input } = conversation();
    input.end('4\n6\n8');
    expect([await ask(even), await ask(even), await ask(even)]).toEqual(['4', '6', '8']);
    expect(await faultOf(ask(even))).toMatchObject({ code: 'usage' });
  });

  it('says when the input ends', async () => {
    const { ask, input } = conversation();
    const asked = ask(even);
    input.end('3\n');
    expect(await faultOf(asked)).toMatchObject({
      code: 'usage',
      message: expect.stringContaining('input ended'),
      hint: expect.stringContaining('--yes'),
    });
  });

  it('ends with the signal', async () => {
    const { ask, stop } = conversation();
    const asked = ask(even);
    stop.abort();
    expect(await faultOf(asked)).toMatchObject({ code: 'aborted' });
  });
});
