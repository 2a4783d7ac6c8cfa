import { expect, it } from 'vitest';
import { withoutAddresses } from './without-addresses.ts';

it.each([
  ['<generator object f at 0x7f2a887b0f40>', '<generator object f at 0x…>'],
  ['[<f.<locals>.g object at 0x7f58dde80f40>, 1]', '[<f.<locals>.g object at 0x…>, 1]'],
  ['[I@1b6d3586', '[I@…'],
  ['[[Ljava.lang.String;@7a81197d', '[[Ljava.lang.String;@…'],
  ['java.util.Odd$1@7a81197d', 'java.util.Odd$1@…'],
  ['Main$Node@5ca881b5', 'Main$Node@…'],
  ['look at 0xff and user@deadbeef.org', 'look at 0xff and user@deadbeef.org'],
])('%s', (text, without) => {
  const feedback = {
    kind: 'AssertionError',
    line: 1,
    message: text,
    input: text,
    expected: null,
    actual: text,
  };
  expect(withoutAddresses(feedback)).toEqual({
    ...feedback,
    message: without,
    input: without,
    actual: without,
  });
});

it('keeps what there is not', () => {
  expect(withoutAddresses(null)).toBeNull();
});
