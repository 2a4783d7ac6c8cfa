import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { openLiveLines } from './live-lines.ts';

function terminal(columns: number) {
  const written: string[] = [];
  const through = new PassThrough();
  // Without the dimming of notes.
  through.on('data', (chunk) => written.push(String(chunk).replace(DIM, '')));
  const fake = Object.assign(through, { isTTY: true, columns, rows: 24 });
  return { written, fake, stream: fake as unknown as NodeJS.WriteStream };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: what terminals are told
const DIM = /\u001b\[(?:2|22)m/g;
const HIDE = '\u001b[?25l';
const SHOW = '\u001b[?25h';

it('draws over what it drew, keeps notes above, and gives the cursor back below the last state', () => {
  const { written, stream } = terminal(80);
  const lines = ['a', 'b'];
  const live = openLiveLines(stream, () => lines);
  live.note('first');
  lines.push('c');
  live.done();
  live.done();
  expect(written.join('')).toBe(`${HIDE}\r\u001b[0Jfirst\na\nb\n${HIDE}\u001b[2A\r\u001b[0Ja\nb\nc\n${SHOW}`);
});

it('goes back over lines that a narrower terminal has broken', () => {
  const { written, fake, stream } = terminal(80);
  const live = openLiveLines(stream, (columns) => ['x'.repeat(columns)]);
  live.note('n');
  fake.columns = 30;
  fake.emit('resize');
  // 79 characters are three lines of 30.
  expect(written.at(-1)).toBe(`${HIDE}\u001b[3A\r\u001b[0J${'x'.repeat(29)}\n`);
  live.done();
});

it('draws nothing more when it is frozen: somebody has written below', () => {
  const { written, stream } = terminal(80);
  const live = openLiveLines(stream, () => ['a\u001b[2J']);
  live.note('n');
  expect(written.join('')).toContain('a\\x1b[2J');
  live.freeze();
  const before = written.length;
  live.note('interrupted');
  live.done();
  expect(written.slice(before)).toEqual(['interrupted\n']);
});
