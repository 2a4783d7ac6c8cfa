import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { bar, openProgress } from './progress-line.ts';

function stream(isTTY: boolean) {
  const written: string[] = [];
  const through = new PassThrough();
  through.on('data', (chunk) => written.push(String(chunk)));
  return { written, fake: Object.assign(through, { isTTY, columns: 30 }) as unknown as NodeJS.WriteStream };
}

describe('openProgress', () => {
  it('rewrites one line on a terminal, cut to its width, and gives the cursor back', () => {
    const { written, fake } = stream(true);
    const progress = openProgress(fake);
    progress.status('a'.repeat(99));
    progress.done();
    expect(written.join('')).toBe(`\r\u001b[?25l\u001b[2K${'a'.repeat(29)}\r\u001b[2K\u001b[?25h`);
  });

  it('writes plain lines now and then elsewhere', () => {
    const { written, fake } = stream(false);
    let nowMs = 0;
    const progress = openProgress(fake, { now: () => nowMs });
    for (; nowMs <= 11_000; nowMs += 1000) {
      progress.status(`at ${nowMs}`);
    }
    progress.done();
    expect(written).toEqual(['at 5000\n', 'at 10000\n']);
  });

  it('shows notes alone when asked to be quiet', () => {
    const { written, fake } = stream(false);
    const progress = openProgress(fake, { quiet: true, now: () => 1e9 });
    progress.status('x');
    progress.note('worth keeping');
    progress.done();
    expect(written).toEqual(['worth keeping\n']);
  });

  it('obeys nothing that a model or a file says, and keeps each in its line', () => {
    const { written, fake } = stream(true);
    const progress = openProgress(fake);
    progress.status('a\u001b[2J\nb');
    progress.note('c\u001b]0;title\u0007\nd');
    progress.done();
    expect(written[0]).toMatch(/a\\x1b\[2J b$/);
    expect(written.join('')).toContain('c\\x1b]0;title\\x07 d');
  });
});

it('draws a bar, or nothing for an unknown total', () => {
  expect(bar(1, 2, 4)).toBe('[██░░] 50 %');
  expect(bar(9, 2, 4)).toBe('[████] 100 %');
  expect(bar(1, null)).toBe('');
  expect(bar(0, 0)).toBe('');
});
