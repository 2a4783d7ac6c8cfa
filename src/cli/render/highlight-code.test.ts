import { expect, it } from 'vitest';
import { highlightCode } from './highlight-code.ts';

const stream = (isTTY: boolean) => ({ isTTY, hasColors: () => true }) as unknown as NodeJS.WriteStream;

it('colours code, and brings no colours of the code itself', async () => {
  const code = 'def f():\n\treturn "\u001b[8mhidden"\n';
  const plain = 'def f():\n\treturn "\\x1b[8mhidden"\n';
  expect(await highlightCode(code, 'python', stream(false))).toBe(plain);
  const coloured = await highlightCode(code, 'python', stream(true));
  expect(coloured).toContain('\u001b[');
  expect(coloured).not.toContain('\u001b[8m');
  expect(await highlightCode(code, 'no-such-language', stream(true))).toBe(plain);
});
