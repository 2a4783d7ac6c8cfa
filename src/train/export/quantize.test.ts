import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { F16, F32, Q8_0 } from '../../io/gguf/tensor-types.ts';
import { encodeValues, typeOfTensor } from './quantize.ts';

function fromQ8(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer);
  return Array.from({ length: (bytes.length / 34) * 32 }, (_value, index) => {
    const block = Math.floor(index / 32) * 34;
    return view.getFloat16(block, true) * view.getInt8(block + 2 + (index % 32));
  });
}

describe('encodeValues', () => {
  it('Q8_0 is off by at most half a step and the rounding of the scale', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: -8, max: 8, noNaN: true }), { minLength: 64, maxLength: 64 }),
        (values) => {
          const encoded = encodeValues(Float32Array.from(values), Q8_0);
          expect(encoded.length).toBe(68);
          for (const [index, value] of fromQ8(encoded).entries()) {
            const block = values.slice(index - (index % 32), index - (index % 32) + 32);
            const largest = Math.max(...block.map(Math.abs));
            expect(Math.abs(value - (values[index] ?? 0))).toBeLessThanOrEqual(
              largest * (0.5 / 127 + 1 / 1024) + 1e-5,
            );
          }
        },
      ),
    );
  });

  it('rounds half away from zero, and zeros to zeros', () => {
    const values = new Float32Array(32);
    values.set([127, -127, 0.5, -0.5, 2.5]);
    expect(fromQ8(encodeValues(values, Q8_0)).slice(0, 5)).toEqual([127, -127, 1, -1, 3]);
    expect(fromQ8(encodeValues(new Float32Array(32), Q8_0)).every((value) => value === 0)).toBe(true);
  });

  it('F16 and F32 as they are', () => {
    expect([...encodeValues(Float32Array.of(1), F16)]).toEqual([0, 0x3c]);
    expect([...encodeValues(Float32Array.of(1), F32)]).toEqual([0, 0, 0x80, 0x3f]);
    expect(() => encodeValues(new Float32Array(31), Q8_0)).toThrow('no whole blocks');
    expect(() => encodeValues(new Float32Array(32), 2)).toThrow('no encoding');
  });
});

it('vectors stay F32, rows that are no whole blocks are F16', () => {
  expect(typeOfTensor('Q8_0', [64])).toBe(F32);
  expect(typeOfTensor('Q8_0', [64, 2])).toBe(Q8_0);
  expect(typeOfTensor('Q8_0', [48, 2])).toBe(F16);
  expect(typeOfTensor('F16', [48, 2])).toBe(F16);
});
