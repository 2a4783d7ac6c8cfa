import { expect, it } from 'vitest';
import { toMarkdown } from './to-markdown.ts';

it('writes heading, caption and table, numbers to the right', () => {
  const markdown = toMarkdown({
    id: 'an-example',
    title: 'An example',
    caption: '5 tasks, p < 0.05.',
    columns: [
      { key: 'name', title: 'name', kind: 'text' },
      { key: 'share', title: 'pass@1', kind: 'share' },
      { key: 'p', title: 'p', kind: 'p-value' },
    ],
    rows: [
      ['a', { value: 0.615, low: 0.5, high: 0.7 }, 0.0001],
      ['b', null, null],
    ],
  });
  expect(markdown).toBe(
    `### An example

5 tasks, p &lt; 0.05.

| name | pass@1 | p |
| --- | ---: | ---: |
| a | 61.5 % [50.0, 70.0] | <0.001 |
| b | - | - |
`,
  );
});

it.each([
  ['a|b', 'a\\|b'],
  ['a\\|b', 'a\\\\\\|b'],
  ['one\n\ntwo', 'one  two'],
  ['<img src=x onerror=alert(1)> & co', '&lt;img src=x onerror=alert(1)&gt; &amp; co'],
  ['[x](http://y) ![z](w)', '\\[x\\](http://y) !\\[z\\](w)'],
  ['a_b *c* `d` ~e~ $f$', 'a\\_b \\*c\\* \\`d\\` \\~e\\~ \\$f\\$'],
  ['\u001b[2J', '\\\\x1b\\[2J'],
])('the text %j is written %j', (text, written) => {
  const markdown = toMarkdown({
    id: 'x',
    title: 'x',
    caption: 'x',
    columns: [{ key: 'text', title: 'text', kind: 'text' }],
    rows: [[text]],
  });
  expect(markdown.split('\n')[6]).toBe(`| ${written} |`);
});
