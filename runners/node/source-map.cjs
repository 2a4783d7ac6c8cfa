'use strict';

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The line (from 1) that each line of a compiler's output comes from, read off a source map's mappings; 0 = from none. */
function emittedLines(mappings) {
  let line = 1;
  return mappings.split(';').map((group) => {
    let first = 0;
    for (const segment of group.split(',')) {
      // Column of the output, file, line, column: each the difference to the one before.
      const numbers = decode(segment);
      if (numbers.length < 4) continue;
      line += numbers[2];
      if (first === 0) first = line;
    }
    return first;
  });
}

/** Numbers in digits of six bits: one says whether the number goes on, the last of the first digit is the sign. */
function decode(segment) {
  const numbers = [];
  let value = 0;
  let shift = 0;
  for (const character of segment) {
    const digit = DIGITS.indexOf(character);
    value += (digit & 31) << shift;
    shift += 5;
    if ((digit & 32) !== 0) continue;
    numbers.push(value & 1 ? -(value >> 1) : value >> 1);
    value = 0;
    shift = 0;
  }
  return numbers;
}

module.exports = { emittedLines };
